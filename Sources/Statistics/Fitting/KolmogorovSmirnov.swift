import CGSL
public import Probability

/// How far a sample lies from a law: the greatest distance between their distribution functions
/// (Kolmogorov 1933).
public struct KolmogorovSmirnov: Sendable, Hashable {
  /// From 0 to 1.
  public var statistic: Double
  public var count: Int

  /// Complexity: n log n in the sample, which must not be empty.
  public init(_ sample: [Double], _ law: some Distribution) {
    precondition(!sample.isEmpty, "a distance needs a sample")
    let sorted = sample.sorted()
    let count = Double(sorted.count)
    var statistic = 0.0
    for (index, value) in sorted.enumerated() {
      // Where values are equal the step is taken at once: its lower end counts for the first, its
      // upper end for the last of them.
      let above = Double(index + 1) / count - law.cdf(value)
      let below = law.cdf(below: value) - Double(index) / count
      statistic = Swift.max(statistic, above, below)
    }
    self.statistic = statistic
    self.count = sorted.count
  }

  /// The chance of at least this distance if the sample were of the law, its parameters known
  /// beforehand: Kolmogorov's limit with Stephens's correction (1970, for n of 5 and more).
  public var pValue: Double {
    let root = Double(count).squareRoot()
    let scaled = (root + 0.12 + 0.11 / root) * statistic
    // The series alternates and does not settle near 0, where the chance is 1.
    guard scaled > 0.2 else { return 1 }
    var sum = 0.0
    for term in 1...100 {
      let square = Double(term * term)
      let size = exp(-2 * square * scaled * scaled)
      sum += term % 2 == 1 ? size : -size
      if size < 1e-16 { break }
    }
    return Swift.min(1, Swift.max(0, 2 * sum))
  }

  /// The same chance where the parameters were fitted to the sample: the share of samples drawn
  /// from the law, and fitted anew, that lie at least so far away (parametric bootstrap, Stute,
  /// Gonzáles Manteiga and Presedo Quindimil 1993).
  ///
  /// `fit` gives nil for a sample that it cannot fit; such a sample is drawn again.
  public static func pValue<Law: Distribution, Generator: RandomNumberGenerator>(
    of sample: [Double], law: Law, draws: Int, using generator: inout Generator,
    fit: ([Double]) -> Law?
  ) -> Double {
    let observed = KolmogorovSmirnov(sample, law).statistic
    var further = 0
    var done = 0
    while done < draws {
      let drawn = sample.map { _ in law.sample(using: &generator) }
      guard let refitted = fit(drawn) else { continue }
      if KolmogorovSmirnov(drawn, refitted).statistic >= observed { further += 1 }
      done += 1
    }
    // The sample itself counts as one of them (Davison and Hinkley 1997).
    return Double(further + 1) / Double(draws + 1)
  }
}
