import KubernetesObjects

// Follows sync, scale, scaleReplicaSet and isScalingEvent of sync.go, 1.36.
extension DeploymentSync {
  /// Whether `spec.replicas` has changed since the active ReplicaSets were last scaled.
  mutating func isScalingEvent() -> Bool {
    let (new, old) = findReplicaSets(creating: false)
    return (old + [new].compactMap { $0 }).contains { replicaSet in
      guard replicaSet.replicas > 0, let desired = replicaSet.desiredReplicasAnnotation else {
        return false
      }
      return desired != deployment.replicas
    }
  }

  /// A sync that scales but does not roll out: paused, or `spec.replicas` has changed.
  mutating func scaleOnly() {
    let (new, old) = findReplicaSets(creating: false)
    scale(new: new, old: old)
    if deployment.paused { cleanUpHistory(old) }
    syncStatus(new: new, old: old)
  }

  private mutating func scale(new: ReplicaSet?, old: [ReplicaSet]) {
    let all = old + [new].compactMap { $0 }
    let active = all.filter { $0.replicas > 0 }
    if active.count <= 1 {
      let only = active.first ?? new ?? old.last
      if let only { resize(only, to: deployment.replicas) }
      return
    }
    if let new, isSaturated(new) {
      for replicaSet in old where replicaSet.replicas > 0 { resize(replicaSet, to: 0) }
      return
    }
    if case .rollingUpdate = deployment.strategy { scaleProportionally(active) }
  }

  private func isSaturated(_ replicaSet: ReplicaSet) -> Bool {
    replicaSet.replicas == deployment.replicas
      && replicaSet.desiredReplicasAnnotation == deployment.replicas
      && replicaSet.status.availableReplicas == deployment.replicas
  }

  private mutating func scaleProportionally(_ active: [ReplicaSet]) {
    let total = active.reduce(0) { $0 + $1.replicas }
    let allowed = deployment.replicas > 0 ? deployment.replicas + budget.maxSurge : 0
    let toAdd = allowed - total
    // Among equals the newer grows and the older shrinks first.
    let ordered = active.sorted { a, b in
      if a.replicas != b.replicas { return a.replicas > b.replicas }
      return toAdd > 0 ? Self.isOlder(b, a) : Self.isOlder(a, b)
    }
    var added: Int64 = 0
    var sizes: [Int64] = []
    for replicaSet in ordered {
      let share = toAdd == 0 ? 0 : proportion(of: replicaSet, toAdd: toAdd, added: added)
      sizes.append(replicaSet.replicas + share)
      added += share
    }
    // What rounding left over goes to the largest.
    if toAdd != 0, let first = sizes.first { sizes[0] = max(0, first + toAdd - added) }
    for (replicaSet, size) in zip(ordered, sizes) { setSize(replicaSet, to: size) }
  }

  private func proportion(of replicaSet: ReplicaSet, toAdd: Int64, added: Int64) -> Int64 {
    guard replicaSet.replicas != 0, toAdd != added else { return 0 }
    let share = fraction(of: replicaSet)
    return toAdd > 0 ? min(share, toAdd - added) : max(share, toAdd - added)
  }

  private func fraction(of replicaSet: ReplicaSet) -> Int64 {
    guard deployment.replicas > 0 else { return -replicaSet.replicas }
    let before = replicaSet.maxReplicasAnnotation ?? deployment.status.replicas
    guard before > 0 else { return 0 }
    let scaled =
      Double(replicaSet.replicas * (deployment.replicas + budget.maxSurge)) / Double(before)
    return Int64(scaled.rounded(.toNearestOrAwayFromZero)) - replicaSet.replicas
  }

  /// Scales unless the size is right already; the annotations follow only with the size.
  @discardableResult
  mutating func resize(
    _ replicaSet: ReplicaSet, to size: Int64, onFailure: DeploymentStep.OnFailure = .endSync
  ) -> Bool {
    guard replicaSet.replicas != size else { return false }
    setSize(replicaSet, to: size, onFailure: onFailure)
    return true
  }

  private mutating func setSize(
    _ replicaSet: ReplicaSet, to size: Int64, onFailure: DeploymentStep.OnFailure = .endSync
  ) {
    var changed = replicaSet
    let annotationsChanged = changed.setReplicasAnnotations(
      desired: deployment.replicas, maximum: deployment.replicas + budget.maxSurge)
    guard annotationsChanged || size != replicaSet.replicas else { return }
    changed.replicas = size
    let name = replicaSet.metadata.name
    let event =
      size == replicaSet.replicas
      ? nil : scalingEvent(name: name, from: replicaSet.replicas, to: size)
    write(
      update(changed), base: written.contains(name) ? .returned : .cached, onFailure: onFailure,
      event: event)
    written.append(name)
  }

  func scalingEvent(name: String, from: Int64, to: Int64) -> ReportedEvent {
    let direction = to > from ? "up" : "down"
    let sizes = release == .v1_36 ? "from \(from) to \(to)" : "to \(to)"
    return ReportedEvent(
      reason: "ScalingReplicaSet", message: "Scaled \(direction) replica set \(name) \(sizes)")
  }

  /// Deletes the oldest empty ReplicaSets beyond `revisionHistoryLimit`.
  mutating func cleanUpHistory(_ old: [ReplicaSet]) {
    let alive = old.filter { !$0.metadata.isTerminating }
    let excess = alive.count - Int(deployment.revisionHistoryLimit)
    guard excess > 0 else { return }
    let byRevision = alive.sorted {
      ($0.revision, $0.metadata.creationTime, $0.metadata.name)
        < ($1.revision, $1.metadata.creationTime, $1.metadata.name)
    }
    for replicaSet in byRevision.prefix(excess) {
      let settled =
        replicaSet.status.replicas == 0 && replicaSet.replicas == 0
        && replicaSet.metadata.generation <= replicaSet.status.observedGeneration
      if settled { write(.deleteReplicaSet(name: replicaSet.metadata.name)) }
    }
  }
}
