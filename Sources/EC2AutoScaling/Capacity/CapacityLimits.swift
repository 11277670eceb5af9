public import AWSObjects
public import TimeUnits

/// What keeps EC2 from launching: shortages in time, and the account's quotas.
public struct CapacityLimits: Sendable, Hashable {
  public var shortages: [CapacityShortage] = []
  public var quotas = Quotas()
  /// vCPUs by instance type, for the quotas; a type that is missing counts as none.
  public var vCPUs: [String: Int] = [:]

  public init() {}

  /// Whether nothing is limited.
  public var isEmpty: Bool { shortages.isEmpty && quotas == Quotas() }

  /// Why one more instance of a pool is refused, nil if it is not.
  ///
  /// - Parameters:
  ///   - running: How many instances of each type and option the account runs or starts now.
  ///   - zones: The region's zones that the group knows, for the service's hint.
  public func refusal(
    of pool: CapacityPool, running: [RunningCount], zones: [AvailabilityZone],
    at now: SimulationTime
  ) -> LaunchRefusal? {
    if let refusal = quotaRefusal(of: pool, running) { return refusal }
    guard shortages.contains(where: { $0.covers(pool, at: now) }) else { return nil }
    let elsewhere = zones.filter { zone in
      var other = pool
      other.zone = zone
      return zone != pool.zone && !shortages.contains { $0.covers(other, at: now) }
    }
    return .insufficientInstanceCapacity(pool, elsewhere: elsewhere)
  }

  /// Instances of one type and purchase option.
  public struct RunningCount: Sendable, Hashable {
    public var instanceType: String
    public var purchaseOption: PurchaseOption
    public var count: Int

    public init(instanceType: String, purchaseOption: PurchaseOption, count: Int) {
      self.instanceType = instanceType
      self.purchaseOption = purchaseOption
      self.count = count
    }
  }

  private func quotaRefusal(of pool: CapacityPool, _ running: [RunningCount]) -> LaunchRefusal? {
    let option = pool.purchaseOption
    let same = running.filter { $0.purchaseOption == option }
    if option == .onDemand, let limit = quotas.instances[pool.instanceType] {
      let count = same.filter { $0.instanceType == pool.instanceType }.reduce(0) { $0 + $1.count }
      if count + 1 > limit { return .instanceLimitExceeded(requested: count + 1, limit: limit) }
    }
    let bucket = QuotaBucket.of(pool.instanceType)
    let limits = option == .onDemand ? quotas.onDemandVCPUs : quotas.spotVCPUs
    guard let limit = limits[bucket] else { return nil }
    let used = same.filter { QuotaBucket.of($0.instanceType) == bucket }
      .reduce(0) { $0 + $1.count * (vCPUs[$1.instanceType] ?? 0) }
    guard used + (vCPUs[pool.instanceType] ?? 0) > limit else { return nil }
    return option == .onDemand ? .vcpuLimitExceeded(limit: limit) : .maxSpotInstanceCountExceeded
  }
}
