import CGSL
import Probability
import SimulationKernel
import Testing

/// One law of each kind, for what every law must keep.
private func laws() throws -> [AnyDistribution] {
  let exponential = try AnyDistribution.exponential(Exponential(mean: 3))
  let empirical = try AnyDistribution.empirical(Empirical([5, 1, 2, 2]))
  let zipf = try AnyDistribution.zipf(Zipf(count: 100, exponent: 1.1))
  return try DistributionReferences.all().map(\.law) + [
    .constant(Constant(7)), empirical, zipf,
    .mixture(
      Mixture([
        .init(weight: 1, distribution: empirical), .init(weight: 3, distribution: exponential),
      ])),
    .truncated(Truncated(zipf, minimum: 2, maximum: 50)),
    .truncated(Truncated(empirical, minimum: 2)),
  ]
}

private func isClose(_ a: Double, _ b: Double, relative: Double, absolute: Double = 0) -> Bool {
  abs(a - b) <= max(relative * max(abs(a), abs(b)), absolute)
}

struct DistributionTests {
  @Test("Moments, cdf and quantiles are what SciPy computes")
  func references() throws {
    for reference in try DistributionReferences.all() {
      let law = reference.law
      #expect(isClose(law.mean, reference.mean, relative: 1e-9), "\(law)")
      #expect(isClose(law.variance, reference.variance, relative: 1e-8), "\(law)")
      for point in reference.points {
        #expect(
          isClose(law.cdf(point.x), point.cdf, relative: 1e-9, absolute: 1e-15),
          "\(law) at \(point.x)")
        #expect(
          isClose(law.quantile(point.p), point.quantile, relative: 1e-8, absolute: 1e-12),
          "\(law) at \(point.p)")
      }
    }
  }

  @Test("The quantile is the least value whose cdf reaches the probability")
  func quantileInvertsCDF() throws {
    for law in try laws() {
      var previous = -Double.infinity
      for step in 0...1_000 {
        let probability = (Double(step) + 0.5) / 1_001
        let value = law.quantile(probability)
        #expect(value >= previous, "\(law): the quantile falls")
        previous = value
        #expect(law.cdf(value) >= probability - 1e-9, "\(law) at \(probability)")
        #expect(law.cdf(below: value) <= probability + 1e-9, "\(law) at \(probability)")
      }
      #expect(law.quantile(0) <= law.quantile(1e-12))
      #expect(law.quantile(1) >= previous)
      #expect(law.quantile(0).sign == .plus || law.quantile(0) < 0, "\(law): minus zero")
    }
  }

  @Test("A sample is the quantile of one uniform number, for every law")
  func oneUniformPerDraw() throws {
    for law in try laws() {
      var drawing = RandomStream(key: 9)
      var counting = RandomStream(key: 9)
      for _ in 0..<200 {
        #expect(law.sample(using: &drawing) == law.quantile(counting.openUniform()))
      }
      #expect(drawing == counting)
    }
  }

  @Test("Samples have the mean and the variance that the law states")
  func sampledMoments() throws {
    for law in try laws() where law.variance.isFinite {
      var random = RandomStream(key: 11)
      let count = 20_000
      var sum = 0.0
      for _ in 0..<count { sum += law.sample(using: &random) }
      let standardError = (law.variance / Double(count)).squareRoot()
      #expect(abs(sum / Double(count) - law.mean) <= 5 * standardError + 1e-9, "\(law)")
    }
  }

  @Test("Heavy tails have infinite moments, and truncation makes them finite")
  func heavyTails() throws {
    let heavy = try AnyDistribution.pareto(Pareto(minimum: 1, shape: 0.5))
    #expect(heavy.mean == .infinity)
    #expect(heavy.variance == .infinity)
    #expect(try Truncated(heavy, minimum: 2).mean == .infinity)
    #expect(try Truncated(heavy, maximum: 100).mean.isFinite)
    var random = RandomStream(key: 2)
    let extreme = try Pareto(minimum: 1, shape: 0.01)
    for _ in 0..<1_000 { #expect(extreme.sampleNanoseconds(using: &random) >= 1_000_000_000) }
  }

  @Test("A negative draw of a duration is no duration")
  func durationsAreNotNegative() throws {
    var random = RandomStream(key: 3)
    let law = try Normal(mean: -100, standardDeviation: 1)
    #expect(law.sampleNanoseconds(using: &random) == 0)
    #expect(try Constant(1.5e-9).sampleNanoseconds(using: &random) == 2)
  }

  @Test("Closed forms agree with the GNU Scientific Library")
  func closedFormsAgreeWithGSL() throws {
    let exponential = try Exponential(mean: 3)
    let weibull = try Weibull(shape: 0.7, scale: 100)
    let pareto = try Pareto(minimum: 2, shape: 2.5)
    var random = RandomStream(key: 4)
    for _ in 0..<10_000 {
      let p = random.openUniform()
      #expect(isClose(exponential.quantile(p), gsl_cdf_exponential_Pinv(p, 3), relative: 1e-13))
      #expect(isClose(weibull.quantile(p), gsl_cdf_weibull_Pinv(p, 100, 0.7), relative: 1e-13))
      #expect(isClose(pareto.quantile(p), gsl_cdf_pareto_Pinv(p, 2.5, 2), relative: 1e-13))
    }
  }

  @Test("Gamma quantiles hold where the library's search gives up")
  func smallShapes() throws {
    for shape in [0.01, 0.05, 0.1, 0.5, 1, 3, 1e4] {
      let law = try Gamma(shape: shape, scale: 2)
      for step in 1..<200 {
        let probability = Double(step) / 200
        let value = law.quantile(probability)
        // Below the least positive number the law still has weight.
        if value > 1e-300 {
          #expect(isClose(law.cdf(value), probability, relative: 1e-8), "\(shape), \(probability)")
        }
      }
    }
  }

  @Test("The log-normal law can be given by the mean and deviation of its values")
  func logNormalByMoments() throws {
    let law = try LogNormal(mean: 60, standardDeviation: 20)
    #expect(isClose(law.mean, 60, relative: 1e-12))
    #expect(isClose(law.standardDeviation, 20, relative: 1e-12))
  }
}

