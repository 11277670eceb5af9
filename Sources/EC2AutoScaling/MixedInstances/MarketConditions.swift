public import AWSObjects

/// Prices and depths of pools at a moment, as the allocation strategies see them.
public struct MarketConditions: Sendable, Hashable {
  /// A spot pool's price and how much is in it.
  public struct SpotPool: Sendable, Hashable {
    /// US dollars an hour.
    public var usdPerHour: Double
    /// How much spare capacity there is, in any unit that compares; AWS does not publish it.
    public var depth: Double

    public init(usdPerHour: Double, depth: Double) {
      self.usdPerHour = usdPerHour
      self.depth = depth
    }
  }

  /// US dollars an hour by instance type; a type that is missing is the dearest.
  public var onDemandUSDPerHour: [String: Double] = [:]
  /// By pool; one that is missing costs what on demand costs, and is as deep as any.
  public var spot: [CapacityPool: SpotPool] = [:]

  public init() {}

  public func usdPerHour(_ pool: CapacityPool) -> Double {
    if pool.purchaseOption == .spot, let spot = spot[pool] { return spot.usdPerHour }
    return onDemandUSDPerHour[pool.instanceType] ?? .infinity
  }

  public func depth(_ pool: CapacityPool) -> Double { spot[pool]?.depth ?? 1 }

  /// The refusal of a spot pool that costs more than the group pays, nil otherwise.
  ///
  /// Without a maximum the on-demand price is it, which a spot price does not exceed.
  public func refusal(of pool: CapacityPool, maxPrice: Double?) -> LaunchRefusal? {
    guard pool.purchaseOption == .spot, let maxPrice, let spot = spot[pool],
      spot.usdPerHour > maxPrice
    else { return nil }
    return .spotMaxPriceTooLow(offered: maxPrice, needed: spot.usdPerHour)
  }
}
