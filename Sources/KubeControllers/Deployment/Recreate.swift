import KubernetesObjects

// Follows recreate.go, 1.36: the old pods go first, and all of them.
extension DeploymentSync {
  mutating func rolloutRecreate() {
    var (new, old) = findReplicaSets(creating: false)
    var scaledDown = false
    for replicaSet in old where replicaSet.replicas > 0 {
      resize(replicaSet, to: 0)
      decision.reasons.append(.scaledDownOld(replicaSet.metadata.name))
      scaledDown = true
    }
    if scaledDown { return syncRolloutStatus(new: new, old: old) }
    if oldPodsRunning(new: new, old: old) {
      decision.reasons.append(.waitingForOldPods)
      return syncRolloutStatus(new: new, old: old)
    }
    if new == nil { (new, old) = findReplicaSets(creating: true) }
    if let new, resize(new, to: deployment.replicas) {
      decision.reasons.append(.scaledUpNew(new.metadata.name))
    }
    if isComplete(deployment.status) { cleanUpHistory(old) }
    syncRolloutStatus(new: new, old: old)
  }

  private func oldPodsRunning(new: ReplicaSet?, old: [ReplicaSet]) -> Bool {
    if old.contains(where: { $0.status.replicas > 0 }) { return true }
    return withLivePods.contains { $0 != new?.metadata.name }
  }
}
