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
  /// - Complexity: O(m + k·m) for m members and k launches and terminations.
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
    var places = counted.map(\.zone)
    for index in 0..<count {
      let zones = ZoneBalance.emptiest(group.zones, holding: places)
      guard !zones.isEmpty else { return }
      let zone = zones[zones.count == 1 ? 0 : choosing(zones.count)]
      places.append(zone)
      decision.launches.append(
        GroupDecision.Launch(
          zone: zone, equallyGood: zones,
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
    var rest = counted
    for taken in 0..<count {
      let candidates = rest.filter { !$0.isProtectedFromScaleIn }.map { member in
        TerminationCandidate(
          instance: member.instance, zone: member.zone, launchSource: member.launchSource,
          launchTime: instances[Int(member.instance.number)].launchTime)
      }
      guard !candidates.isEmpty else {
        decision.withheld.append(.protectedFromScaleIn(surplus: count - taken))
        return
      }
      let (best, narrowedBy) = narrow(candidates, group, holding: rest.map(\.zone), now)
      let victim = best[best.count == 1 ? 0 : choosing(best.count)].instance
      rest.removeAll { $0.instance == victim }
      decision.terminations.append(
        GroupDecision.Termination(
          instance: victim, equallyGood: best.map(\.instance), narrowedBy: narrowedBy))
    }
  }

  /// Zone balance first, then the group's policies in turn until one candidate is left.
  static func narrow(
    _ candidates: [TerminationCandidate], _ group: AutoScalingGroup,
    holding places: [AvailabilityZone], _ now: SimulationTime
  ) -> (best: [TerminationCandidate], narrowedBy: [String]) {
    var narrowedBy: [String] = []
    let zones = ZoneBalance.fullest(holding: places, candidates: candidates.map(\.zone))
    var best = candidates.filter { zones.contains($0.zone) }
    if best.count < candidates.count {
      narrowedBy.append("AvailabilityZone " + zones.map(\.name).joined(separator: ", "))
    }
    for name in group.terminationPolicies where best.count > 1 {
      guard let policy = TerminationPolicies.named(name) else { continue }
      let narrowed = policy.narrow(best, at: now)
      if narrowed.count < best.count { narrowedBy.append(name) }
      best = narrowed
    }
    return (best, narrowedBy)
  }
}
