public import AWSObjects

/// The warm pool beside a group: how large it is, and what a group takes from it first.
///
/// Follows the Auto Scaling user guide (2023-06), `ec2-auto-scaling-warm-pools.md`.
public enum WarmPools {
  /// What the pool does now to get to its size.
  public struct Decision: Sendable, Hashable {
    public var desiredSize: Int
    public var actualSize: Int
    /// The zones of the instances to launch into the pool.
    public var launches: [AvailabilityZone] = []
    /// The newest first, since the pool has no use for its size.
    public var terminations: [InstanceID] = []
    public var withheld: [GroupDecision.Withheld] = []

    public var isEmpty: Bool { launches.isEmpty && terminations.isEmpty }
  }

  /// The group's max size, or its maximum prepared capacity, less its desired capacity; at least
  /// the pool's minimum. Without a pool it is 0.
  public static func desiredSize(of group: AutoScalingGroup) -> Int {
    guard let pool = group.warmPool else { return 0 }
    let prepared = pool.maxGroupPreparedCapacity ?? group.maxSize
    return max(pool.minSize, prepared - group.desiredCapacity)
  }

  /// Launches or terminations that bring the pool to its size.
  public static func decide(_ group: AutoScalingGroup) -> Decision {
    let members = group.members.filter(\.lifecycle.isWarmed)
    var decision = Decision(
      desiredSize: desiredSize(of: group), actualSize: members.count)
    let difference = decision.desiredSize - decision.actualSize
    if difference > 0 {
      guard !group.suspends(.launch) else {
        decision.withheld.append(.suspended(.launch))
        return decision
      }
      var counts = ZoneBalance.counts(members.map(\.zone), in: group.zones)
      for _ in 0..<difference {
        guard let zone = ZoneBalance.emptiest(counts).first else { break }
        counts[zone] += 1
        decision.launches.append(group.zones[zone])
      }
    } else if difference < 0 {
      guard !group.suspends(.terminate) else {
        decision.withheld.append(.suspended(.terminate))
        return decision
      }
      decision.terminations = members.map(\.instance).sorted(by: >).prefix(-difference).map { $0 }
    }
    return decision
  }

  /// The members that a growing group takes from its pool, at most `count`: each from a zone that
  /// has the fewest in service, the longest waiting first.
  static func starts(
    _ count: Int, _ group: AutoScalingGroup, _ counted: [GroupMember]
  ) -> [GroupMember] {
    guard group.warmPool != nil else { return [] }
    var ready = group.members.filter(\.lifecycle.isReadyInWarmPool)
    var counts = ZoneBalance.counts(counted.map(\.zone), in: group.zones)
    var taken: [GroupMember] = []
    while taken.count < count, !ready.isEmpty {
      let order = ready.indices.min { a, b in
        let inA = group.zones.firstIndex(of: ready[a].zone).map { counts[$0] } ?? .max
        let inB = group.zones.firstIndex(of: ready[b].zone).map { counts[$0] } ?? .max
        return (inA, ready[a].instance) < (inB, ready[b].instance)
      }
      guard let order else { break }
      let member = ready.remove(at: order)
      if let zone = group.zones.firstIndex(of: member.zone) { counts[zone] += 1 }
      taken.append(member)
    }
    return taken
  }
}
