import KubernetesObjects

// Follows rolling.go, 1.36: one action a sync, the new ReplicaSet before the old ones.
extension DeploymentSync {
  mutating func rolloutRolling() {
    let (found, old) = findReplicaSets(creating: true)
    guard let new = found else { return }
    if growOrTrim(new, among: old + [new]) {
      return syncRolloutStatus(new: new, old: old)
    }
    if shrinkOld(old.filter { $0.replicas > 0 }, new: new, all: old + [new]) {
      return syncRolloutStatus(new: new, old: old)
    }
    if isComplete(deployment.status) { cleanUpHistory(old) }
    syncRolloutStatus(new: new, old: old)
  }

  private mutating func growOrTrim(_ new: ReplicaSet, among all: [ReplicaSet]) -> Bool {
    if new.replicas == deployment.replicas { return false }
    let size =
      new.replicas > deployment.replicas ? deployment.replicas : newSize(of: new, among: all)
    guard resize(new, to: size) else { return false }
    decision.reasons.append(.scaledUpNew(new.metadata.name))
    return true
  }

  private mutating func shrinkOld(
    _ old: [ReplicaSet], new: ReplicaSet, all: [ReplicaSet]
  ) -> Bool {
    guard !old.isEmpty else { return false }
    let minAvailable = deployment.replicas - budget.maxUnavailable
    let newUnavailable = new.replicas - new.status.availableReplicas
    let limit = all.reduce(0) { $0 + $1.replicas } - minAvailable - newUnavailable
    guard limit > 0 else { return false }
    var old = old
    guard let cleaned = cutUnhealthy(&old, limit: limit) else { return false }
    let cut = cutHealthy(old, new: new, minAvailable: minAvailable)
    return cleaned + cut > 0
  }

  /// Pods that are not available block a rollout and cost nothing to remove. Nil if a ReplicaSet
  /// reports more pods than it is to have: its status is behind, and nothing more is scaled down.
  private mutating func cutUnhealthy(_ old: inout [ReplicaSet], limit: Int64) -> Int64? {
    var total: Int64 = 0
    for index in old.indices {
      if total >= limit { break }
      let unhealthy = old[index].replicas - old[index].status.availableReplicas
      guard unhealthy != 0 else { continue }
      let count = min(limit - total, unhealthy)
      guard count > 0 else { return nil }
      resize(old[index], to: old[index].replicas - count, onFailure: .abandonScaleDown)
      decision.reasons.append(.scaledDownUnhealthy(old[index].metadata.name))
      old[index].replicas -= count
      total += count
    }
    return total
  }

  private mutating func cutHealthy(
    _ old: [ReplicaSet], new: ReplicaSet, minAvailable: Int64
  ) -> Int64 {
    let available = (old + [new]).reduce(0) { $0 + $1.status.availableReplicas }
    let limit = available - minAvailable
    var total: Int64 = 0
    for replicaSet in old where replicaSet.replicas > 0 {
      if total >= limit { break }
      let count = min(replicaSet.replicas, limit - total)
      resize(replicaSet, to: replicaSet.replicas - count, onFailure: .abandonScaleDown)
      decision.reasons.append(.scaledDownOld(replicaSet.metadata.name))
      total += count
    }
    return total
  }
}
