import Documents
import Exports
import Testing
import TimeUnits
import Traces

@Suite struct ChromeTraceWriterTests {
  private struct Event {
    var phase: String
    var name: String
    var process: Int64
    var thread: Int64?
    var start: Double
    var duration: Double
    var id: Int64?
    var node: DocumentNode

    var end: Double { start + duration }

    init(_ node: DocumentNode) throws {
      phase = try #require(node["ph"]?.scalarText)
      name = try #require(node["name"]?.scalarText)
      process = try #require(node["pid"]?.intValue)
      thread = node["tid"]?.intValue
      start = node["ts"]?.doubleValue ?? 0
      duration = node["dur"]?.doubleValue ?? 0
      id = node["id"]?.intValue
      self.node = node
    }
  }

  private func text(_ journeys: [MessageJourney]) -> String {
    var text = ""
    ChromeTraceWriter(start: Journeys.start).write(journeys, to: &text)
    return text
  }

  private func events(_ journeys: [MessageJourney]) throws -> [Event] {
    let document = try JSONReader.read(text(journeys))
    return try #require(document["traceEvents"]?.elements).map(Event.init)
  }

  @Test("two messages, to the byte")
  func golden() {
    #expect(text(Journeys.two) == Self.golden)
  }

  @Test("spans of one row nest or follow one another")
  func nesting() throws {
    let journeys = Journeys.random(1000)
    let slices = try events(journeys).filter { $0.phase == "X" }
    #expect(slices.count == journeys.reduce(0) { $0 + $1.spans.count })
    for row in Dictionary(grouping: slices, by: \.thread).values {
      #expect(Set(row.map(\.process)).count == 1)
      var open: [Event] = []
      // Of those that begin together, the one that stands first in the file is outside.
      for slice in row.sorted(by: { $0.start < $1.start }) {
        while let last = open.last, last.end <= slice.start, slice.name != "cassandra read" {
          open.removeLast()
        }
        if slice.name == "cassandra read" {
          let check = try #require(open.last { $0.name == "detector" })
          #expect(check.start <= slice.start && slice.end <= check.end)
        } else {
          #expect(open.isEmpty)
          open.append(slice)
        }
      }
    }
  }

  @Test("no stage has more rows than it has spans that meet at an instant")
  func rows() throws {
    let slices = try events(Journeys.random(1000)).filter {
      $0.phase == "X" && $0.name != "cassandra read"
    }
    for stage in Dictionary(grouping: slices, by: { "\($0.process) \($0.name)" }).values {
      let most = stage.map { span in
        stage.count { $0.start <= span.start && span.start <= $0.end }
      }.max()
      #expect(Set(stage.map(\.thread)).count <= most!)
    }
  }

  @Test("every process and row has one name, and numbers are not shared")
  func names() throws {
    let events = try events(Journeys.random(1000))
    let named = events.filter { $0.name == "process_name" }.map(\.process)
    #expect(Set(named).count == named.count)
    #expect(Set(named) == Set(events.map(\.process)))
    let rows = events.filter { $0.name == "thread_name" }.compactMap(\.thread)
    #expect(Set(rows).count == rows.count)
    #expect(Set(rows) == Set(events.compactMap(\.thread)))
    #expect(Set(rows).isDisjoint(with: named))
  }

  @Test("an arrow leads through the hops of each message that made more than one")
  func arrows() throws {
    let journeys = Journeys.random(1000)
    let events = try events(journeys)
    let arrows = Dictionary(grouping: events.filter { $0.id != nil }, by: { $0.id! })
    for journey in journeys {
      let hops = journey.spans.count { [.send, .consumer, .detector].contains($0.stage) }
      let phases = arrows[journey.number, default: []].map(\.phase)
      switch hops {
      case 2: #expect(phases == ["s", "f"])
      case 3: #expect(phases == ["s", "t", "f"])
      default: #expect(phases.isEmpty)
      }
    }
    // Each stands right behind the span at whose start it is tied.
    for (span, arrow) in zip(events, events.dropFirst()) where arrow.id != nil {
      #expect(span.phase == "X" && span.thread == arrow.thread && span.start == arrow.start)
      #expect((arrow.node["bp"]?.scalarText == "e") == (arrow.phase == "f"))
    }
  }
}
