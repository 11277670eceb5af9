import Documents
import KubeControllers
import KubernetesObjects
import TimeUnits

// The API server's part in workload objects.
extension World {
  func create(_ object: DocumentNode) {
    let kind = object["kind"]?.scalarText ?? ""
    let name = object["metadata"]?["name"]?.scalarText ?? ""
    documents["\(kind)/\(name)"] = object
    switch kind {
    case "Deployment":
      var deployment = ObjectReader.deployment(object)
      stamp(&deployment.metadata)
      deployments[name] = deployment
      for watcher in watchers { watcher.deploymentChanged(nil, deployment) }
    case "ReplicaSet": createReplicaSet(ObjectReader.replicaSet(object), alias: name)
    case "DaemonSet":
      var set = ObjectReader.daemonSet(object)
      stamp(&set.metadata)
      daemonSets[name] = set
      for watcher in watchers { watcher.daemonSetChanged(nil, set) }
    case "StatefulSet":
      var set = ObjectReader.statefulSet(object)
      stamp(&set.metadata)
      statefulSets[name] = set
      for watcher in watchers { watcher.statefulSetChanged(nil, set) }
    case "Job":
      var job = ObjectReader.job(object)
      stamp(&job.metadata)
      jobs[name] = job
    case "PodDisruptionBudget":
      var budget = ObjectReader.disruptionBudget(object)
      stamp(&budget.metadata)
      disruptionBudgets[name] = budget
      for watcher in watchers { watcher.budgetChanged(name) }
    case "Pod":
      let template = PodTemplate(
        labels: ObjectReader.labels(object["metadata"]?["labels"]),
        spec: ObjectReader.podSpec(object["spec"]))
      let blueprint = Shared(PodBlueprint(admitted(template.spec)))
      createPod(
        PodRequest(
          name: name, owner: nil, ownerName: "", number: Self.trailingNumber(name),
          template: template, blueprint: blueprint))
    default: break
    }
  }

  private func stamp(_ metadata: inout ObjectMeta) {
    metadata.uid = nextUID()
    metadata.creationTime = apiTime
    metadata.resourceVersion = nextVersion()
  }

  static func trailingNumber(_ name: String) -> Int {
    Int(String(name.reversed().prefix { $0.isNumber }.reversed())) ?? 0
  }

  /// DefaultTolerationSeconds: 300 s of not-ready and unreachable for pods that do not say.
  func admitted(_ spec: PodSpec) -> PodSpec {
    var spec = spec
    for key in [Taint.Key.notReady, Taint.Key.unreachable] {
      let says = spec.tolerations.contains {
        ($0.key == key || $0.key.isEmpty) && ($0.effect == .noExecute || $0.effect == nil)
      }
      if says { continue }
      spec.tolerations.append(
        Toleration(key: key, operator: .exists, effect: .noExecute, seconds: 300))
    }
    return spec
  }

  // MARK: ReplicaSets

  @discardableResult
  func createReplicaSet(_ new: ReplicaSet, alias: String) -> Result<ReplicaSet, Refusal> {
    guard replicaSets[new.metadata.name] == nil else { return .failure(.alreadyExists) }
    var set = new
    stamp(&set.metadata)
    set.metadata.generation = 1
    set.status = ReplicaSetStatus()
    replicaSets[set.metadata.name] = set
    aliases[set.metadata.name] = alias
    observe(.replicaSetScaled(replicaSet: set.metadata.name, from: nil, to: set.replicas))
    for watcher in watchers { watcher.replicaSetChanged(nil, set) }
    return .success(set)
  }

  @discardableResult
  func changeReplicaSet(
    _ name: String, expecting version: UInt64? = nil, _ body: (inout ReplicaSet) -> Void
  ) -> Result<ReplicaSet, Refusal> {
    guard let old = replicaSets[name] else { return .failure(.notFound) }
    if let version, version != old.metadata.resourceVersion { return .failure(.conflict) }
    var new = old
    body(&new)
    if new.replicas != old.replicas || new.minReadySeconds != old.minReadySeconds {
      new.metadata.generation += 1
    }
    new.metadata.resourceVersion = nextVersion()
    replicaSets[name] = new
    if new.replicas != old.replicas {
      observe(.replicaSetScaled(replicaSet: name, from: old.replicas, to: new.replicas))
    }
    for watcher in watchers { watcher.replicaSetChanged(old, new) }
    return .success(new)
  }

