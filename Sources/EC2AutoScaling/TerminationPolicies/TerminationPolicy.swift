public import AWSObjects
public import TimeUnits

/// A member that a shrinking group may terminate.
public struct TerminationCandidate: Sendable, Hashable {
  public var instance: InstanceID
  public var zone: AvailabilityZone
  public var launchSource: LaunchSource
  public var launchTime: SimulationTime

  public init(
    instance: InstanceID, zone: AvailabilityZone, launchSource: LaunchSource,
    launchTime: SimulationTime
  ) {
    self.instance = instance
    self.zone = zone
    self.launchSource = launchSource
    self.launchTime = launchTime
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
/// `AllocationStrategy` needs mixed instances and Lambda functions need Lambda; we have neither.
public enum TerminationPolicies {
  public static let all: [any TerminationPolicy] = [
    DefaultTerminationPolicy(), OldestInstance(), NewestInstance(), OldestLaunchConfiguration(),
    OldestLaunchTemplate(), ClosestToNextInstanceHour(),
  ]

  /// The policy of that name, nil if we know none.
  public static func named(_ name: String) -> (any TerminationPolicy)? {
    all.first { type(of: $0).name == name }
  }
}

extension [TerminationCandidate] {
  /// Those with the smallest key.
  func smallest<Key: Comparable>(by key: (TerminationCandidate) -> Key) -> [TerminationCandidate] {
    guard let best = map(key).min() else { return [] }
    return filter { key($0) == best }
  }
}
