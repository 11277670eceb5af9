import KubernetesObjects
import TimeUnits

// Follows progress.go and calculateStatus of sync.go, 1.36.
extension DeploymentSync {
  /// The status counted from what the ReplicaSets report.
  func countedStatus(new: ReplicaSet?, old: [ReplicaSet]) -> DeploymentStatus {
    let all = old + [new].compactMap { $0 }
    func sum(_ count: (ReplicaSet) -> Int64) -> Int64 { all.reduce(0) { $0 + count($1) } }
    var status = deployment.status
    status.observedGeneration = deployment.metadata.generation
    status.replicas = sum(\.status.replicas)
    status.updatedReplicas = new?.status.replicas ?? 0
    status.readyReplicas = sum(\.status.readyReplicas)
    status.availableReplicas = sum(\.status.availableReplicas)
    status.unavailableReplicas = max(0, sum(\.replicas) - status.availableReplicas)
    status.terminatingReplicas = release == .v1_36 ? sum(\.status.terminatingReplicas) : 0
    if status.availableReplicas >= deployment.replicas - budget.maxUnavailable {
      status.set(
        .available, .true, reason: DeploymentReason.minimumReplicasAvailable,
        message: "Deployment has minimum availability.", at: now)
    } else {
      status.set(
        .available, .false, reason: DeploymentReason.minimumReplicasUnavailable,
        message: "Deployment does not have minimum availability.", at: now)
    }
    return status
  }

  mutating func syncStatus(new: ReplicaSet?, old: [ReplicaSet]) {
    let status = countedStatus(new: new, old: old)
    guard status != deployment.status else { return }
    deployment.status = status
    writeStatus()
  }

  func isComplete(_ status: DeploymentStatus) -> Bool {
    status.updatedReplicas == deployment.replicas && status.replicas == deployment.replicas
      && status.availableReplicas == deployment.replicas
      && status.observedGeneration >= deployment.metadata.generation
  }

  /// The status during a rollout: whether it is complete, moves, or has run out of time.
  mutating func syncRolloutStatus(new: ReplicaSet?, old: [ReplicaSet]) {
    var status = countedStatus(new: new, old: old)
    if !hasProgressDeadline { status.remove(.progressing) }
    let current = deployment.status.condition(.progressing)
    // A rollout that was complete and has lost a pod is no new rollout.
    let settled =
      status.replicas == status.updatedReplicas
      && current?.reason == DeploymentReason.newReplicaSetAvailable
    if hasProgressDeadline, !settled { judgeProgress(&status, new: new, current: current) }
    let failure =
      new?.status.conditions.first { $0.type == .replicaFailure }
      ?? old.lazy.compactMap { $0.status.conditions.first { $0.type == .replicaFailure } }.first
    if let failure {
      status.set(
        .replicaFailure, failure.status, reason: failure.reason, message: failure.message,
        at: failure.lastTransition)
    } else {
      status.remove(.replicaFailure)
    }
    if status == deployment.status {
      requeueIfStuck(status)
    } else {
      deployment.status = status
      writeStatus()
    }
  }

  private mutating func judgeProgress(
    _ status: inout DeploymentStatus, new: ReplicaSet?, current: WorkloadCondition?
  ) {
    let subject =
      new.map { "ReplicaSet \"\($0.metadata.name)\"" }
      ?? "Deployment \"\(deployment.metadata.name)\""
    if isComplete(status) {
      decision.reasons.append(.complete)
      status.set(
        .progressing, .true, reason: DeploymentReason.newReplicaSetAvailable,
        message: "\(subject) has successfully progressed.", at: now)
    } else if hasProgressed(to: status) {
      // Unlike elsewhere the update time moves although status and reason stay.
      let since = current?.status == .true ? current?.lastTransition ?? now : now
      status.replace(
        WorkloadCondition(
          type: .progressing, status: .true, reason: DeploymentReason.replicaSetUpdated,
          message: "\(subject) is progressing.", lastTransition: since, lastUpdate: now))
    } else if hasTimedOut(status) {
      decision.reasons.append(.timedOut)
      status.set(
        .progressing, .false, reason: DeploymentReason.progressDeadlineExceeded,
        message: "\(subject) has timed out progressing.", at: now)
    }
  }

  private func hasProgressed(to status: DeploymentStatus) -> Bool {
    let before = deployment.status
    return status.updatedReplicas > before.updatedReplicas
      || status.replicas - status.updatedReplicas < before.replicas - before.updatedReplicas
      || status.readyReplicas > before.readyReplicas
      || status.availableReplicas > before.availableReplicas
  }

  private func hasTimedOut(_ status: DeploymentStatus) -> Bool {
    guard let condition = status.condition(.progressing) else { return false }
    switch condition.reason {
    case DeploymentReason.newReplicaSetAvailable: return false
    case DeploymentReason.progressDeadlineExceeded: return true
    default: return deadline(after: condition) < now
    }
  }

  private func deadline(after condition: WorkloadCondition) -> SimulationTime {
    condition.lastUpdate.advanced(
      byNanoseconds: deployment.progressDeadlineSeconds * 1_000_000_000)
  }

  private mutating func requeueIfStuck(_ status: DeploymentStatus) {
    guard hasProgressDeadline, let current = deployment.status.condition(.progressing),
      !isComplete(status), current.reason != DeploymentReason.progressDeadlineExceeded
    else { return }
    let left = deadline(after: current).nanoseconds - now.nanoseconds
    // The second on top covers timestamps that are cut to whole seconds.
    decision.requeue =
      left < 1_000_000_000 ? .rateLimited : .after(nanoseconds: left + 1_000_000_000)
  }
}