struct DistributionErrorTests {
  @Test("Parameters without a law are refused with what is asked for")
  func refusals() throws {
    let cases: [(String, String, () throws -> Void)] = [
      ("constant", "value", { _ = try Constant(.nan) }),
      ("uniform", "maximum", { _ = try Uniform(minimum: 2, maximum: 2) }),
      ("exponential", "mean", { _ = try Exponential(mean: 0) }),
      ("exponential", "rate", { _ = try Exponential(rate: -1) }),
      ("normal", "standardDeviation", { _ = try Normal(mean: 0, standardDeviation: 0) }),
      ("logNormal", "median", { _ = try LogNormal(median: -3, sigma: 1) }),
      ("logNormal", "sigma", { _ = try LogNormal(median: 3, sigma: .infinity) }),
      ("gamma", "shape", { _ = try Gamma(shape: 0, scale: 1) }),
      ("weibull", "scale", { _ = try Weibull(shape: 1, scale: -1) }),
      ("pareto", "minimum", { _ = try Pareto(minimum: 0, shape: 1) }),
      ("triangular", "mode", { _ = try Triangular(minimum: 0, mode: 4, maximum: 3) }),
      ("empirical", "values", { _ = try Empirical([]) }),
      ("zipf", "count", { _ = try Zipf(count: 0, exponent: 1) }),
      ("mixture", "components", { _ = try Mixture([]) }),
      (
        "mixture", "weight",
        { _ = try Mixture([.init(weight: 0, distribution: .constant(Constant(1)))]) }
      ),
      (
        "truncated", "probability within the bounds",
        { _ = try Truncated(.uniform(Uniform(minimum: 0, maximum: 1)), minimum: 3) }
      ),
      ("poisson", "ratePerSecond", { _ = try Poisson(ratePerSecond: .nan) }),
      ("nonhomogeneousPoisson", "pieces", { _ = try NonhomogeneousPoisson([], repeats: false) }),
      ("replayed", "times", { _ = try Replayed(nanoseconds: [3, 2]) }),
    ]
    for (distribution, parameter, make) in cases {
      let error = #expect(throws: DistributionError.self, "\(distribution)") { try make() }
      #expect(error?.distribution == distribution)
      #expect(error?.parameter == parameter)
    }
  }

  @Test("A refusal reads as a sentence")
  func sentence() {
    let error = #expect(throws: DistributionError.self) { try Exponential(mean: -2) }
    #expect(
      error?.description == "exponential: mean must be finite and greater than 0, not -2.0")
  }
}
