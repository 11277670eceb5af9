public import AWSObjects
public import TimeUnits

// What programs call: every call passes the gate of its API first.
extension Cloud {
  /// One API call that changes something: the gate, then the change.
  @discardableResult
  public mutating func call(
    _ mutation: CloudMutation, at now: SimulationTime
  ) throws(AWSError) -> [CloudChange] {
    try admit(mutation, at: now)
    return try apply(mutation, at: now)
  }

  /// Passes the gate only, for a caller that makes the change itself.
  public mutating func admit(
    _ mutation: CloudMutation, at now: SimulationTime
  ) throws(AWSError) {
    if let action = mutation.action { try api.admit(action, at: now) }
  }

  /// `DescribeAutoScalingGroups`: sizes, settings and members with their life cycles.
  ///
  /// - Parameter names: None are all groups; a name that is not known is left out, as the API does.
  public mutating func describeAutoScalingGroups(
    _ names: [String] = [], at now: SimulationTime
  ) throws(AWSError) -> [AutoScalingGroup] {
    try api.admit("DescribeAutoScalingGroups", at: now)
    return groups.filter { names.isEmpty || names.contains($0.name) }
  }

  /// `DescribeScalingActivities`: the newest first, those that EC2 refused among them.
  public mutating func describeScalingActivities(
    ofGroup name: String, at now: SimulationTime
  ) throws(AWSError) -> [ScalingActivity] {
    try api.admit("DescribeScalingActivities", at: now)
    return activities.reversed().filter { $0.group == name }
  }

  /// `DescribeInstances`, in the order of the ids; unknown ones are left out.
  public mutating func describeInstances(
    _ ids: [InstanceID], at now: SimulationTime
  ) throws(AWSError) -> [Instance] {
    try api.admit("DescribeInstances", at: now)
    return ids.filter { Int($0.number) < instances.count }.map { self[$0] }
  }
}

extension CloudMutation {
  /// The API's action, nil for what nobody calls.
  public var action: String? {
    switch self {
    case .createAutoScalingGroup: "CreateAutoScalingGroup"
    case .updateAutoScalingGroup: "UpdateAutoScalingGroup"
    case .setDesiredCapacity: "SetDesiredCapacity"
    case .terminateInstanceInAutoScalingGroup: "TerminateInstanceInAutoScalingGroup"
    case .setInstanceHealth: "SetInstanceHealth"
    case .setInstanceProtection: "SetInstanceProtection"
    case .enterStandby: "EnterStandby"
    case .exitStandby: "ExitStandby"
    case .detachInstances: "DetachInstances"
    case .completeLifecycleAction: "CompleteLifecycleAction"
    case .recordLifecycleActionHeartbeat: "RecordLifecycleActionHeartbeat"
    case .putScalingPolicy: "PutScalingPolicy"
    case .deletePolicy: "DeletePolicy"
    case .suspendProcesses: "SuspendProcesses"
    case .resumeProcesses: "ResumeProcesses"
    case .stopInstances: "StopInstances"
    case .startInstances: "StartInstances"
    case .terminateInstances: "TerminateInstances"
    case .carryOut, .carryOutWarmPool, .policyExecuted, .scheduledActionDue, .instanceEntered,
      .activityEnded, .lifecycleHookExpired, .statusChecksChanged, .loadBalancerHealthChanged,
      .spotInterruptionNotice, .spotInterrupted:
      nil
    }
  }
}
