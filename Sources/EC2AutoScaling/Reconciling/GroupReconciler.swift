public import AWSObjects
public import TimeUnits

/// Brings a group's actual capacity to the desired one.
///
/// Follows the Auto Scaling user guide (2023-06), `asg-capacity-limits.md` and
/// `as-maintain-instance-levels.md`: unhealthy instances are terminated first and replaced while
/// they terminate; a shortage is taken from the warm pool, then launched where there are fewest; a
/// surplus is taken by zone balance, then by the termination policies. Instance maintenance
/// policies, which would turn the order of a replacement round, are of 2023-11 and not modeled.
public enum GroupReconciler {
  /// What the group does now.
  ///
  /// - Parameters:
  ///   - group: The group with its members.
  ///   - instances: Indexed by id number, as in `Cloud`.
  ///   - now: Decides which instance is closest to its next billing hour, what a grace period
  ///     shields, and when a refused pool is tried again.
  ///   - checkingHealth: Whether this pass looks at EC2 states. The default is true; false for a
  ///     pass that only follows a changed capacity, before the health check has noticed anything.
  ///   - memory: What earlier passes left behind. The default is nothing.
  ///   - market: Prices and depths of pools, for mixed instances.
  ///   - choosing: Picks one of so many equally good answers. The default is the first.
  /// - Complexity: O(m + k·z) for m members, k launches and z zones; O(k·m) for k terminations.
  public static func decide(
    _ group: AutoScalingGroup, instances: [Instance], at now: SimulationTime,
    checkingHealth: Bool = true, memory: GroupMemory = GroupMemory(),
    market: MarketConditions = MarketConditions(),
    parameters: AutoScalingParameters = AutoScalingParameters(),
    choosing: (_ count: Int) -> Int = { _ in 0 }
  ) -> GroupDecision {
    var counted = group.members.filter(\.lifecycle.counts)
    var decision = GroupDecision(
      group: group.name, actualCapacity: counted.count, desiredCapacity: group.desiredCapacity)
    if checkingHealth {
      addReplacements(group, &counted, instances, now, parameters, &decision)
    }
    CapacityRebalance.setAside(&counted, group, instances, &decision)
    // What was launched to even the zones is above desired until it is in service.
    let extra = counted.count { memory.rebalancing.contains($0.instance) }
    let difference = group.desiredCapacity + extra - counted.count
    if difference > 0 {
      addCapacity(
        difference, group, counted, instances, now, memory, market, parameters, &decision,
        choosing)
    } else if difference < 0 {
      addTerminations(-difference, group, counted, instances, now, market, &decision, choosing)
    }
    return decision
  }

  private static func addReplacements(
    _ group: AutoScalingGroup, _ counted: inout [GroupMember], _ instances: [Instance],
    _ now: SimulationTime, _ parameters: AutoScalingParameters, _ decision: inout GroupDecision
  ) {
    let unhealthy = HealthCheck.unhealthyMembers(
      of: group, instances: instances, at: now, parameters: parameters)
    guard !unhealthy.isEmpty else { return }
    if let process = [.replaceUnhealthy, .terminate].first(where: group.suspends) {
      decision.withheld.append(.suspended(process))
      return
    }
    let wave = ReplacementWave.select(unhealthy, group, at: now, parameters)
    decision.replacements = wave.map {
      GroupDecision.Replacement(instance: $0.instance, reason: $0.reason)
    }
    if wave.count < unhealthy.count {
      decision.withheld.append(.replacementWave(waiting: unhealthy.count - wave.count))
    }
    let gone = Set(wave.map(\.instance))
    counted.removeAll { gone.contains($0.instance) }
  }
}
