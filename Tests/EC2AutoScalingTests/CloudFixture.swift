import AWSObjects
import EC2AutoScaling
import Testing
import TimeUnits

/// A cloud in three zones with one group, `workers`, and the vocabulary the tests speak.
struct CloudFixture {
  var cloud: Cloud
  var now = SimulationTime.zero

  static let zones = ["us-east-1a", "us-east-1b", "us-east-1c"].map { AvailabilityZone($0) }

  static func group(
    min: Int = 0, desired: Int = 3, max: Int = 4, zones: [AvailabilityZone] = Self.zones
  ) -> AutoScalingGroup {
    AutoScalingGroup(
      name: "workers", instanceType: "m5.large", zones: zones, minSize: min,
      desiredCapacity: desired, maxSize: max)
  }

  /// 2018-10-15T08:00:00Z, with the group created and nothing launched.
  init(_ group: AutoScalingGroup = Self.group()) throws {
    let epoch = try #require(CalendarTime(rfc3339: "2018-10-15T08:00:00Z"))
    cloud = Cloud(epoch: epoch)
    try cloud.apply(.createAutoScalingGroup(group), at: now)
  }

  var group: AutoScalingGroup { cloud.group(named: "workers")! }

  /// What the group's members are, by lifecycle state.
  func count(_ lifecycle: LifecycleState) -> Int {
    group.members.count { $0.lifecycle == lifecycle }
  }

  mutating func advance(_ seconds: Int64) { now = now + .seconds(seconds) }

  @discardableResult
  mutating func apply(_ mutation: CloudMutation) throws -> [CloudChange] {
    try cloud.apply(mutation, at: now)
  }

  /// One pass of the group over its difference.
  @discardableResult
  mutating func reconcile(
    checkingHealth: Bool = true, choosing: (Int) -> Int = { _ in 0 }
  ) throws -> GroupDecision {
    let decision = GroupReconciler.decide(
      group, instances: cloud.instances, at: now, checkingHealth: checkingHealth,
      choosing: choosing)
    try apply(.carryOut(decision))
    return decision
  }

  /// Lets everything that is on its way arrive.
  mutating func settle() throws {
    advance(60)
    for instance in cloud.instances {
      switch instance.state {
      case .pending: try apply(.instanceEntered(instance.id, .running))
      case .stopping: try apply(.instanceEntered(instance.id, .stopped))
      case .shuttingDown: try apply(.instanceEntered(instance.id, .terminated))
      default: continue
      }
    }
    for activity in cloud.activities where activity.status == .inProgress {
      try apply(.activityEnded(activity.id))
    }
  }

  /// The group at its desired capacity, everything in service.
  static func settled(_ group: AutoScalingGroup = Self.group()) throws -> CloudFixture {
    var fixture = try CloudFixture(group)
    try fixture.reconcile()
    try fixture.settle()
    return fixture
  }

  /// The refusal of a call, as the AWS CLI prints it; nil if it was accepted.
  mutating func refusal(_ mutation: CloudMutation) -> String? {
    do throws(AWSError) {
      try cloud.apply(mutation, at: now)
      return nil
    } catch {
      return error.description
    }
  }
}
