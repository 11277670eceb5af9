public import AWSObjects

/// A delay of the models that a scenario may set.
public enum ParameterName: String, Sendable, Hashable, CaseIterable {
  case autoscalingReconcileDelay = "autoscaling.reconcileDelay"
  case autoscalingRunInstancesDelay = "autoscaling.runInstancesDelay"
  case autoscalingLaunchActivity = "autoscaling.launchActivity"
  case autoscalingTerminateActivity = "autoscaling.terminateActivity"
  case autoscalingTerminateActivityGone = "autoscaling.terminateActivityGone"
  case autoscalingHealthNotice = "autoscaling.healthNotice"
  case autoscalingReplacementDelay = "autoscaling.replacementDelay"
  case ec2PendingToRunning = "ec2.pendingToRunning"
  case ec2Stopping = "ec2.stopping"
  case ec2BootToReady = "ec2.bootToReady"
  case kubeletSandbox = "kubelet.sandbox"
  case kubeletContainerStart = "kubelet.containerStart"
  case kubeletImagePull = "kubelet.imagePull"
  case kubeletStartup = "kubelet.startup"
  case kubeletInitRun = "kubelet.initRun"
  case kubeletTermination = "kubelet.termination"
  case kubeletCleanup = "kubelet.cleanup"
  case kubeletRegistrationToReady = "kubelet.registrationToReady"
}

/// A scenario's own law in place of a model's.
public struct ParameterOverride: Sendable, Hashable {
  public var name: ParameterName
  public var law: DelayLaw

  public init(name: ParameterName, law: DelayLaw) {
    self.name = name
    self.law = law
  }
}
