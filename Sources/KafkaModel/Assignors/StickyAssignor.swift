/// Shares that differ by one at most, and as few partitions moved as that allows.
///
/// Follows the constrained algorithm, for members that all subscribe to the same topics, of
/// `AbstractStickyAssignor.java`, Kafka 3.0; Kafka 2.1's is a search with the same two aims, which
/// may choose other partitions to move.
public struct StickyAssignor: PartitionAssignor {
  public let name = "sticky"
  public let rebalanceProtocol = RebalanceProtocol.eager

  public init() {}

  public func assign(_ partitions: TopicPartitions, owned: [[Int]]) -> [[Int]] {
    StickyShares(partitions, owned: owned).assigned
  }
}

/// The sticky strategy in steps: a partition that has to move is assigned to nobody while its old
/// owner still has it (`CooperativeStickyAssignor.java`, Kafka 2.4 and later).
public struct CooperativeStickyAssignor: PartitionAssignor {
  public let name = "cooperative-sticky"
  public let rebalanceProtocol = RebalanceProtocol.cooperative

  public init() {}

  public func assign(_ partitions: TopicPartitions, owned: [[Int]]) -> [[Int]] {
    let shares = StickyShares(partitions, owned: owned)
    return shares.assigned.enumerated().map { member, assigned in
      assigned.filter { shares.oldOwner[$0] == nil || shares.oldOwner[$0] == member }
    }
  }
}

/// Balanced shares that keep what they can.
private struct StickyShares {
  private(set) var assigned: [[Int]]
  /// Who had each partition.
  private(set) var oldOwner: [Int?]

  init(_ partitions: TopicPartitions, owned: [[Int]]) {
    assigned = owned.map { _ in [] }
    oldOwner = Array(repeating: nil, count: partitions.count)
    guard !owned.isEmpty else { return }
    for (member, its) in owned.enumerated() {
      for partition in its where oldOwner.indices.contains(partition) {
        precondition(oldOwner[partition] == nil, "a partition has one owner at most")
        oldOwner[partition] = member
      }
    }
    let (least, larger) = partitions.count.quotientAndRemainder(dividingBy: owned.count)
    let unassigned = keep(owned, least: least, larger: larger)
    fill(unassigned, least: least)
  }

  /// Every member keeps what it has up to its share; the first that have more than `least` keep
  /// one more, as long as shares of that size are left. Returns what nobody keeps, in order.
  private mutating func keep(_ owned: [[Int]], least: Int, larger: Int) -> [Int] {
    var isKept = oldOwner.map { _ in false }
    var larger = larger
    for (member, its) in owned.enumerated() {
      let valid = its.filter { oldOwner.indices.contains($0) }
      let takesLarger = valid.count > least && larger > 0
      if takesLarger { larger -= 1 }
      assigned[member] = Array(valid.prefix(takesLarger ? least + 1 : least))
      for partition in assigned[member] { isKept[partition] = true }
    }
    return isKept.indices.filter { !isKept[$0] }
  }

  /// Deals out the rest: in turn to members below `least`, then one each to members that have
  /// just `least`, those that kept it before those that were filled up to it. The shares add up,
  /// so that these suffice.
  private mutating func fill(_ unassigned: [Int], least: Int) {
    var rest = unassigned[...]
    var full = assigned.indices.filter { assigned[$0].count == least }
    var hungry = assigned.indices.filter { assigned[$0].count < least }
    while !hungry.isEmpty {
      for member in hungry { assigned[member].append(rest.removeFirst()) }
      full += hungry.filter { assigned[$0].count == least }
      hungry.removeAll { assigned[$0].count == least }
    }
    for (member, partition) in zip(full, rest) { assigned[member].append(partition) }
  }
}
