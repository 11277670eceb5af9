import Probability
import SimulationKernel
import Statistics
import Testing

struct StudentIntervalTests {
  @Test(
    "The interval is the one SciPy computes",
    arguments: [
      (0.90, 9.800893741144638, 12.027677687426788),
      (0.95, 9.512268597620592, 12.316302830950834),
      (0.99, 8.790025478973579, 13.038545949597847),
    ])
  func reference(confidence: Double, low: Double, high: Double) throws {
    // scipy.stats.t.interval(c, 6, loc=mean, scale=sem) of these seven, SciPy 1.17.1.
    let interval = try #require(
      StudentInterval(of: [12.1, 9.7, 11.4, 10.2, 13.3, 8.8, 10.9], confidence: confidence))
    #expect(abs(interval.low - low) < 1e-9)
    #expect(abs(interval.high - high) < 1e-9)
    #expect(interval.contains(interval.mean) && !interval.contains(high + 1))
  }

  @Test("Nineteen of twenty intervals cover the truth, neither fewer nor more")
  func coverage() throws {
    var random = RandomStream(key: 4)
    let law = try Normal(mean: 5, standardDeviation: 2)
    var covered = 0
    for _ in 0..<4_000 {
      let observations = (0..<8).map { _ in law.sample(using: &random) }
      if try #require(StudentInterval(of: observations)).contains(5) { covered += 1 }
    }
    // 3800 expected, σ = 13.8.
    #expect(abs(covered - 3_800) < 60)
  }

  @Test("One observation has no interval")
  func tooFew() {
    #expect(StudentInterval(of: [1.0]) == nil)
  }
}

struct BatchMeansTests {
  @Test("Batches are of equal length, and what is left over is dropped at the beginning")
  func cutting() throws {
    let batches = try #require(BatchMeans([99, 1, 3, 5, 7, 9, 11], batches: 3))
    #expect(batches.batchSize == 2)
    #expect(batches.means == [2, 6, 10])
    #expect(BatchMeans([1], batches: 2) == nil)
  }

  @Test("Batches long enough are nearly independent and their intervals cover the truth")
  func autoregression() throws {
    // x ← 0.9 x + noise has mean 0; its correlation falls by 0.9 a step.
    var random = RandomStream(key: 5)
    let noise = try Normal(mean: 0, standardDeviation: 1)
    var (covered, shortCovered) = (0, 0)
    var correlations = RunningMoments()
    for _ in 0..<300 {
      var x = 0.0
      let path = (0..<16_000).map { _ in
        x = 0.9 * x + noise.sample(using: &random)
        return x
      }
      let long = try #require(BatchMeans(path, batches: 32))
      if try #require(long.interval()).contains(0) { covered += 1 }
      correlations.add(long.correlation)
      let short = try #require(BatchMeans(Array(path.suffix(160)), batches: 32))
      #expect(short.batchSize == 5)
      if try #require(short.interval()).contains(0) { shortCovered += 1 }
    }
    #expect(covered >= 268, "285 expected of 300, σ = 3.8")
    #expect(abs(correlations.mean) < 0.08)
    #expect(shortCovered < 240, "batches of 5 are far too short, and it must show")
  }

  @Test("Dependent batches give themselves away")
  func correlation() throws {
    let ramp = try #require(BatchMeans((0..<100).map(Double.init), batches: 20))
    #expect(ramp.correlation > 0.8)
    let zigzag = try #require(BatchMeans((0..<100).map { Double($0 % 2) }, batches: 100))
    #expect(zigzag.correlation < -0.8)
    #expect(try #require(BatchMeans([1, 1, 1], batches: 3)).correlation == 0)
  }
}