  @discardableResult
  func deleteReplicaSet(_ name: String) -> Result<Void, Refusal> {
    guard let set = replicaSets[name] else { return .failure(.notFound) }
    replicaSets[name] = nil
    for watcher in watchers { watcher.replicaSetChanged(set, nil) }
    for pod in pods(ownedBy: set.metadata.uid) { deletePod(pod.name) }
    return .success(())
  }

  func replicaSets(ownedBy uid: UID) -> [ReplicaSet] {
    replicaSets.all.filter { $0.metadata.owner?.uid == uid }
  }

  // MARK: Deployments

  @discardableResult
  func changeDeployment(
    _ name: String, expecting version: UInt64? = nil, _ body: (inout Deployment) -> Void
  ) -> Result<Deployment, Refusal> {
    guard let old = deployments[name] else { return .failure(.notFound) }
    if let version, version != old.metadata.resourceVersion { return .failure(.conflict) }
    var new = old
    body(&new)
    new.metadata.resourceVersion = nextVersion()
    deployments[name] = new
    for watcher in watchers { watcher.deploymentChanged(old, new) }
    return .success(new)
  }

  func deleteDeployment(_ name: String) {
    guard let deployment = deployments[name] else { return }
    deployments[name] = nil
    for watcher in watchers { watcher.deploymentChanged(deployment, nil) }
    for set in replicaSets(ownedBy: deployment.metadata.uid) {
      deleteReplicaSet(set.metadata.name)
    }
  }

  // MARK: DaemonSets and StatefulSets

  @discardableResult
  func changeDaemonSet(
    _ name: String, _ body: (inout DaemonSet) -> Void
  ) -> Result<DaemonSet, Refusal> {
    guard let old = daemonSets[name] else { return .failure(.notFound) }
    var new = old
    body(&new)
    new.metadata.resourceVersion = nextVersion()
    daemonSets[name] = new
    for watcher in watchers { watcher.daemonSetChanged(old, new) }
    return .success(new)
  }

  @discardableResult
  func changeStatefulSet(
    _ name: String, _ body: (inout StatefulSet) -> Void
  ) -> Result<StatefulSet, Refusal> {
    guard let old = statefulSets[name] else { return .failure(.notFound) }
    var new = old
    body(&new)
    new.metadata.resourceVersion = nextVersion()
    statefulSets[name] = new
    for watcher in watchers { watcher.statefulSetChanged(old, new) }
    return .success(new)
  }

  func delete(kind: String, name: String) {
    documents["\(kind)/\(name)"] = nil
    switch kind {
    case "Deployment": deleteDeployment(name)
    case "ReplicaSet": deleteReplicaSet(name)
    case "PodDisruptionBudget":
      disruptionBudgets[name] = nil
      disruptionStatus[name] = nil
    case "DaemonSet":
      guard let set = daemonSets[name] else { return }
      daemonSets[name] = nil
      for watcher in watchers { watcher.daemonSetChanged(set, nil) }
      for pod in pods(ownedBy: set.metadata.uid) { deletePod(pod.name) }
    case "StatefulSet":
      guard let set = statefulSets[name] else { return }
      statefulSets[name] = nil
      for watcher in watchers { watcher.statefulSetChanged(set, nil) }
      for pod in pods(ownedBy: set.metadata.uid) { deletePod(pod.name) }
    default: break
    }
  }

  func setJobStatus(_ name: String, _ status: JobStatus) {
    guard jobs[name] != nil else { return }
    jobs[name]?.status = status
    for watcher in watchers { watcher.jobChanged(name) }
  }

  // MARK: Patches

  // A patch of a Job has no effect: the recordings' API server refuses each with 422, since the
  // driver replays the labels of the template as they were before defaulting.

