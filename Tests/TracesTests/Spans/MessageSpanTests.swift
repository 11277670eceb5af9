import Testing
import TimeUnits
import Traces

@Suite struct MessageSpanTests {
  private static let whole: MessageJourney = {
    var journey = MessageJourney(
      number: 3, key: 42, topic: "anomaliaTest", producer: .init(pod: "producer-0"),
      consumer: .init(pod: "consumer-0", node: "ip-10-0-1-4"))
    journey.produced = .seconds(1)
    journey.appended = .seconds(2)
    journey.polled = .seconds(3)
    journey.submitted = .seconds(4)
    journey.started = .seconds(5)
    journey.readSent = .seconds(6)
    journey.readDone = .seconds(7)
    journey.writeSent = .seconds(8)
    journey.checked = .seconds(9)
    journey.writeDone = .seconds(10)
    return journey
  }()

  @Test("a message that came through has a span for every stage, each with its cause")
  func whole() {
    let spans = Self.whole.spans
    #expect(spans.map(\.stage) == [.send, .consumer, .detector, .read, .write])
    #expect(spans.map(\.parent) == [nil, .send, .consumer, .detector, .detector])
    #expect(spans.map(\.start) == [1, 3, 5, 6, 8].map { SimulationTime.seconds($0) })
    #expect(spans.map(\.end) == [2, 4, 9, 7, 10].map { SimulationTime.seconds($0) })
  }

  @Test("the hops follow from one another, reads and writes are parts of the check")
  func follows() {
    #expect(Self.whole.spans.map(\.followsFrom) == [false, true, true, false, false])
  }

  @Test("the producer's pod sends, the consumer's does the rest")
  func places() {
    let pods = Self.whole.spans.map { Self.whole.place(of: $0.stage).pod }
    #expect(pods == ["producer-0"] + [String](repeating: "consumer-0", count: 4))
  }

  @Test("a check that was cut off is not reported, nor is its read")
  func killed() {
    var journey = Self.whole
    journey.checked = nil
    #expect(journey.spans.map(\.stage) == [.send, .consumer])
  }

  @Test("a write that was never acknowledged is not reported")
  func lostWrite() {
    var journey = Self.whole
    journey.writeDone = nil
    #expect(journey.spans.map(\.stage) == [.send, .consumer, .detector, .read])
  }

  @Test("a replayed message begins with its consumer")
  func replayed() {
    var journey = Self.whole
    journey.appended = nil
    #expect(journey.spans.map(\.parent) == [nil, .consumer, .detector, .detector])
    #expect(!journey.spans[0].followsFrom)
  }
}
