/// How values follow others, whatever the shape of the curve.
public enum Dependence {
  /// Spearman's rank correlation, from −1 to 1; nil for fewer than two pairs, or where all values
  /// of one side are equal. Equal values share their mean rank.
  ///
  /// - Complexity: O(n log n).
  public static func rankCorrelation(_ x: [Double], _ y: [Double]) -> Double? {
    precondition(x.count == y.count, "pairs have two sides")
    let (left, right) = (ranks(x), ranks(y))
    let middle = Double(x.count + 1) / 2
    var (products, leftSquares, rightSquares) = (0.0, 0.0, 0.0)
    for (a, b) in zip(left, right) {
      products += (a - middle) * (b - middle)
      leftSquares += (a - middle) * (a - middle)
      rightSquares += (b - middle) * (b - middle)
    }
    guard leftSquares > 0, rightSquares > 0 else { return nil }
    return products / (leftSquares * rightSquares).squareRoot()
  }

  /// The share of the variance of `y` that its mean given `x` has: the first-order sensitivity,
  /// by means over `bins` groups of equally many neighbors in `x`.
  ///
  /// Corrected for what the means of groups vary by chance (T. Kelley's ε², 1935), so that it is 0
  /// on average where there is no dependence; it can then be a little below 0.
  ///
  /// - Returns: nil for fewer than two values a group, or where all `y` are equal.
  public static func firstOrderShare(
    of y: [Double], by x: [Double], bins: Int = 20
  ) -> Double? {
    precondition(x.count == y.count && bins > 1, "pairs have two sides, and there are groups")
    guard y.count >= 2 * bins else { return nil }
    let order = x.indices.sorted { (x[$0], $0) < (x[$1], $1) }
    let mean = y.reduce(0, +) / Double(y.count)
    let total = y.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    guard total > 0 else { return nil }
    var between = 0.0
    for bin in 0..<bins {
      let group = order[(bin * y.count / bins)..<((bin + 1) * y.count / bins)]
      let groupMean = group.reduce(0) { $0 + y[$1] } / Double(group.count)
      between += Double(group.count) * (groupMean - mean) * (groupMean - mean)
    }
    return 1 - (1 - between / total) * Double(y.count - 1) / Double(y.count - bins)
  }

  private static func ranks(_ values: [Double]) -> [Double] {
    let order = values.indices.sorted { values[$0] < values[$1] }
    var ranks = [Double](repeating: 0, count: values.count)
    var first = 0
    while first < order.count {
      var last = first
      while last + 1 < order.count, values[order[last + 1]] == values[order[first]] { last += 1 }
      for place in first...last { ranks[order[place]] = Double(first + last) / 2 + 1 }
      first = last + 1
    }
    return ranks
  }
}
