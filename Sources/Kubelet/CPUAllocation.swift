/// How a machine's CPU time is shared in a tree of cgroups: weighted max-min fair, level by level.
///
/// The mean of what Linux' fair scheduler and its bandwidth control give: siblings in proportion to
/// their weights, nobody more than it wants or its quota allows, what is left over to the others.
public struct CPUAllocation: Sendable {
  /// A node of the tree: a group, or a leaf that wants CPU.
  public struct Group: Sendable, Hashable {
    /// Position of the group it belongs to, which stands before it; nil under the root.
    public var parent: Int?
    /// `cpu.shares` or `cpu.weight`; only its ratio to the siblings' counts. Above zero.
    public var weight: Double
    /// Cores a leaf would use if nobody else ran; a group with members ignores it.
    public var demand: Double
    /// Cores it may use at most; nil without a limit.
    public var quota: Double?

    public init(
      parent: Int? = nil, weight: Double, demand: Double = 0, quota: Double? = nil
    ) {
      self.parent = parent
      self.weight = weight
      self.demand = demand
      self.quota = quota
    }
  }

  /// What every group gets, in cores, in the order given; a group's is the sum of its members'.
  ///
  /// A group's parent must stand before it. Complexity: O(n log n) in the number of groups.
  public static func cores(_ groups: [Group], capacity: Double) -> [Double] {
    var children = [[Int]](repeating: [], count: groups.count)
    var roots: [Int] = []
    for (index, group) in groups.enumerated() {
      precondition(group.weight > 0, "a cgroup's weight is above zero")
      guard let parent = group.parent else {
        roots.append(index)
        continue
      }
      precondition(parent < index, "a cgroup stands after its parent")
      children[parent].append(index)
    }
    // Bottom up: what each would use of an idle machine.
    var wants = groups.map { max(0, $0.demand) }
    for index in groups.indices.reversed() {
      if !children[index].isEmpty {
        wants[index] = children[index].reduce(0) { $0 + wants[$1] }
      }
      if let quota = groups[index].quota { wants[index] = min(wants[index], max(0, quota)) }
    }
    // Top down: each level shares what its group got.
    var cores = [Double](repeating: 0, count: groups.count)
    share(max(0, capacity), among: roots, groups, wants, &cores)
    for index in groups.indices where !children[index].isEmpty {
      share(cores[index], among: children[index], groups, wants, &cores)
    }
    return cores
  }

  /// Fills siblings in the order in which they are satisfied: by want over weight.
  private static func share(
    _ available: Double, among siblings: [Int], _ groups: [Group], _ wants: [Double],
    _ cores: inout [Double]
  ) {
    let order = siblings.sorted { a, b in
      let (x, y) = (wants[a] / groups[a].weight, wants[b] / groups[b].weight)
      return x == y ? a < b : x < y
    }
    // Summed from the back, so that the last sibling's share is all that is left, exactly.
    var weightFrom = [Double](repeating: 0, count: order.count + 1)
    for place in order.indices.reversed() {
      weightFrom[place] = weightFrom[place + 1] + groups[order[place]].weight
    }
    var left = available
    for (place, index) in order.enumerated() {
      let fair = left * (groups[index].weight / weightFrom[place])
      cores[index] = min(wants[index], fair)
      left = max(0, left - cores[index])
    }
  }
}

/// CFS bandwidth control: a group that used its quota within a period waits for the next one.
public enum CPUThrottling {
  /// The share of each period a group runs before it is throttled, 0 … 1: with `threads` busy at
  /// once its quota of `limit` cores is used up after limit/threads of the period.
  public static func runningShare(limit: Double, threads: Double) -> Double {
    threads > limit ? max(0, limit) / threads : 1
  }
}