  func patch(kind: String, name: String, _ patch: DocumentNode) {
    let key = "\(kind)/\(name)"
    guard let document = documents[key] else { return }
    let merged = StrategicMerge.apply(patch, to: document)
    documents[key] = merged
    switch kind {
    case "Deployment": replaceSpec(name, ObjectReader.deployment(merged))
    case "ReplicaSet":
      let spec = ObjectReader.replicaSet(merged)
      changeReplicaSet(name) {
        $0.replicas = spec.replicas
        $0.minReadySeconds = spec.minReadySeconds
      }
    case "DaemonSet":
      let spec = ObjectReader.daemonSet(merged)
      changeDaemonSet(name) {
        let before = $0
        if $0.template.value != spec.template.value { $0.template = spec.template }
        $0.updateStrategy = spec.updateStrategy
        $0.minReadySeconds = spec.minReadySeconds
        let changed =
          !before.template.isIdentical(to: $0.template)
          || before.updateStrategy != $0.updateStrategy
          || before.minReadySeconds != $0.minReadySeconds
        if changed { $0.metadata.generation += 1 }
      }
    case "StatefulSet":
      let spec = ObjectReader.statefulSet(merged)
      changeStatefulSet(name) {
        let before = $0
        if $0.template.value != spec.template.value { $0.template = spec.template }
        $0.replicas = spec.replicas
        $0.updateStrategy = spec.updateStrategy
        $0.minReadySeconds = spec.minReadySeconds
        let changed =
          !before.template.isIdentical(to: $0.template) || before.replicas != $0.replicas
          || before.updateStrategy != $0.updateStrategy
          || before.minReadySeconds != $0.minReadySeconds
        if changed { $0.metadata.generation += 1 }
      }
    default: break
    }
  }

  private func replaceSpec(_ name: String, _ spec: Deployment) {
    changeDeployment(name) {
      let before = $0
      $0.replicas = spec.replicas
      if $0.template.value != spec.template.value { $0.template = spec.template }
      $0.strategy = spec.strategy
      $0.minReadySeconds = spec.minReadySeconds
      $0.revisionHistoryLimit = spec.revisionHistoryLimit
      $0.progressDeadlineSeconds = spec.progressDeadlineSeconds
      $0.paused = spec.paused
      let changed =
        before.replicas != $0.replicas || !before.template.isIdentical(to: $0.template)
        || before.strategy != $0.strategy || before.minReadySeconds != $0.minReadySeconds
        || before.revisionHistoryLimit != $0.revisionHistoryLimit
        || before.progressDeadlineSeconds != $0.progressDeadlineSeconds
        || before.paused != $0.paused
      if changed { $0.metadata.generation += 1 }
    }
  }

  /// `kubectl rollout undo`: back to the template of the second highest revision.
  func rollBack(_ name: String) {
    guard let deployment = deployments[name] else { return }
    let sets = replicaSets(ownedBy: deployment.metadata.uid).sorted { $0.revision > $1.revision }
    guard sets.count > 1 else { return }
    var template = sets[1].template.value
    template.labels[WellKnownLabel.podTemplateHash] = nil
    changeDeployment(name) {
      if $0.template.value != template {
        $0.template = Shared(template)
        $0.metadata.generation += 1
      }
    }
    if let image = template.spec.containers.first?.image,
      let document = documents["Deployment/\(name)"]
    {
      documents["Deployment/\(name)"] = StrategicMerge.apply(
        Self.imagePatch(name: template.spec.containers[0].name, image: image), to: document)
    }
  }

  // Later patches start from what the rollback left behind.
  private static func imagePatch(name: String, image: String) -> DocumentNode {
    func mapping(_ pairs: [(String, DocumentNode)]) -> DocumentNode {
      DocumentNode(
        .mapping(
          pairs.map {
            DocumentNode.Entry(key: $0.0, keyLine: 1, keyColumn: 1, value: $0.1)
          }))
    }
    let container = mapping([
      ("name", DocumentNode(.text(name))), ("image", DocumentNode(.text(image))),
    ])
    let containers = DocumentNode(.sequence([container]))
    let template = mapping([("spec", mapping([("containers", containers)]))])
    return mapping([("spec", mapping([("template", template)]))])
  }
}
