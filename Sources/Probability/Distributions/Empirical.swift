/// The recorded values themselves, each as likely as it was frequent; nothing in between.
public struct Empirical: Distribution {
  /// The recorded values in ascending order.
  public let values: [Double]

  /// - Complexity: O(*n* log *n*); a draw is O(1).
  public init(_ values: [Double]) throws(DistributionError) {
    try DistributionError.check(
      !values.isEmpty, "empirical", "values", 0, "at least one recorded value")
    for value in values { try DistributionError.checkFinite("empirical", "values", value) }
    self.values = values.sorted()
  }

  public var mean: Double { values.reduce(0, +) / Double(values.count) }

  /// The variance of the law, which divides by the number of values, not by one less.
  public var variance: Double {
    let center = mean
    return values.reduce(0) { $0 + ($1 - center) * ($1 - center) } / Double(values.count)
  }

  public func cdf(_ x: Double) -> Double {
    Double(values.partitionPoint { $0 > x }) / Double(values.count)
  }

  public func cdf(below x: Double) -> Double {
    Double(values.partitionPoint { $0 >= x }) / Double(values.count)
  }

  public func quantile(_ probability: Double) -> Double {
    requireProbability(probability)
    let rank = (probability * Double(values.count)).rounded(.up)
    return values[max(Int(rank), 1) - 1]
  }
}

extension Array {
  /// The first index whose element, and all after it, satisfies `isAfter`.
  func partitionPoint(_ isAfter: (Element) -> Bool) -> Int {
    var (low, high) = (0, count)
    while low < high {
      let middle = (low + high) / 2
      if isAfter(self[middle]) { high = middle } else { low = middle + 1 }
    }
    return low
  }
}
