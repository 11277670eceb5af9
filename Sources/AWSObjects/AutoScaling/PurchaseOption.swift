/// How an instance is bought (EC2 user guide, `instance-purchasing-options.md`).
public enum PurchaseOption: String, Sendable, Hashable, CaseIterable {
  case onDemand = "on-demand"
  case spot
}

/// A set of unused machines that EC2 gives away one by one: a type in a zone, for one purchase
/// option (EC2 user guide 2023-06, `using-spot-instances.md`: "Spot capacity pool").
public struct CapacityPool: Sendable, Hashable {
  public var instanceType: String
  public var zone: AvailabilityZone
  public var purchaseOption: PurchaseOption

  public init(
    instanceType: String, zone: AvailabilityZone, purchaseOption: PurchaseOption = .onDemand
  ) {
    self.instanceType = instanceType
    self.zone = zone
    self.purchaseOption = purchaseOption
  }
}

extension CapacityPool: CustomStringConvertible {
  /// `m5.large in us-east-1a, spot`.
  public var description: String { "\(instanceType) in \(zone), \(purchaseOption.rawValue)" }
}
