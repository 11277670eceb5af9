/// What the factors of a full factorial do to its response, each alone and by twos.
///
/// The main effect of a level is the mean of all points that have it, less the mean of all; the
/// interaction of two levels is what the mean of their points has beyond both main effects
/// (A. Law, *Simulation Modeling and Analysis*, 5th edition, 2015, section 12.2). Effects are
/// computed of every replication, and their intervals over the replications: right whether or not
/// the points of a replication met the same luck.
public struct FactorialEffects: Hashable, Sendable {
  /// A factor, or two together.
  public struct Term: Hashable, Sendable {
    /// The numbers of the factors, from 0.
    public let factors: [Int]
    /// By level, of two factors the second fastest; they add up to 0. From the low to the high of
    /// two levels the response changes by twice the second.
    public let effects: [Double]
    /// Half the widths of their Student intervals; nil for a single replication.
    public let halfWidths: [Double]?
    /// The share of the variance between points, of means over replications, that it makes.
    public let share: Double
  }

  /// The mean of all.
  public let mean: Double
  /// The factors alone, then by twos, each in the order of the factors.
  public let terms: [Term]
  /// The share of the variance between points that three and more factors together make.
  public let remainder: Double

  /// The effects; nil where the response is the same at all points.
  ///
  /// - Parameters:
  ///   - replications: of each the responses of all points, the last factor fastest.
  ///   - levels: the number of levels of each factor, at least 2 each.
  /// - Complexity: O(replications · points · factors²).
  public init?(of replications: [[Double]], levels: [Int], confidence: Double = 0.95) {
    precondition(!levels.isEmpty && levels.allSatisfy { $0 > 1 }, "factors have levels")
    precondition(!replications.isEmpty, "effects need a replication")
    let points = levels.reduce(1, *)
    precondition(replications.allSatisfy { $0.count == points }, "one response for each point")
    let grid = FactorialGrid(levels: levels)
    let mean = replications.reduce(0) { $0 + $1.reduce(0, +) } / Double(points * replications.count)
    let means = (0..<points).map { point in
      replications.reduce(0) { $0 + $1[point] } / Double(replications.count)
    }
    let squares = means.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    guard squares > 0 else { return nil }
    let terms = grid.subsets.map { factors in
      let each = replications.map { grid.effects(of: factors, in: $0) }
      let effects = each[0].indices.map { cell in RunningMoments(each.lazy.map { $0[cell] }) }
      let widths = effects.compactMap { StudentInterval(of: $0, confidence: confidence)?.halfWidth }
      let cellSize = Double(points) / Double(effects.count)
      return Term(
        factors: factors, effects: effects.map(\.mean),
        halfWidths: widths.count == effects.count ? widths : nil,
        share: effects.reduce(0) { $0 + $1.mean * $1.mean } * cellSize / squares)
    }
    self.mean = mean
    self.terms = terms
    // What rounding leaves is no interaction.
    let rest = 1 - terms.reduce(0) { $0 + $1.share }
    remainder = levels.count < 3 ? 0 : max(rest, 0)
  }
}

/// Points by the levels of their factors, the last fastest.
private struct FactorialGrid {
  let levels: [Int]

  /// Every factor, then every two.
  var subsets: [[Int]] {
    levels.indices.map { [$0] }
      + levels.indices.flatMap { a in levels.indices[(a + 1)...].map { [a, $0] } }
  }

  /// The effects of one or two factors in one replication.
  func effects(of factors: [Int], in responses: [Double]) -> [Double] {
    let mean = responses.reduce(0, +) / Double(responses.count)
    let cells = cellMeans(of: factors, in: responses)
    guard factors.count == 2 else { return cells.map { $0 - mean } }
    let first = cellMeans(of: [factors[0]], in: responses)
    let second = cellMeans(of: [factors[1]], in: responses)
    return cells.enumerated().map { cell, value in
      value - first[cell / second.count] - second[cell % second.count] + mean
    }
  }

  /// The means of the points that share the levels of some factors.
  private func cellMeans(of factors: [Int], in responses: [Double]) -> [Double] {
    let count = factors.reduce(1) { $0 * levels[$1] }
    var sums = Array(repeating: 0.0, count: count)
    for (point, response) in responses.enumerated() {
      sums[factors.reduce(0) { $0 * levels[$1] + level(of: $1, at: point) }] += response
    }
    return sums.map { $0 * Double(count) / Double(responses.count) }
  }

  private func level(of factor: Int, at point: Int) -> Int {
    point / levels[(factor + 1)...].reduce(1, *) % levels[factor]
  }
}
