public import AWSObjects
import TimeUnits

/// How long a kubelet and its runtime take (`models/kubernetes/kubelet.yaml`).
public struct KubeletLatencies: Sendable {
  /// Sandbox and CNI address of a pod.
  public var sandbox: Sourced<DelayLaw>
  /// Creating and starting one container.
  public var containerStart: Sourced<DelayLaw>
  /// Pulling and unpacking one image that the node lacks.
  public var imagePull: Sourced<DelayLaw>
  /// From start to the first successful readiness probe, beyond the probe's own delay.
  public var startup: Sourced<DelayLaw>
  /// How long an init container runs.
  public var initRun: Sourced<DelayLaw>
  /// From SIGTERM to the exit of a container; the grace period cuts it short.
  public var termination: Sourced<DelayLaw>
  /// From the last container's exit to the pod object's removal.
  public var cleanup: Sourced<DelayLaw>
  /// From a node's registration to its Ready condition.
  public var registrationToReady: Sourced<DelayLaw>

  public init(
    sandbox: Sourced<DelayLaw>, containerStart: Sourced<DelayLaw>, imagePull: Sourced<DelayLaw>,
    startup: Sourced<DelayLaw>, initRun: Sourced<DelayLaw>, termination: Sourced<DelayLaw>,
    cleanup: Sourced<DelayLaw>, registrationToReady: Sourced<DelayLaw>
  ) {
    self.sandbox = sandbox
    self.containerStart = containerStart
    self.imagePull = imagePull
    self.startup = startup
    self.initRun = initRun
    self.termination = termination
    self.cleanup = cleanup
    self.registrationToReady = registrationToReady
  }
}

/// What happens inside a workload's containers, where a scenario says so.
public struct ContainerBehavior: Sendable {
  /// From start to the first successful readiness probe.
  public var startup: DelayLaw?
  /// From start to exit; nil runs until it is stopped.
  public var runsFor: DelayLaw?
  /// What it exits with by itself.
  public var exitCode: Int32
  /// From SIGTERM to exit.
  public var termination: DelayLaw?

  public init(
    startup: DelayLaw? = nil, runsFor: DelayLaw? = nil, exitCode: Int32 = 0,
    termination: DelayLaw? = nil
  ) {
    self.startup = startup
    self.runsFor = runsFor
    self.exitCode = exitCode
    self.termination = termination
  }
}
