import Probability
import SimulationKernel
import Statistics
import SyntheticStreams
import Testing

/// Streams have the moments and probabilities they say, and come again.
@Suite struct StreamTests {
  private static let law: Normal = {
    do { return try Normal(mean: 20, standardDeviation: 3) } catch {
      preconditionFailure("\(error)")
    }
  }()

  private static func elements(
    _ stream: some ValueStream, _ count: Int, key: UInt64 = 1
  ) -> [StreamElement] {
    var stream = stream
    var random = RandomStream(key: key)
    return stream.elements(count, using: &random)
  }

  @Test("The same generator gives the same values, another one others")
  func reproducible() {
    let shifted = LevelShiftStream(
      SpikeOverlay(SeasonalStream(Self.law, amplitude: 5), times: .probability(0.01), size: 8),
      shifts: [.init(start: 40, size: 2)])
    #expect(Self.elements(shifted, 500) == Self.elements(shifted, 500))
    #expect(Self.elements(shifted, 500) != Self.elements(shifted, 500, key: 2))
  }

  @Test("Gaussian values have the law's mean and deviation, and no change")
  func gaussian() throws {
    let elements = Self.elements(GaussianStream(Self.law), 40_000)
    let moments = RunningMoments(elements.map(\.value))
    // Four standard errors: 3/√40000 = 0.015 of the mean, 3/√80000 = 0.0106 of the deviation.
    #expect(abs(moments.mean - 20) < 0.06)
    #expect(abs(try #require(moments.standardDeviation) - 3) < 0.043)
    #expect(elements.allSatisfy { $0.changes.isEmpty })
  }

  @Test("A random walk's steps have the law; its value is their sum")
  func walk() throws {
    let step = try Normal(mean: 0, standardDeviation: 2)
    let values = Self.elements(RandomWalkStream(start: 100, step: step), 40_000).map(\.value)
    let steps = zip(values, [100] + values).map { $0 - $1 }
    let moments = RunningMoments(steps)
    #expect(abs(moments.mean) < 0.04)
    #expect(abs(try #require(moments.standardDeviation) - 2) < 0.03)
    #expect(abs(steps.reduce(100, +) - values[values.count - 1]) < 1e-6)
  }

  @Test("A season comes back; what is left of the values is the noise")
  func season() throws {
    let stream = SeasonalStream(Self.law, amplitude: 50, period: 24)
    #expect(stream.level(at: 6) == 70 && stream.level(at: 30) == 70)
    #expect(abs(stream.level(at: 18) + 30) < 1e-9)
    let noise = Self.elements(stream, 24_000).enumerated().map {
      $0.element.value - stream.level(at: $0.offset)
    }
    let moments = RunningMoments(noise)
    #expect(abs(moments.mean) < 0.08)
    #expect(abs(try #require(moments.standardDeviation) - 3) < 0.055)
  }

  @Test("A shift moves exactly its values by its size in deviations, and says since when")
  func shifts() {
    let plain = Self.elements(GaussianStream(Self.law), 12)
    let shifted = Self.elements(
      LevelShiftStream(
        GaussianStream(Self.law),
        shifts: [.init(start: 2, length: 3, size: 4), .init(start: 9, size: -1)]), 12)
    for number in 0..<12 {
      let expected = (2..<5).contains(number) ? 12.0 : number >= 9 ? -3 : 0
      #expect(abs(shifted[number].value - plain[number].value - expected) < 1e-12)
    }
    #expect(shifted[4].changes == [Change(kind: .levelUp, since: 2, size: 4)])
    #expect(shifted[5].changes.isEmpty)
    #expect(shifted[11].changes == [Change(kind: .levelDown, since: 9, size: -1)])
  }

  @Test("Spikes come where they are told, one value each, on top of a shift too")
  func spikes() {
    let stream = SpikeOverlay(
      LevelShiftStream(GaussianStream(Self.law), shifts: [.init(start: 5, size: 1)]),
      times: .at([3, 6]), size: -10)
    let plain = Self.elements(GaussianStream(Self.law), 8)
    let spiked = Self.elements(stream, 8)
    #expect(abs(spiked[3].value - plain[3].value + 30) < 1e-12)
    #expect(spiked[3].changes == [Change(kind: .spike, since: 3, size: -10)])
    #expect(spiked[4].changes.isEmpty)
    #expect(abs(spiked[6].value - plain[6].value + 27) < 1e-12)
    #expect(spiked[6].changes.map(\.kind) == [.levelUp, .spike])
    #expect(spiked[6].changes.map(\.since) == [5, 6])
  }

  @Test("Spikes by chance are as frequent as they should be")
  func spikeFrequency() {
    let elements = Self.elements(
      SpikeOverlay(GaussianStream(Self.law), times: .probability(0.02), size: 10), 50_000)
    // 1000 expected, σ = 31.3.
    #expect(abs(elements.count { !$0.changes.isEmpty } - 1_000) < 130)
  }
}
