import HeapModule
import Testing

@testable import EngineBenchmarks

/// A pending event as swift-collections' heap orders it.
private struct Pending: Comparable {
  var time: Int64
  var sequence: Int
  var entity: UInt64

  static func < (a: Pending, b: Pending) -> Bool {
    (a.time, a.sequence) < (b.time, b.sequence)
  }
}

struct HoldBenchmarkTests {
  @Test(
    "The benchmark handles the events that a plain heap would, in the same order",
    arguments: HoldBenchmark.Gaps.allCases, [10, 1_000, 30_000])
  func checksum(gaps: HoldBenchmark.Gaps, pending: Int) {
    let benchmark = HoldBenchmark(pending: pending, events: 100_000, gaps: gaps)
    let result = benchmark.run()
    #expect(result.nanosecondsPerEvent > 0)

    let model = HoldModel(gaps: gaps)
    var heap = Heap<Pending>()
    var sequence = 0
    var checksum: UInt64 = 0
    func schedule(_ entity: UInt64, at now: Int64) {
      let gap = model.gaps[sequence % model.gaps.count]
      heap.insert(Pending(time: now + gap, sequence: sequence, entity: entity))
      sequence += 1
    }
    for entity in 0..<pending { schedule(UInt64(entity), at: 0) }
    let warmUp = Int64(max(pending * 2, 100_000)) * model.meanGap / Int64(pending)
    let end = warmUp + 100_000 * model.meanGap / Int64(pending)
    while let first = heap.min, first.time <= end {
      heap.removeMin()
      checksum = checksum &* 0x0000_0100_0000_01B3 ^ first.entity
      schedule(first.entity, at: first.time)
    }
    #expect(result.checksum == checksum)
  }
}
