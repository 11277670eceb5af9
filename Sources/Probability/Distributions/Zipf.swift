import CGSL

/// The rank of what is asked for, from 1 to `count`, with probability proportional to
/// 1/rank^`exponent`: a few keys get most of the requests.
public struct Zipf: Distribution {
  public let count: Int
  public let exponent: Double
  private let cumulative: [Double]

  /// - Complexity: O(`count`) time and memory, at most ten million ranks; a draw is O(log `count`).
  public init(count: Int, exponent: Double) throws(DistributionError) {
    try DistributionError.check(
      (1...10_000_000).contains(count), "zipf", "count", Double(count), "between 1 and 10000000")
    try DistributionError.check(
      exponent.isFinite && exponent >= 0, "zipf", "exponent", exponent, "finite and at least 0")
    self.count = count
    self.exponent = exponent
    var sum = 0.0
    var cumulative: [Double] = []
    cumulative.reserveCapacity(count)
    for rank in 1...count {
      sum += pow(Double(rank), -exponent)
      cumulative.append(sum)
    }
    for index in cumulative.indices { cumulative[index] /= sum }
    self.cumulative = cumulative
  }

  /// The probability of one rank; 0 outside 1...`count`.
  public func probability(of rank: Int) -> Double {
    guard (1...count).contains(rank) else { return 0 }
    return cumulative[rank - 1] - (rank > 1 ? cumulative[rank - 2] : 0)
  }

  public var mean: Double {
    (1...count).reduce(0.0) { $0 + Double($1) * probability(of: $1) }
  }

  public var variance: Double {
    let center = mean
    return (1...count).reduce(0.0) {
      $0 + (Double($1) - center) * (Double($1) - center) * probability(of: $1)
    }
  }

  public func cdf(_ x: Double) -> Double {
    if x < 1 { return 0 }
    return x >= Double(count) ? 1 : cumulative[Int(x) - 1]
  }

  public func cdf(below x: Double) -> Double { cdf(x.rounded(.up) - 1) }

  public func quantile(_ probability: Double) -> Double {
    requireProbability(probability)
    return Double(min(cumulative.partitionPoint { $0 >= probability } + 1, count))
  }

  // The table follows from the two parameters, and may be long.
  public static func == (a: Zipf, b: Zipf) -> Bool {
    a.count == b.count && a.exponent == b.exponent
  }

  public func hash(into hasher: inout Hasher) {
    hasher.combine(count)
    hasher.combine(exponent)
  }
}
