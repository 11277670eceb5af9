import SimulationKernel
import Testing

@testable import PipelineModel

/// A processor with its cores.
private struct Cores {
  var state = PodProcessor()
  var free = Slab<Int64>()

  mutating func grant(cores: Double, speed: Double, at now: Int64) {
    state.grant(cores: cores, speed: speed, at: now, &free)
  }
  mutating func limit(cores: Double?, at now: Int64) { state.limit(cores: cores, at: now) }
  mutating func serve(_ work: Double, at now: Int64) -> Int64 { state.serve(work, at: now, free) }
  func wait(at now: Int64) -> Int64 { state.wait(at: now, free) }
  mutating func clear(at now: Int64) { state.clear(at: now, &free) }
}

@Suite struct PodProcessorTests {
  @Test("Checks that come together are done by as many cores, first come, first served")
  func cores() {
    var processor = Cores()
    processor.grant(cores: 2, speed: 1, at: 0)
    #expect(
      (0..<5).map { _ in processor.serve(1_000, at: 100) } == [1_100, 1_100, 2_100, 2_100, 3_100])
    #expect(processor.wait(at: 100) == 2_000)
    #expect(processor.wait(at: 9_000) == 0)
    #expect(processor.state.used == 5_000)
    #expect(processor.state.sojourn == 1_000 + 1_000 + 2_000 + 2_000 + 3_000)
  }

  @Test(
    "The largest machines have all their cores, three months later too", arguments: [1, 448, 896])
  func large(count: Int) {
    var processor = Cores()
    processor.grant(cores: Double(count), speed: 1, at: 0)
    let month: Int64 = 30 * 86_400 * 1_000_000_000
    for start in [0, 3 * month] {
      let ends = (0..<count + 1).map { _ in processor.serve(1_000, at: start) }
      #expect(ends == Array(repeating: start + 1_000, count: count) + [start + 2_000])
    }
  }

  @Test("A slow node takes longer for the same work")
  func speed() {
    var processor = Cores()
    processor.grant(cores: 1, speed: 0.25, at: 0)
    #expect(processor.serve(1_000, at: 0) == 4_000)
    #expect(processor.state.used == 1_000)
  }

  @Test("A part of a core is a slower core, used where waiting for a whole one takes longer")
  func fraction() {
    var processor = Cores()
    processor.grant(cores: 1.5, speed: 1, at: 0)
    // One thread has a core; a second one is done by half a core no later than behind the first.
    #expect(processor.serve(1_000, at: 0) == 1_000)
    #expect(processor.serve(1_000, at: 0) == 2_000)
    // A third one on the half would be done at 4 000.
    #expect(processor.serve(1_000, at: 0) == 2_000)
    var half = Cores()
    half.grant(cores: 0.5, speed: 1, at: 0)
    #expect(half.serve(1_000, at: 0) == 2_000)
  }

  @Test("In the long run as much is done as was granted", arguments: [0.3, 1, 1.7, 2.5, 4])
  func throughput(cores: Double) {
    var processor = Cores()
    processor.grant(cores: cores, speed: 1, at: 0)
    var last: Int64 = 0
    for _ in 0..<10_000 { last = max(last, processor.serve(1_000, at: 0)) }
    #expect(abs(Double(last) / (10_000_000 / cores) - 1) < 0.002)
  }

  @Test("Fewer cores: who is on one that goes ends, and no new one begins there")
  func fewerCores() {
    var processor = Cores()
    processor.grant(cores: 2, speed: 1, at: 0)
    #expect(processor.serve(1_000, at: 0) == 1_000)
    #expect(processor.serve(5_000, at: 0) == 5_000)
    processor.grant(cores: 1, speed: 1, at: 0)
    #expect(processor.serve(1_000, at: 0) == 2_000)
    processor.grant(cores: 3, speed: 1, at: 500)
    #expect(processor.serve(1_000, at: 500) == 1_500)
    processor.clear(at: 600)
    #expect(processor.serve(1_000, at: 600) == 1_600)
  }

  @Test("A limit stops all cores for the rest of a period once its runtime is used")
  func limit() {
    let millisecond: Int64 = 1_000_000
    var processor = Cores()
    processor.grant(cores: 4, speed: 1, at: 0)
    processor.limit(cores: 0.5, at: 0)
    // 50 ms of runtime in each period of 100 ms: five checks of 10 ms, on four cores at once.
    let ends = (0..<12).map { _ in processor.serve(10e6, at: 0) / millisecond }
    #expect(ends == [10, 10, 10, 10, 20, 110, 110, 110, 110, 120, 210, 210])
    #expect(processor.state.throttled == 2)
  }

  @Test("Who overdraws a period has less in the next")
  func overdraft() {
    var processor = Cores()
    processor.grant(cores: 1, speed: 1, at: 0)
    processor.limit(cores: 0.5, at: 0)
    // 80 ms where 50 are left: the next period has 20, the one after that 50 - 60 + 50.
    #expect(processor.serve(80e6, at: 0) == 80_000_000)
    #expect(processor.serve(60e6, at: 80_000_000) == 160_000_000)
    #expect(processor.serve(1e6, at: 160_000_000) == 201_000_000)
  }
}
