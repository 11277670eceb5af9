import Probability
import SimulationKernel
import Statistics
import Testing

struct FittingTests {
  @Test("The distance of four values from the uniform law, by hand")
  func distance() throws {
    // Steps at 0.1, 0.4, 0.5, 0.9 of height 1/4: the greatest gap is 3/4 - 0.5 = 0.25 above the
    // law at 0.5; below it the greatest is 0.9 - 3/4 = 0.15.
    let law = try Uniform(minimum: 0, maximum: 1)
    #expect(abs(KolmogorovSmirnov([0.5, 0.1, 0.9, 0.4], law).statistic - 0.25) < 1e-15)
  }

  @Test("Kolmogorov's limit: 1.3581 is exceeded once in twenty, 1.2238 once in ten")
  func limit() throws {
    // Smirnov's table (1948). The sample lies so that sqrt(n) D is the tabled value.
    for (scaled, chance) in [(1.3581, 0.05), (1.2238, 0.10), (1.6276, 0.01)] {
      let count = 1_000_000
      var distance = KolmogorovSmirnov([0.5], try Uniform(minimum: 0, maximum: 1))
      distance.count = count
      distance.statistic = scaled / (Double(count).squareRoot() + 0.12)
      #expect(abs(distance.pValue - chance) < 1e-4)
    }
  }

  @Test("Fits recover the law that a large sample was drawn from")
  func recovers() throws {
    var random = RandomStreams(seed: 3).stream("fits")
    let law = try LogNormal(median: 20, sigma: 0.5)
    let sample = (0..<20_000).map { _ in law.sample(using: &random) }
    let fitted = try #require(LogNormal(fitting: sample))
    #expect(abs(fitted.median - 20) < 0.3 && abs(fitted.sigma - 0.5) < 0.01)
    #expect(try #require(Uniform(fittingFromZero: [1, 2, 3])).maximum == 4)
    #expect(try #require(Exponential(fitting: [1, 2, 3])).mean == 2)
    #expect(Normal(fitting: [1, 1]) == nil && LogNormal(fitting: [0, 1]) == nil)
  }

  @Test("A sample of the law is seldom far from its fit, one of another law often")
  func bootstrap() throws {
    var random = RandomStreams(seed: 5).stream("bootstrap")
    let law = try Exponential(mean: 10)
    let own = (0..<60).map { _ in law.sample(using: &random) }
    let fit = try #require(Exponential(fitting: own))
    let chance = KolmogorovSmirnov.pValue(of: own, law: fit, draws: 300, using: &random) {
      Exponential(fitting: $0)
    }
    #expect(chance > 0.05)
    let even = (1...60).map { 100 + Double($0) }
    let poor = try #require(Exponential(fitting: even))
    let small = KolmogorovSmirnov.pValue(of: even, law: poor, draws: 300, using: &random) {
      Exponential(fitting: $0)
    }
    #expect(small < 0.01)
  }
}
