import AWSObjects

/// A group's instances by pool, while launches are being decided.
struct InstanceMix {
  private let group: AutoScalingGroup
  private let market: MarketConditions
  private let parameters: AutoScalingParameters
  private var pools: [CapacityPool: Int] = [:]
  private var onDemand = 0
  private var spot = 0

  init(
    _ counted: [GroupMember], _ instances: [Instance], _ group: AutoScalingGroup,
    _ market: MarketConditions, _ parameters: AutoScalingParameters
  ) {
    self.group = group
    self.market = market
    self.parameters = parameters
    guard group.mixedInstancesPolicy != nil else { return }
    for member in counted { add(instances[Int(member.instance.number)].pool) }
  }

  mutating func add(_ pool: CapacityPool) {
    guard group.mixedInstancesPolicy != nil else { return }
    pools[pool, default: 0] += 1
    if pool.purchaseOption == .onDemand { onDemand += 1 } else { spot += 1 }
  }

  /// What the next launch buys; on demand in a group of one type.
  var nextPurchaseOption: PurchaseOption {
    guard let policy = group.mixedInstancesPolicy else { return .onDemand }
    return PurchaseOptions.next(onDemand: onDemand, spot: spot, of: policy)
  }

  func bestTypes(
    _ option: PurchaseOption, in zone: AvailabilityZone, allowing isAllowed: (String) -> Bool
  ) -> [String] {
    AllocationStrategies.best(
      option, in: zone, of: group, market: market, members: { pools[$0] ?? 0 },
      parameters: parameters, allowing: isAllowed)
  }
}
