import AWSObjects
import TimeUnits

extension GroupReconciler {
  /// Makes up for a shortage: from the warm pool as far as it goes, else by launches.
  static func addCapacity(
    _ count: Int, _ group: AutoScalingGroup, _ counted: [GroupMember], _ instances: [Instance],
    _ now: SimulationTime, _ memory: GroupMemory, _ market: MarketConditions,
    _ parameters: AutoScalingParameters, _ decision: inout GroupDecision,
    _ choosing: (Int) -> Int
  ) {
    guard !group.suspends(.launch) else {
      decision.withheld.append(.suspended(.launch))
      return
    }
    if memory.launchFailures.areTooOld(at: now, parameters) {
      decision.suspendsLaunch = true
      decision.withheld.append(.suspended(.launch))
      return
    }
    var counted = counted
    let warm = WarmPools.starts(count, group, counted)
    decision.warmStarts = warm.map(\.instance)
    counted += warm
    addLaunches(
      count - warm.count, group, counted, instances, now, memory, market, parameters, &decision,
      choosing)
  }

  /// Launches in the zones with the fewest members, refused pools left out.
  static func addLaunches(
    _ count: Int, _ group: AutoScalingGroup, _ counted: [GroupMember], _ instances: [Instance],
    _ now: SimulationTime, _ memory: GroupMemory, _ market: MarketConditions,
    _ parameters: AutoScalingParameters, _ decision: inout GroupDecision,
    _ choosing: (Int) -> Int
  ) {
    guard count > 0 else { return }
    let avoided = memory.launchFailures.avoided(at: now)
    var mix = InstanceMix(counted, instances, group, market, parameters)
    var counts = ZoneBalance.counts(counted.map(\.zone), in: group.zones)
    for index in 0..<count {
      let option = mix.nextPurchaseOption
      // A zone counts only if one of its pools has not refused.
      var tiers: [[String]] = []
      for zone in group.zones {
        tiers.append(
          mix.bestTypes(option, in: zone) { type in
            !avoided.contains(
              CapacityPool(instanceType: type, zone: zone, purchaseOption: option))
          })
      }
      let open = group.zones.indices.filter { !tiers[$0].isEmpty }
      guard !open.isEmpty else {
        if let until = memory.launchFailures.retryAt {
          decision.withheld.append(.launchesRefused(until: until))
        }
        return
      }
      let fewest = open.map { counts[$0] }.min()
      let zones = open.filter { counts[$0] == fewest }
      let zone = zones[zones.count == 1 ? 0 : choosing(zones.count)]
      let types = tiers[zone]
      let type = types[types.count == 1 ? 0 : choosing(types.count)]
      counts[zone] += 1
      let pool = CapacityPool(
        instanceType: type, zone: group.zones[zone], purchaseOption: option)
      mix.add(pool)
      decision.launches.append(
        GroupDecision.Launch(
          pool: pool, equallyGood: zones.map { group.zones[$0] }, equallyGoodTypes: types,
          purpose: index < decision.replacements.count ? .replacement : .capacity))
    }
  }
}
