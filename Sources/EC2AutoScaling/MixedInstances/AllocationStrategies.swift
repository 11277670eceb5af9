public import AWSObjects

/// Which instance type a launch takes in its zone.
///
/// Follows the Auto Scaling user guide (2023-06), `ec2-auto-scaling-mixed-instances-groups.md`,
/// "Allocation strategies". How AWS weighs price against capacity is not published: a pool counts
/// as deep as the deepest if it has at least the part that `poolDepthTolerance` says.
public enum AllocationStrategies {
  /// A type with what a strategy sees of it.
  struct Offer {
    var instanceType: String
    var priority: Int
    var usdPerHour: Double
    var depth: Double
    /// Members of the group in this pool.
    var members: Int
  }

  /// The equally good types of a zone, the best tier that has any; none if nothing is allowed.
  public static func best(
    _ option: PurchaseOption, in zone: AvailabilityZone, of group: AutoScalingGroup,
    market: MarketConditions, members: (CapacityPool) -> Int = { _ in 0 },
    parameters: AutoScalingParameters = AutoScalingParameters(),
    allowing isAllowed: (String) -> Bool = { _ in true }
  ) -> [String] {
    guard let policy = group.mixedInstancesPolicy else {
      return isAllowed(group.instanceType) ? [group.instanceType] : []
    }
    let offers = policy.instanceTypes.enumerated().compactMap { priority, type -> Offer? in
      guard isAllowed(type) else { return nil }
      let pool = CapacityPool(instanceType: type, zone: zone, purchaseOption: option)
      return Offer(
        instanceType: type, priority: priority, usdPerHour: market.usdPerHour(pool),
        depth: market.depth(pool), members: members(pool))
    }
    guard !offers.isEmpty else { return [] }
    let best =
      switch option {
      case .onDemand: onDemand(offers, policy)
      case .spot: spot(offers, policy, parameters)
      }
    return best.map(\.instanceType)
  }

  private static func onDemand(_ offers: [Offer], _ policy: MixedInstancesPolicy) -> [Offer] {
    switch policy.onDemandAllocationStrategy {
    case .prioritized: smallest(offers) { Double($0.priority) }
    case .lowestPrice: smallest(offers) { $0.usdPerHour }
    }
  }

  private static func spot(
    _ offers: [Offer], _ policy: MixedInstancesPolicy, _ parameters: AutoScalingParameters
  ) -> [Offer] {
    switch policy.spotAllocationStrategy {
    case .lowestPrice:
      // Evenly over the cheapest pools of the zone.
      let cheapest = offers.sorted { ($0.usdPerHour, $0.priority) < ($1.usdPerHour, $1.priority) }
        .prefix(max(1, policy.spotInstancePools))
      return smallest(Array(cheapest)) { Double($0.members) }
    case .capacityOptimized: return smallest(offers) { -$0.depth }
    case .capacityOptimizedPrioritized:
      return smallest(deep(offers, parameters)) { Double($0.priority) }
    case .priceCapacityOptimized: return smallest(deep(offers, parameters)) { $0.usdPerHour }
    }
  }

  private static func deep(_ offers: [Offer], _ parameters: AutoScalingParameters) -> [Offer] {
    let most = offers.map(\.depth).max() ?? 0
    return offers.filter { $0.depth >= most * parameters.poolDepthTolerance.value }
  }

  private static func smallest(_ offers: [Offer], by key: (Offer) -> Double) -> [Offer] {
    guard let best = offers.map(key).min() else { return [] }
    return offers.filter { key($0) == best }
  }

  /// How far a pool is from what the strategy takes now: 0 for the best, for the termination
  /// policies; always 0 in a group of one type.
  public static func rank(
    of pool: CapacityPool, _ group: AutoScalingGroup, _ market: MarketConditions,
    parameters: AutoScalingParameters = AutoScalingParameters()
  ) -> Int {
    guard let policy = group.mixedInstancesPolicy else { return 0 }
    var left = policy.instanceTypes
    var rank = 0
    // `lowest-price` is content with any of its cheapest pools.
    let isSpread =
      pool.purchaseOption == .spot && policy.spotAllocationStrategy == .lowestPrice
    while !left.isEmpty {
      let tier = best(
        pool.purchaseOption, in: pool.zone, of: group, market: market, parameters: parameters,
        allowing: left.contains)
      if tier.contains(pool.instanceType) || tier.isEmpty { break }
      rank += 1
      left.removeAll { tier.contains($0) }
    }
    return isSpread && rank < policy.spotInstancePools ? 0 : rank
  }
}
