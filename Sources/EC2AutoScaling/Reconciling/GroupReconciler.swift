public import AWSObjects
public import TimeUnits

/// Brings a group's actual capacity to the desired one.
///
/// Follows the Auto Scaling user guide (2023-06), `asg-capacity-limits.md` and
/// `as-maintain-instance-levels.md`: unhealthy instances are terminated first and replaced while
/// they terminate; a shortage is launched where there are fewest; a surplus is taken by zone
/// balance, then by the termination policies. AZRebalance, instance maintenance policies and waves
/// of status-check failures are not modeled.
public enum GroupReconciler {
  /// What the group does now.
  ///
  /// - Parameters:
  ///   - group: The group with its members.
  ///   - instances: Indexed by id number, as in `Cloud`.
  ///   - now: Decides which instance is closest to its next billing hour.
  ///   - checkingHealth: Whether this pass looks at EC2 states. The default is true; false for a
  ///     pass that only follows a changed capacity, before the health check has noticed anything.
  ///   - choosing: Picks one of so many equally good answers. The default is the first.
  /// - Complexity: O(m + k·z) for m members, k launches and z zones; O(k·m) for k terminations.
  public static func decide(
    _ group: AutoScalingGroup, instances: [Instance], at now: SimulationTime,
    checkingHealth: Bool = true, choosing: (_ count: Int) -> Int = { _ in 0 }
  ) -> GroupDecision {
    var counted = group.members.filter(\.lifecycle.counts)
    var decision = GroupDecision(
      group: group.name, actualCapacity: counted.count, desiredCapacity: group.desiredCapacity)
    if checkingHealth {
      let unhealthy = HealthCheck.unhealthyMembers(of: group, instances: instances)
      if !unhealthy.isEmpty {
        if let process = [.replaceUnhealthy, .terminate].first(where: group.suspends) {
          decision.withheld.append(.suspended(process))
        } else {
          decision.replacements = unhealthy.map {
            GroupDecision.Replacement(instance: $0.instance, reason: $0.reason)
          }
          let gone = Set(unhealthy.map(\.instance))
          counted.removeAll { gone.contains($0.instance) }
        }
      }
    }
    let difference = group.desiredCapacity - counted.count
    if difference > 0 {
      addLaunches(difference, group, counted, &decision, choosing)
    } else if difference < 0 {
      addTerminations(-difference, group, counted, instances, now, &decision, choosing)
    }
    return decision
  }

  private static func addLaunches(
    _ count: Int, _ group: AutoScalingGroup, _ counted: [GroupMember],
    _ decision: inout GroupDecision, _ choosing: (Int) -> Int
  ) {
    guard !group.suspends(.launch) else {
      decision.withheld.append(.suspended(.launch))
      return
    }
    var counts = ZoneBalance.counts(counted.map(\.zone), in: group.zones)
    for index in 0..<count {
      let zones = ZoneBalance.emptiest(counts)
      guard !zones.isEmpty else { return }
      let zone = zones[zones.count == 1 ? 0 : choosing(zones.count)]
      counts[zone] += 1
      decision.launches.append(
        GroupDecision.Launch(
          zone: group.zones[zone], equallyGood: zones.map { group.zones[$0] },
          replacesUnhealthy: index < decision.replacements.count))
    }
  }

  private static func addTerminations(
    _ count: Int, _ group: AutoScalingGroup, _ counted: [GroupMember], _ instances: [Instance],
    _ now: SimulationTime, _ decision: inout GroupDecision, _ choosing: (Int) -> Int
  ) {
    guard !group.suspends(.terminate) else {
      decision.withheld.append(.suspended(.terminate))
      return
    }
    var zones = ZoneTallies(counted, instances)
    for taken in 0..<count {
      let fullest = zones.fullest
      guard !fullest.isEmpty else {
        decision.withheld.append(.protectedFromScaleIn(surplus: count - taken))
        return
      }
      var narrowedBy: [String] = []
      if fullest.count < zones.withCandidates {
        let names = fullest.map { zones.tallies[$0].zone.name }
        narrowedBy.append("AvailabilityZone " + names.joined(separator: ", "))
      }
      var best = zones.candidates(in: fullest)
      for name in group.terminationPolicies where best.count > 1 {
        guard let policy = TerminationPolicies.named(name) else { continue }
        let narrowed = policy.narrow(best, at: now)
        if narrowed.count < best.count { narrowedBy.append(name) }
        best = narrowed
      }
      let victim = best[best.count == 1 ? 0 : choosing(best.count)]
      zones.remove(victim)
      decision.terminations.append(
        GroupDecision.Termination(
          instance: victim.instance, equallyGood: best.map(\.instance), narrowedBy: narrowedBy))
    }
  }
}
