public import KubernetesObjects
public import TimeUnits

/// What the Deployment controller reads: the Deployment, its ReplicaSets, and which of their pods
/// stand in the way of a Recreate.
public struct DeploymentInput: Sendable {
  public var deployment: Deployment
  /// All ReplicaSets the Deployment controls.
  public var replicaSets: [ReplicaSet]
  /// Names of ReplicaSets that have a pod which is neither Succeeded nor Failed; being deleted
  /// counts as well. Read for Recreate only.
  public var withLivePods: [String]

  public init(deployment: Deployment, replicaSets: [ReplicaSet], withLivePods: [String] = []) {
    self.deployment = deployment
    self.replicaSets = replicaSets
    self.withLivePods = withLivePods
  }
}

/// Follows `syncDeployment` of pkg/controller/deployment, 1.36.
///
/// The writes come out as the real sync sends them, those that are bound to fail included: after
/// the controller has written the Deployment's status it goes on with the copy it had, so a second
/// status write of the same sync meets a 409 and the sync is run again.
public enum DeploymentReconciler {
  /// Complexity: linear in the number of ReplicaSets, but for sorting them.
  public static func decide(
    _ input: DeploymentInput, at now: SimulationTime, release: KubernetesRelease = .v1_36
  ) -> DeploymentDecision {
    var sync = DeploymentSync(input, now: now, release: release)
    sync.run()
    return sync.decision
  }
}

/// A sync in progress: working copies, and the steps so far.
struct DeploymentSync {
  var deployment: Deployment
  /// As cached; the real sync goes back to this list each time it looks for the new ReplicaSet.
  let cached: [ReplicaSet]
  let withLivePods: [String]
  let now: SimulationTime
  let release: KubernetesRelease
  /// What `deployment.status` was before the sync changed its copy.
  var decision = DeploymentDecision()
  /// ReplicaSets written before in this sync.
  var written: [String] = []

  init(_ input: DeploymentInput, now: SimulationTime, release: KubernetesRelease) {
    deployment = input.deployment
    cached = input.replicaSets.sorted(by: Self.isOlder)
    withLivePods = input.withLivePods
    self.now = now
    self.release = release
  }

  var budget: RollingUpdateBudget { RollingUpdateBudget(of: deployment) }

  var hasProgressDeadline: Bool { deployment.progressDeadlineSeconds != Int64(Int32.max) }

  mutating func run() {
    if deployment.metadata.isTerminating {
      decision.reasons.append(.beingDeleted)
      let (new, old) = findReplicaSets(creating: false)
      syncStatus(new: new, old: old)
      return
    }
    checkPausedCondition()
    if deployment.paused {
      decision.reasons.append(.paused)
      return scaleOnly()
    }
    if isScalingEvent() {
      decision.reasons.append(.replicasChanged)
      return scaleOnly()
    }
    switch deployment.strategy {
    case .recreate: rolloutRecreate()
    case .rollingUpdate: rolloutRolling()
    }
  }

  // MARK: Order

  static func isOlder(_ a: ReplicaSet, _ b: ReplicaSet) -> Bool {
    (a.metadata.creationTime, a.metadata.name) < (b.metadata.creationTime, b.metadata.name)
  }

  // MARK: Steps

  mutating func write(
    _ write: DeploymentWrite, base: DeploymentStep.Base = .cached,
    onFailure: DeploymentStep.OnFailure = .endSync, event: ReportedEvent? = nil
  ) {
    decision.steps.append(
      DeploymentStep(write: write, base: base, onFailure: onFailure, event: event))
  }

  mutating func writeStatus() {
    write(.updateStatus(deployment.status, annotations: deployment.metadata.annotations))
  }

  /// So that a rollout that is paused and resumed is not taken for one that is stuck.
  private mutating func checkPausedCondition() {
    guard hasProgressDeadline else { return }
    let reason = deployment.status.condition(.progressing)?.reason
    if reason == DeploymentReason.progressDeadlineExceeded { return }
    let saysPaused = reason == DeploymentReason.paused
    guard deployment.paused != saysPaused else { return }
    if deployment.paused {
      deployment.status.set(
        .progressing, .unknown, reason: DeploymentReason.paused, message: "Deployment is paused",
        at: now)
    } else {
      decision.reasons.append(.resumed)
      deployment.status.set(
        .progressing, .unknown, reason: DeploymentReason.resumed,
        message: "Deployment is resumed", at: now)
    }
    writeStatus()
  }
}
