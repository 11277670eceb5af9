import KubernetesObjects

// Follows getAllReplicaSetsAndSyncRevision and getNewReplicaSet of sync.go, 1.36.
extension DeploymentSync {
  /// The ReplicaSet of the current template, if there is one or `creating`, and the others.
  mutating func findReplicaSets(creating: Bool) -> (new: ReplicaSet?, old: [ReplicaSet]) {
    let template = deployment.template
    let index = cached.firstIndex {
      Self.sameTemplate($0.template, template, selector: $0.selector)
    }
    let old = cached.indices.filter { $0 != index }.map { cached[$0] }
    let revision = (old.map(\.revision).max() ?? 0) + 1
    if let index {
      return (adopt(cached[index], revision: revision), old)
    }
    guard creating else { return (nil, old) }
    return (create(revision: revision, old: old), old)
  }

  /// Whether two templates agree but for the hash label.
  static func sameTemplate(
    _ ofSet: Shared<PodTemplate>, _ ofDeployment: Shared<PodTemplate>, selector: LabelSelector
  ) -> Bool {
    if ofSet.isIdentical(to: ofDeployment) { return true }
    var one = ofSet.value
    var other = ofDeployment.value
    one.labels[WellKnownLabel.podTemplateHash] = nil
    other.labels[WellKnownLabel.podTemplateHash] = nil
    return one == other
  }

  private mutating func adopt(_ existing: ReplicaSet, revision: Int64) -> ReplicaSet {
    var replicaSet = existing
    let annotationsChanged = replicaSet.inheritAnnotations(of: deployment, revision: revision)
    if annotationsChanged || replicaSet.minReadySeconds != deployment.minReadySeconds {
      replicaSet.minReadySeconds = deployment.minReadySeconds
      write(update(replicaSet))
      written.append(replicaSet.metadata.name)
      return replicaSet
    }
    var needsUpdate = setRevision(replicaSet.revision)
    if hasProgressDeadline, deployment.status.condition(.progressing) == nil {
      deployment.status.set(
        .progressing, .true, reason: DeploymentReason.foundNewReplicaSet,
        message: "Found new replica set \"\(replicaSet.metadata.name)\"", at: now)
      needsUpdate = true
    }
    if needsUpdate { writeStatus() }
    return replicaSet
  }

  private mutating func setRevision(_ revision: Int64) -> Bool {
    let text = String(revision)
    guard deployment.metadata.annotations[DeploymentAnnotation.revision] != text else {
      return false
    }
    deployment.metadata.annotations[DeploymentAnnotation.revision] = text
    return true
  }

  private mutating func create(revision: Int64, old: [ReplicaSet]) -> ReplicaSet {
    let hash = PodTemplateHash.of(
      deployment.template.value, collisionCount: deployment.status.collisionCount)
    let name = "\(deployment.metadata.name)-\(hash)"
    var template = deployment.template.value
    template.labels[WellKnownLabel.podTemplateHash] = hash
    var selector = deployment.selector
    selector.matchLabels[WellKnownLabel.podTemplateHash] = hash
    var created = ReplicaSet(
      metadata: ObjectMeta(
        name: name, namespace: deployment.metadata.namespace, labels: template.labels),
      replicas: 0, selector: selector, template: Shared(template))
    created.minReadySeconds = deployment.minReadySeconds
    created.metadata.creationTime = now
    created.metadata.generation = 1
    created.replicas = newSize(of: created, among: old + [created])
    _ = created.inheritAnnotations(of: deployment, revision: revision)
    _ = created.setReplicasAnnotations(
      desired: deployment.replicas, maximum: deployment.replicas + budget.maxSurge)
    let event =
      created.replicas > 0 ? scalingEvent(name: name, from: 0, to: created.replicas) : nil
    write(
      .createReplicaSet(
        NewReplicaSet(
          name: name, hash: hash, replicas: created.replicas,
          minReadySeconds: created.minReadySeconds,
          annotations: created.metadata.annotations)),
      event: event)
    written.append(name)
    decision.reasons.append(.createdReplicaSet(name))
    var needsUpdate = setRevision(revision)
    if hasProgressDeadline {
      deployment.status.set(
        .progressing, .true, reason: DeploymentReason.newReplicaSetCreated,
        message: "Created new replica set \"\(name)\"", at: now)
      needsUpdate = true
    }
    if needsUpdate { writeStatus() }
    return created
  }

  /// The size the new ReplicaSet may have now (`NewRSNewReplicas`).
  func newSize(of new: ReplicaSet, among all: [ReplicaSet]) -> Int64 {
    guard case .rollingUpdate = deployment.strategy else { return deployment.replicas }
    let room = deployment.replicas + budget.maxSurge - all.reduce(0) { $0 + $1.replicas }
    guard room > 0 else { return new.replicas }
    return new.replicas + min(room, deployment.replicas - new.replicas)
  }

  func update(_ replicaSet: ReplicaSet) -> DeploymentWrite {
    .updateReplicaSet(
      name: replicaSet.metadata.name, replicas: replicaSet.replicas,
      annotations: replicaSet.metadata.annotations, minReadySeconds: replicaSet.minReadySeconds)
  }
}
