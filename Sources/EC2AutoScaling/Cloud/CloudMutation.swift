public import AWSObjects
public import TimeUnits

/// Everything that can change a cloud.
public enum CloudMutation: Sendable {
  // What people and programs call.
  case createAutoScalingGroup(AutoScalingGroup)
  /// What is nil stays; a desired capacity that is not given is moved between the new bounds.
  case updateAutoScalingGroup(
    name: String, minSize: Int? = nil, maxSize: Int? = nil, desiredCapacity: Int? = nil)
  case setDesiredCapacity(group: String, desired: Int, honorCooldown: Bool = false)
  case terminateInstanceInAutoScalingGroup(instance: String, decrementDesired: Bool)
  /// The API respects the grace period unless it is told not to.
  case setInstanceHealth(instance: String, healthy: Bool, respectGracePeriod: Bool = false)
  case setInstanceProtection(group: String, instances: [String], protected: Bool)
  case enterStandby(group: String, instances: [String], decrementDesired: Bool)
  case exitStandby(group: String, instances: [String])
  case detachInstances(group: String, instances: [String], decrementDesired: Bool)
  case completeLifecycleAction(
    group: String, hook: String, instance: String, LifecycleHook.Result)
  case recordLifecycleActionHeartbeat(group: String, hook: String, instance: String)
  case putScalingPolicy(group: String, ScalingPolicy)
  case deletePolicy(group: String, name: String)
  case suspendProcesses(group: String, [AutoScalingGroup.Process])
  case resumeProcesses(group: String, [AutoScalingGroup.Process])
  case stopInstances([String])
  case startInstances([String])
  case terminateInstances([String])

  // What a group does about a difference.
  case carryOut(GroupDecision)
  case carryOutWarmPool(group: String, WarmPools.Decision)
  /// A scaling policy moves desired, which is held between min and max.
  case policyExecuted(group: String, policy: String, desired: Int)
  case scheduledActionDue(group: String, action: ScheduledAction)

  // What becomes of it in the environment.
  /// An instance gets into the next state: running, stopped or terminated.
  case instanceEntered(InstanceID, InstanceState)
  /// An activity comes to its end: the launched instance is in service, the terminated one leaves.
  case activityEnded(ScalingActivity.ID)
  /// Nobody has answered a hook in time, if its deadline has passed.
  case lifecycleHookExpired(InstanceID, hook: String)
  case statusChecksChanged(InstanceID, failing: Bool)
  case loadBalancerHealthChanged(InstanceID, healthy: Bool)
  /// EC2 says that it will take a spot instance back at that time.
  case spotInterruptionNotice(InstanceID, at: SimulationTime)
  /// EC2 takes it.
  case spotInterrupted(InstanceID)
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
  /// A hook begins to wait; its default result holds at the deadline.
  case lifecycleHookWaits(InstanceID, hook: String, deadline: SimulationTime)
  /// An activity that waited for its hooks goes on.
  case activityProceeds(ScalingActivity.ID)
  /// EC2 refused a launch; the group tries again.
  case launchRefused(CapacityPool, group: String)
  case spotInterruptionNoticed(InstanceID, at: SimulationTime)
  /// An instance that ran in the warm pool goes into service without being started.
  case warmInstanceTaken(InstanceID, group: String)
  case protectionChanged(InstanceID, group: String, protected: Bool)
  case policiesChanged(group: String)
}
