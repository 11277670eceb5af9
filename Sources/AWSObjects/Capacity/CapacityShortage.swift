public import TimeUnits

/// A time in which EC2 has nothing to give of some pools.
public struct CapacityShortage: Sendable, Hashable {
  /// Nil is every type.
  public var instanceType: String?
  /// Empty is every zone.
  public var zones: [AvailabilityZone]
  /// Nil is both.
  public var purchaseOption: PurchaseOption?
  public var from: SimulationTime
  /// The first moment at which there is capacity again.
  public var until: SimulationTime

  public init(
    instanceType: String? = nil, zones: [AvailabilityZone] = [],
    purchaseOption: PurchaseOption? = nil, from: SimulationTime = .zero,
    until: SimulationTime = .distantFuture
  ) {
    self.instanceType = instanceType
    self.zones = zones
    self.purchaseOption = purchaseOption
    self.from = from
    self.until = until
  }

  public func covers(_ pool: CapacityPool, at now: SimulationTime) -> Bool {
    (instanceType == nil || instanceType == pool.instanceType)
      && (zones.isEmpty || zones.contains(pool.zone))
      && (purchaseOption == nil || purchaseOption == pool.purchaseOption)
      && from <= now && now < until
  }
}
