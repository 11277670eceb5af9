public import AWSObjects

/// Everything that can change a cloud.
public enum CloudMutation: Sendable {
  // What people and programs call.
  case createAutoScalingGroup(AutoScalingGroup)
  /// What is nil stays; a desired capacity that is not given is moved between the new bounds.
  case updateAutoScalingGroup(
    name: String, minSize: Int? = nil, maxSize: Int? = nil, desiredCapacity: Int? = nil)
  case setDesiredCapacity(group: String, desired: Int)
  case terminateInstanceInAutoScalingGroup(instance: String, decrementDesired: Bool)
  case setInstanceHealth(instance: String, healthy: Bool)
  case suspendProcesses(group: String, [AutoScalingGroup.Process])
  case resumeProcesses(group: String, [AutoScalingGroup.Process])
  case stopInstances([String])
  case startInstances([String])
  case terminateInstances([String])

  // What a group does about a difference.
  case carryOut(GroupDecision)

  // What becomes of it in the environment.
  /// An instance gets into the next state: running, stopped or terminated.
  case instanceEntered(InstanceID, InstanceState)
  /// An activity comes to its end: the launched instance is in service, the terminated one leaves.
  case activityEnded(ScalingActivity.ID)
}

/// What a mutation changed, in order; for traces and for scheduling what follows.
public enum CloudChange: Sendable, Hashable {
  case groupCreated(String)
  case boundsChanged(group: String, minSize: Int, maxSize: Int)
  case desiredCapacityChanged(group: String, from: Int, to: Int)
  case processesChanged(group: String)
  case instanceLaunched(InstanceID, group: String)
  case instanceStateChanged(InstanceID, from: InstanceState, to: InstanceState)
  case lifecycleChanged(InstanceID, group: String, from: LifecycleState, to: LifecycleState)
  case healthChanged(InstanceID, group: String, healthy: Bool)
  case activityStarted(ScalingActivity.ID)
  case activityEnded(ScalingActivity.ID, ScalingActivity.Status)
}
