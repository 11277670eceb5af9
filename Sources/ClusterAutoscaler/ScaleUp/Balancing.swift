/// A group that may take part of a scale-up.
public struct BalancedGroup: Sendable, Hashable {
  public var id: String
  /// Its size as ordered last.
  public var current: Int
  public var max: Int

  public init(id: String, current: Int, max: Int) {
    self.id = id
    self.current = current
    self.max = max
  }
}

/// Why nodes cannot be spread.
public enum BalancingError: Error, Sendable, Hashable {
  case noGroups
}

/// How new nodes are spread over similar groups.
///
/// Follows `processors/nodegroupset/balancing_processor.go` of cluster-autoscaler 1.36.
public enum Balancing {
  /// The groups that grow and their new sizes, the smallest group first.
  ///
  /// Node by node the smallest group that has room grows; what no group has room for is dropped.
  /// Which of equally small groups goes first is open in the real program; here it is the first
  /// in the list.
  public static func balance(
    _ groups: [BalancedGroup], newNodes: Int
  ) throws(BalancingError) -> [(index: Int, newSize: Int)] {
    guard !groups.isEmpty else { throw .noGroups }
    let open = groups.indices.filter { groups[$0].current < groups[$0].max }
      .sorted { (groups[$0].current, $0) < (groups[$1].current, $1) }
    var sizes = open.map { groups[$0].current }
    let room = open.reduce(0) { $0 + groups[$1].max - groups[$1].current }
    for _ in 0..<Swift.max(0, min(newNodes, room)) {
      let next = open.indices.filter { sizes[$0] < groups[open[$0]].max }
        .min { (sizes[$0], $0) < (sizes[$1], $1) }
      guard let next else { break }
      sizes[next] += 1
    }
    return zip(open, sizes).filter { $0.1 != groups[$0.0].current }
      .map { (index: $0.0, newSize: $0.1) }
  }
}
