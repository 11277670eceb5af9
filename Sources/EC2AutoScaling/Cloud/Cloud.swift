public import AWSObjects
public import TimeUnits

/// EC2 instances and Auto Scaling groups of one region, with one door for changes.
///
/// The cloud knows no clock: each mutation is told the time. It takes no time either: what follows
/// a mutation after a while (an instance runs, an activity ends) is another mutation.
public struct Cloud: Sendable {
  /// The calendar time of the run's start, for the sentences of activities.
  public let epoch: CalendarTime
  /// By id number: `instances[Int(id.number)]`. Terminated ones stay, for the bill.
  public internal(set) var instances: [Instance] = []
  /// In the order of creation.
  public internal(set) var groups: [AutoScalingGroup] = []
  /// By id number.
  public internal(set) var activities: [ScalingActivity] = []
  /// What groups remember between decisions; parallel to `groups`.
  public internal(set) var memories: [GroupMemory] = []
  /// Shortages and quotas of EC2. The default is none.
  public var limits = CapacityLimits()
  /// Prices and depths of pools, for mixed instances. The default is none.
  public var market = MarketConditions()
  /// The gate that programs' calls pass. The default lets everything through.
  public var api = CloudAPI()
  public var parameters = AutoScalingParameters()

  // The index in `groups` of each instance's group, -1 for none; parallel to `instances`.
  var groupIndexes: [Int] = []
  // The launch activity of each instance; parallel to `instances`.
  var launchActivities: [ScalingActivity.ID] = []
  var idsByText: [String: InstanceID] = [:]
  // Sentences about requests that no activity has answered yet; parallel to `groups`.
  var openRequests: [[String]] = []

  public init(epoch: CalendarTime) { self.epoch = epoch }

  public subscript(id: InstanceID) -> Instance { instances[Int(id.number)] }

  public subscript(id: ScalingActivity.ID) -> ScalingActivity { activities[Int(id.number)] }

  /// The group called `name`, nil if there is none. Complexity: linear in the groups.
  public func group(named name: String) -> AutoScalingGroup? {
    groups.first { $0.name == name }
  }

  /// The group an instance belongs to, nil if it has left or never had one.
  public func group(of id: InstanceID) -> AutoScalingGroup? {
    let index = groupIndexes[Int(id.number)]
    return index < 0 ? nil : groups[index]
  }

  /// The id that prints as `text`, nil if no instance had it. Complexity: O(1).
  public func instanceID(_ text: String) -> InstanceID? { idsByText[text] }

  /// The instances of a group that have not left it, in the order of joining.
  public func instances(ofGroup name: String) -> [Instance] {
    group(named: name)?.members.map { self[$0.instance] } ?? []
  }

  /// Makes one change, or refuses all of it with the API's error.
  ///
  /// - Returns: What changed, in order; empty where the API accepts a call that changes nothing.
  @discardableResult
  public mutating func apply(
    _ mutation: CloudMutation, at now: SimulationTime
  ) throws(AWSError) -> [CloudChange] {
    switch mutation {
    case .createAutoScalingGroup(let group): try create(group, now)
    case .updateAutoScalingGroup(let name, let minSize, let maxSize, let desired):
      try update(name, minSize, maxSize, desired, now)
    case .setDesiredCapacity(let group, let desired, let honor):
      try setDesired(group, desired, honor, now)
    case .terminateInstanceInAutoScalingGroup(let instance, let decrement):
      try terminateInGroup(instance, decrement, now)
    case .setInstanceHealth(let instance, let healthy, let respect):
      try setHealth(instance, healthy, respect, now)
    case .setInstanceProtection(let group, let instances, let protected):
      try setProtection(group, instances, protected)
    case .enterStandby(let group, let instances, let decrement):
      try enterStandby(group, instances, decrement, now)
    case .exitStandby(let group, let instances): try exitStandby(group, instances, now)
    case .detachInstances(let group, let instances, let decrement):
      try detach(group, instances, decrement, now)
    case .completeLifecycleAction(let group, let hook, let instance, let result):
      try completeLifecycleAction(group, hook, instance, result, now)
    case .recordLifecycleActionHeartbeat(let group, let hook, let instance):
      try recordHeartbeat(group, hook, instance, now)
    case .putScalingPolicy(let group, let policy): try putPolicy(group, policy)
    case .deletePolicy(let group, let name): try deletePolicy(group, name)
    case .suspendProcesses(let group, let processes):
      try changeProcesses("SuspendProcesses", group) { $0.formUnion(processes) }
    case .resumeProcesses(let group, let processes):
      try changeProcesses("ResumeProcesses", group) {
        // The API resumes everything when it is given no list.
        if processes.isEmpty { $0 = [] } else { $0.subtract(processes) }
      }
    case .stopInstances(let ids): try stop(ids, now)
    case .startInstances(let ids): try start(ids, now)
    case .terminateInstances(let ids): try terminate(ids, now)
    case .carryOut(let decision): carryOut(decision, now)
    case .carryOutWarmPool(let group, let decision): carryOut(decision, in: group, now)
    case .policyExecuted(let group, let policy, let desired):
      executePolicy(group, policy, desired, now)
    case .scheduledActionDue(let group, let action): try execute(action, group, now)
    case .instanceEntered(let id, let state): arrive(id, state, now)
    case .activityEnded(let id): endActivity(id, now)
    case .lifecycleHookExpired(let id, let hook): expireHook(id, hook, now)
    case .statusChecksChanged(let id, let failing): setStatusChecks(id, failing, now)
    case .loadBalancerHealthChanged(let id, let healthy): setTargetHealth(id, healthy, now)
    case .spotInterruptionNotice(let id, let at): noticeInterruption(id, at)
    case .spotInterrupted(let id): interrupt(id, now)
    }
  }

  /// What a group remembers, nil if there is no such group.
  public func memory(ofGroup name: String) -> GroupMemory? {
    groups.firstIndex { $0.name == name }.map { memories[$0] }
  }

  func groupIndex(_ name: String, _ operation: String) throws(AWSError) -> Int {
    guard let index = groups.firstIndex(where: { $0.name == name }) else {
      throw AWSError(operation, .groupNotFound(name))
    }
    return index
  }

  func calendar(_ time: SimulationTime) -> CalendarTime { epoch.adding(time) }
}
