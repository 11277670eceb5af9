/// Several instance types and both purchase options in one group (Auto Scaling user guide 2023-06,
/// `ec2-auto-scaling-mixed-instances-groups.md`; defaults of the API's `InstancesDistribution`).
public struct MixedInstancesPolicy: Sendable, Hashable {
  public enum OnDemandAllocationStrategy: String, Sendable, Hashable, CaseIterable {
    case prioritized
    case lowestPrice = "lowest-price"
  }

  public enum SpotAllocationStrategy: String, Sendable, Hashable, CaseIterable {
    case lowestPrice = "lowest-price"
    case capacityOptimized = "capacity-optimized"
    case capacityOptimizedPrioritized = "capacity-optimized-prioritized"
    case priceCapacityOptimized = "price-capacity-optimized"

    /// The first day a group could ask for it; nil for those of the beginning (2018-11).
    ///
    /// Source: the announcements on aws.amazon.com/about-aws/whats-new.
    public var since: String? {
      switch self {
      case .lowestPrice: nil
      case .capacityOptimized: "2019-08-12"
      case .capacityOptimizedPrioritized: "2020-11-23"
      case .priceCapacityOptimized: "2022-11-10"
      }
    }
  }

  /// The launch template's overrides, the most wanted first; at least one.
  public var instanceTypes: [String]
  /// So many instances are on demand before any other. The default is 0.
  public var onDemandBaseCapacity = 0
  /// Of what is above the base, in percent. The default is 100.
  public var onDemandPercentageAboveBaseCapacity = 100
  /// The default is `prioritized`.
  public var onDemandAllocationStrategy = OnDemandAllocationStrategy.prioritized
  /// The API's default is `lowest-price`.
  public var spotAllocationStrategy = SpotAllocationStrategy.lowestPrice
  /// Over how many pools of a zone `lowest-price` spreads. The default is 2.
  public var spotInstancePools = 2
  /// US dollars an hour; nil is the on-demand price.
  public var spotMaxPrice: Double?

  public init(instanceTypes: [String]) { self.instanceTypes = instanceTypes }

  /// Whether any instance may be a spot instance.
  public var usesSpot: Bool { onDemandPercentageAboveBaseCapacity < 100 }
}
