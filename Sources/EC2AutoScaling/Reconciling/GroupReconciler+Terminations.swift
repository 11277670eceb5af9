import AWSObjects
import TimeUnits

extension GroupReconciler {
  /// Takes a surplus: in a mixed group first the purchase option that has too many, then the zone
  /// with the most members, then policy after policy.
  static func addTerminations(
    _ count: Int, _ group: AutoScalingGroup, _ counted: [GroupMember], _ instances: [Instance],
    _ now: SimulationTime, _ market: MarketConditions, _ decision: inout GroupDecision,
    _ choosing: (Int) -> Int
  ) {
    guard !group.suspends(.terminate) else {
      decision.withheld.append(.suspended(.terminate))
      return
    }
    var zones = ZoneTallies(counted, instances, group, market)
    for taken in 0..<count {
      let desired = group.desiredCapacity + count - taken - 1
      var option: PurchaseOption?
      if let policy = group.mixedInstancesPolicy {
        option = PurchaseOptions.surplus(
          onDemand: zones.members(of: .onDemand), spot: zones.members(of: .spot), of: policy,
          desired: desired)
        // Where all of it is protected, the other option has to give.
        if let wanted = option, zones.fullest(of: wanted).isEmpty { option = nil }
      }
      let fullest = zones.fullest(of: option)
      guard !fullest.isEmpty else {
        decision.withheld.append(.protectedFromScaleIn(surplus: count - taken))
        return
      }
      var narrowedBy: [String] = []
      if let option { narrowedBy.append("PurchaseOption " + option.rawValue) }
      if fullest.count < zones.withCandidates {
        let names = fullest.map { zones.tallies[$0].zone.name }
        narrowedBy.append("AvailabilityZone " + names.joined(separator: ", "))
      }
      var best = zones.candidates(in: fullest, of: option)
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
          instance: victim.instance, equallyGood: best.map(\.instance), narrowedBy: narrowedBy,
          returnsToWarmPool: group.warmPool?.reuseOnScaleIn == true))
    }
  }
}
