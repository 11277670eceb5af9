public import AWSObjects
public import TimeUnits

/// A member that a shrinking group may terminate.
public struct TerminationCandidate: Sendable, Hashable {
  public var instance: InstanceID
  public var zone: AvailabilityZone
  public var launchSource: LaunchSource
  public var launchTime: SimulationTime
  /// The default is on demand.
  public var purchaseOption: PurchaseOption
  /// How far its pool is from what the allocation strategy would take now; 0 is the best.
  public var allocationRank: Int

  public init(
    instance: InstanceID, zone: AvailabilityZone, launchSource: LaunchSource,
    launchTime: SimulationTime, purchaseOption: PurchaseOption = .onDemand,
    allocationRank: Int = 0
  ) {
    self.instance = instance
    self.zone = zone
    self.launchSource = launchSource
    self.launchTime = launchTime
    self.purchaseOption = purchaseOption
    self.allocationRank = allocationRank
  }
}

/// How a shrinking group chooses, after zone balance (Auto Scaling user guide 2023-06,
/// `ec2-auto-scaling-termination-policies.md`).
public protocol TerminationPolicy: Sendable {
  /// The API's name.
  static var name: String { get }

  /// The candidates that this policy likes best, all of them, in their order.
  func narrow(
    _ candidates: [TerminationCandidate], at now: SimulationTime
  ) -> [TerminationCandidate]
}

/// The policies by the API's names.
///
/// A Lambda function as a policy is understood as a name only: nothing here runs one.
public enum TerminationPolicies {
  public static let all: [any TerminationPolicy] = [
    DefaultTerminationPolicy(), OldestInstance(), NewestInstance(), OldestLaunchConfiguration(),
    OldestLaunchTemplate(), ClosestToNextInstanceHour(), AllocationStrategyPolicy(),
  ]

  /// The policy of that name, nil if we know none.
  public static func named(_ name: String) -> (any TerminationPolicy)? {
    all.first { type(of: $0).name == name }
  }

  /// What is wrong with a group's list, nil if nothing is: every name is known, `Default` stands
  /// last and a Lambda function first (`lambda-custom-termination-policy.md`).
  public static func problem(in names: [String]) -> AWSError.Fact? {
    for (index, name) in names.enumerated() {
      if name.hasPrefix(TerminationPolicyType.lambdaPrefix) {
        if index > 0 { return .lambdaPolicyNotFirst }
      } else if named(name) == nil {
        return .unknownTerminationPolicy(name)
      } else if name == DefaultTerminationPolicy.name, index != names.count - 1 {
        return .defaultPolicyNotLast
      }
    }
    return nil
  }
}

extension [TerminationCandidate] {
  /// Those with the smallest key.
  func smallest<Key: Comparable>(by key: (TerminationCandidate) -> Key) -> [TerminationCandidate] {
    guard let best = map(key).min() else { return [] }
    return filter { key($0) == best }
  }
}
