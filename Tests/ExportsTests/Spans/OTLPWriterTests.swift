import Documents
import Exports
import Testing
import TimeUnits
import Traces

@Suite struct OTLPWriterTests {
  private struct Span {
    var instance: String
    var trace: String
    var id: String
    var parent: String?
    var start: Int64
    var end: Int64
    var links: [String]

    init(_ node: DocumentNode, instance: String) throws {
      self.instance = instance
      trace = try #require(node["traceId"]?.scalarText)
      id = try #require(node["spanId"]?.scalarText)
      parent = node["parentSpanId"]?.scalarText
      start = try #require(Int64(node["startTimeUnixNano"]?.scalarText ?? ""))
      end = try #require(Int64(node["endTimeUnixNano"]?.scalarText ?? ""))
      links = (node["links"]?.elements ?? []).compactMap { $0["spanId"]?.scalarText }
    }
  }

  private func text(_ journeys: [MessageJourney], run: UInt64 = 0) -> String {
    var text = ""
    OTLPWriter(start: Journeys.start, identity: SpanIdentity(run: run)).write(journeys, to: &text)
    return text
  }

  private func spans(_ text: String) throws -> [Span] {
    let resources = try #require(try JSONReader.read(text)["resourceSpans"]?.elements)
    var spans: [Span] = []
    for resource in resources {
      let attributes = try #require(resource["resource"]?["attributes"]?.elements)
      let name = attributes.first { $0["key"]?.scalarText == "service.instance.id" }
      let instance = try #require(name?["value"]?["stringValue"]?.scalarText)
      for scope in try #require(resource["scopeSpans"]?.elements) {
        for span in try #require(scope["spans"]?.elements) {
          spans.append(try Span(span, instance: instance))
        }
      }
    }
    return spans
  }

  @Test("two messages, to the byte")
  func golden() {
    #expect(text(Journeys.two) == Self.golden)
  }

  @Test("no messages are an empty request")
  func empty() {
    #expect(text([]) == "{\"resourceSpans\":[]}\n")
  }

  @Test("every span of 1000 messages has an id of its own and a parent in its trace")
  func tree() throws {
    let journeys = Journeys.random(1000)
    let spans = try spans(text(journeys))
    #expect(spans.count == journeys.reduce(0) { $0 + $1.spans.count })
    var byID: [String: Span] = [:]
    for span in spans {
      #expect(span.trace.count == 32 && span.id.count == 16)
      #expect((span.trace + span.id).allSatisfy { "0123456789abcdef".contains($0) })
      #expect(span.id.contains { $0 != "0" })
      #expect(byID.updateValue(span, forKey: span.id) == nil)
    }
    for span in spans {
      #expect(span.start <= span.end)
      guard let id = span.parent else { continue }
      let parent = try #require(byID[id])
      #expect(parent.trace == span.trace && parent.start <= span.start)
      #expect(span.links.isEmpty || span.links == [id])
    }
    let traces = Set(spans.map(\.trace))
    #expect(traces.count == journeys.count { !$0.spans.isEmpty })
    #expect(spans.count { $0.parent == nil } == traces.count)
  }

  @Test("spans stand below the pod they took place in, each pod once")
  func resources() throws {
    let journeys = Journeys.random(1000)
    let instances = try spans(text(journeys)).map(\.instance)
    var expected: [String: Int] = [:]
    for journey in journeys {
      for span in journey.spans { expected[journey.place(of: span.stage).pod!, default: 0] += 1 }
    }
    #expect(Dictionary(grouping: instances) { $0 }.mapValues(\.count) == expected)
    let blocks = zip(instances, instances.dropFirst()).count { $0 != $1 } + 1
    #expect(blocks == expected.count)
  }

  @Test("runs of different numbers share no trace")
  func runs() throws {
    let one = Set(try spans(text(Journeys.random(1000), run: 1)).map(\.trace))
    let other = Set(try spans(text(Journeys.random(1000), run: 2)).map(\.trace))
    #expect(!one.isEmpty && one.isDisjoint(with: other))
  }

  @Test("ids stay the same from version to version, for a link to a trace is kept")
  func identity() {
    // Computed apart, in Python, by the formula of the paper.
    #expect(SpanIdentity().span(0, .send) == "5692161d100b05e5")
    #expect(SpanIdentity().trace(1000) == "d56a2b2a32d583a00e03305d771345b2")
    #expect(SpanIdentity(run: 9).span(5, .write) == "465c899751849f87")
  }
}
