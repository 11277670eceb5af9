import SimulationKernel
import SyntheticStreams
import Testing

/// The load generator of Anomalia Machina.
@Suite struct PublishedTests {
  @Test("An id's values are the id, and now and then a thousand times that, as labeled")
  func values() {
    var stream = PublishedStream(id: 42, probability: 0.01)
    var random = RandomStream(key: 1)
    let elements = stream.elements(100_000, using: &random)
    for (number, element) in elements.enumerated() {
      let isAnomaly = !element.changes.isEmpty
      #expect(element.value == (isAnomaly ? 42_000 : 42))
      if isAnomaly {
        #expect(element.changes == [Change(kind: .spike, since: number, size: 999)])
      }
    }
    // 1000 expected, σ = 31.5.
    #expect(abs(elements.count { $0.value == 42_000 } - 1_000) < 130)
  }

  @Test("An event of a million ids is a function of id and number, one in ten thousand anomalous")
  func events() {
    let events = PublishedEvents(seed: 7)
    var anomalies = 0
    for id in stride(from: 0, to: 1_000_000, by: 50) {
      for number in 0..<50 {
        let element = events.element(id: id, number: number)
        if element.changes.isEmpty {
          #expect(element.value == Double(id))
        } else {
          anomalies += 1
          #expect(element.value == Double(id) * 1_000)
          #expect(element.changes[0].since == number)
        }
      }
    }
    // A million events: 100 expected, σ = 10.
    #expect(abs(anomalies - 100) < 42)
    #expect(events.element(id: 999_999, number: 3) == events.element(id: 999_999, number: 3))
  }

  @Test("Anomalies depend on the seed, on the id and on the number")
  func independence() {
    func anomalies(_ seed: UInt64, _ ids: Range<Int>) -> [Int] {
      let events = PublishedEvents(seed: seed, probability: 0.5)
      return ids.flatMap { id in
        (0..<64).map { events.element(id: id, number: $0).changes.count }
      }
    }
    let first = anomalies(1, 1..<101)
    for other in [anomalies(2, 1..<101), anomalies(1, 101..<201)] {
      // 3200 of 6400 agree by chance, σ = 40.
      #expect(abs(zip(first, other).count { $0 == $1 } - 3_200) < 170)
    }
  }

  @Test("Every id is as likely as any other")
  func ids() {
    let events = PublishedEvents(seed: 7, ids: 10)
    var random = RandomStream(key: 3)
    var counts = [Int](repeating: 0, count: 10)
    for _ in 0..<10_000 { counts[events.id(using: &random)] += 1 }
    // 1000 each, σ = 30.
    #expect(counts.allSatisfy { abs($0 - 1_000) < 130 })
  }
}
