public import Statistics

/// What a factor does to a response in the mean over all points: for listed levels.
public struct FactorEffect: Sendable, Hashable {
  /// A level's mean less the mean of all points.
  public struct Level: Sendable, Hashable {
    /// As the file writes it.
    public var value: String
    /// How many points have it.
    public var points: Int
    /// Over replications, as all points of one share their luck; nil for fewer than two.
    public var interval: StudentInterval?
  }

  public var factor: Int
  /// In the order in which points first have them.
  public var levels: [Level]
  /// The share of the variance between points' means that lies between the levels; nil where the
  /// means do not differ. In a full factorial the shares of all factors add up to 1 less what only
  /// combinations do.
  public var share: Double?

  /// One for each factor with levels that recur; replications that some point lacks are left out.
  static func all(_ experiment: DesignedExperiment, _ units: [[Double]]) -> [FactorEffect] {
    let count = units.map(\.count).min() ?? 0
    guard units.count > 1, count > 0 else { return [] }
    let overall = (0..<count).map { r in
      units.reduce(0) { $0 + $1[r] } / Double(units.count)
    }
    let means = units.map { $0.prefix(count).reduce(0, +) / Double(count) }
    return experiment.factors.indices.compactMap { factor in
      let values = experiment.points.map { $0.values[factor] }
      var names: [String] = []
      for value in values where !names.contains(value) { names.append(value) }
      guard names.count > 1, names.count <= 32, names.count < values.count || names.count <= 8
      else { return nil }
      let groups = names.map { name in values.indices.filter { values[$0] == name } }
      let levels = zip(names, groups).map { name, group in
        let effects = (0..<count).map { r in
          group.reduce(0) { $0 + units[$1][r] } / Double(group.count) - overall[r]
        }
        return Level(value: name, points: group.count, interval: StudentInterval(of: effects))
      }
      return FactorEffect(factor: factor, levels: levels, share: share(of: groups, means))
    }
  }

  private static func share(of groups: [[Int]], _ means: [Double]) -> Double? {
    let center = means.reduce(0, +) / Double(means.count)
    let total = means.reduce(0) { $0 + ($1 - center) * ($1 - center) }
    guard total > 0 else { return nil }
    let between = groups.reduce(0) { sum, group in
      let mean = group.reduce(0) { $0 + means[$1] } / Double(group.count)
      return sum + Double(group.count) * (mean - center) * (mean - center)
    }
    return between / total
  }
}
