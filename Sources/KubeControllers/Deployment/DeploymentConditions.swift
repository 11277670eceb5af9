public import KubernetesObjects
public import TimeUnits

extension DeploymentStatus {
  /// Sets a condition as `SetDeploymentCondition` (1.36) does: one with the same status and reason
  /// stays untouched, the transition time moves only with the status, and a changed one goes last.
  public mutating func set(
    _ type: WorkloadCondition.Kind, _ status: ConditionStatus, reason: String, message: String,
    at now: SimulationTime
  ) {
    let current = condition(type)
    if let current, current.status == status, current.reason == reason { return }
    let since = current?.status == status ? current?.lastTransition ?? now : now
    replace(
      WorkloadCondition(
        type: type, status: status, reason: reason, message: message, lastTransition: since,
        lastUpdate: now))
  }

  mutating func replace(_ condition: WorkloadCondition) {
    remove(condition.type)
    conditions.append(condition)
  }

  mutating func remove(_ type: WorkloadCondition.Kind) { conditions.removeAll { $0.type == type } }
}

/// Reasons of a Deployment's conditions, as kubectl shows them.
public enum DeploymentReason {
  public static let newReplicaSetCreated = "NewReplicaSetCreated"
  public static let foundNewReplicaSet = "FoundNewReplicaSet"
  public static let replicaSetUpdated = "ReplicaSetUpdated"
  public static let newReplicaSetAvailable = "NewReplicaSetAvailable"
  public static let progressDeadlineExceeded = "ProgressDeadlineExceeded"
  public static let paused = "DeploymentPaused"
  public static let resumed = "DeploymentResumed"
  public static let minimumReplicasAvailable = "MinimumReplicasAvailable"
  public static let minimumReplicasUnavailable = "MinimumReplicasUnavailable"
}
