import SimulationKernel
import TimeUnits
import Traces

/// Messages to write in tests.
enum Journeys {
  static let start = CalendarTime(rfc3339: "2018-10-15T08:00:00Z")!

  /// One message that came through, and one that lost its detector; the second from outside.
  static let two: [MessageJourney] = {
    var first = MessageJourney(
      number: 0, key: 42, topic: "anomaliaTest",
      producer: .init(pod: "producer-0", node: "ip-10-0-1-4"),
      consumer: .init(pod: "consumer-0", node: "ip-10-0-1-5"))
    first.partition = 3
    first.offset = 17
    first.produced = milliseconds(1000)
    first.appended = SimulationTime(nanoseconds: 1_002_000_500)
    first.polled = milliseconds(1010)
    first.submitted = milliseconds(1011)
    first.started = milliseconds(1012)
    first.readSent = milliseconds(1013)
    first.readDone = milliseconds(1016)
    first.writeSent = milliseconds(1017)
    first.checked = milliseconds(1018)
    first.writeDone = milliseconds(1020)
    first.outcome = .init(ran: true, anomaly: false, rows: 50)
    var second = MessageJourney(
      number: 1000, key: 7, topic: "anomaliaTest", consumer: first.consumer)
    second.partition = 0
    second.offset = 5
    second.produced = milliseconds(1001)
    second.appended = milliseconds(1003)
    second.polled = milliseconds(1010)
    second.submitted = milliseconds(1014)
    second.started = milliseconds(1014)
    return [first, second]
  }()

  /// Messages of 3 producers and 4 consumers within a second, so that many overlap; in whole
  /// microseconds, so that many begin or end together; each cut off somewhere.
  static func random(_ count: Int) -> [MessageJourney] {
    var random = RandomStream(key: 6)
    return (0..<count).map { number in
      var time = Int64.random(in: 0...1_000_000, using: &random)
      // How many instants the message lives to see.
      var left = Int.random(in: 1...15, using: &random)
      func next() -> SimulationTime? {
        time += Int64.random(in: 0...3, using: &random) * 1000
        left -= 1
        return left < 0 ? nil : SimulationTime(nanoseconds: time * 1000)
      }
      var journey = MessageJourney(
        number: Int64(number), key: Int64.random(in: 0..<1000, using: &random),
        topic: "anomaliaTest",
        producer: .init(pod: "producer-\(Int.random(in: 0..<3, using: &random))"),
        consumer: .init(
          pod: "consumer-\(Int.random(in: 0..<4, using: &random))", node: "ip-10-0-1-5"))
      journey.produced = next()
      journey.appended = next()
      journey.polled = next()
      journey.submitted = next()
      journey.started = next()
      journey.readSent = next()
      journey.readDone = next()
      journey.writeSent = next()
      journey.checked = next()
      journey.writeDone = next()
      return journey
    }
  }

  private static func milliseconds(_ value: Int64) -> SimulationTime {
    SimulationTime(nanoseconds: value * 1_000_000)
  }
}
