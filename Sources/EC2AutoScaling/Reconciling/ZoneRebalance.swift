public import AWSObjects
public import TimeUnits

/// AZRebalance: launches where there are too few; when those are in service, the surplus is
/// terminated where there are too many.
///
/// Follows the Auto Scaling user guide (2023-06), `auto-scaling-benefits.md`, "Rebalancing
/// activities": launch first, then terminate; max size may be exceeded meanwhile by 10 percent or
/// by one instance, whichever is greater. Instances that are taken out are not drained.
public enum ZoneRebalance {
  /// The launches that are due, none if the zones are even, something is on its way, or a process
  /// it needs is suspended.
  public static func decide(
    _ group: AutoScalingGroup, instances: [Instance], at now: SimulationTime,
    memory: GroupMemory = GroupMemory(), market: MarketConditions = MarketConditions(),
    parameters: AutoScalingParameters = AutoScalingParameters(),
    choosing: (_ count: Int) -> Int = { _ in 0 }
  ) -> GroupDecision {
    let counted = group.members.filter(\.lifecycle.counts)
    var decision = GroupDecision(
      group: group.name, actualCapacity: counted.count, desiredCapacity: group.desiredCapacity)
    for process in [AutoScalingGroup.Process.azRebalance, .launch] where group.suspends(process) {
      if surplus(counted, group) > 0 { decision.withheld.append(.suspended(process)) }
      return decision
    }
    // The zones are judged when nothing is on its way, or one activity would answer another.
    guard memory.rebalancing.isEmpty, counted.count == group.desiredCapacity,
      counted.allSatisfy({ $0.lifecycle == .inService }),
      !group.members.contains(where: \.lifecycle.isTerminating)
    else { return decision }
    let margin = max(1, group.maxSize * parameters.rebalanceMarginPercent.value / 100)
    let room = group.maxSize + margin - counted.count
    let count = min(surplus(counted, group), room)
    guard count > 0 else { return decision }
    GroupReconciler.addLaunches(
      count, group, counted, instances, now, memory, market, parameters, &decision, choosing)
    for index in decision.launches.indices { decision.launches[index].purpose = .zoneBalance }
    return decision
  }

  /// How many members would have to move to make the zones even: none differs by more than one.
  static func surplus(_ counted: [GroupMember], _ group: AutoScalingGroup) -> Int {
    var counts = ZoneBalance.counts(counted.map(\.zone), in: group.zones)
    guard !counts.isEmpty else { return 0 }
    // Members in zones that are no longer enabled move as well.
    var moves = counted.count - counts.reduce(0, +)
    for _ in 0..<moves {
      if let zone = ZoneBalance.emptiest(counts).first { counts[zone] += 1 }
    }
    while let least = counts.min(), let most = counts.max(), most - least > 1,
      let from = counts.firstIndex(of: most), let to = counts.firstIndex(of: least)
    {
      counts[from] -= 1
      counts[to] += 1
      moves += 1
    }
    return moves
  }
}
