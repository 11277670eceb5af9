import Documents
import TimeUnits

extension ManifestReader {
  /// What Deployments, ReplicaSets and DaemonSets have in common.
  ///
  /// After a mistake it holds stand-ins, so that the rest of the object is checked as well; the
  /// object is dropped in the end.
  private struct Workload {
    var metadata: ObjectMeta
    var spec: DocumentCursor
    var selector: LabelSelector
    var template: PodTemplate
  }

  private mutating func workload(
    _ cursor: DocumentCursor, kind: String, version: String
  ) -> Workload? {
    let metadata = metadata(cursor, namespaced: true)
    guard let spec = cursor.required("spec"), spec.expectMapping() else { return nil }
    let templateCursor = spec.field("template")
    if templateCursor == nil { spec.error("template.spec.containers: Required value") }
    let template = templateCursor.flatMap(podTemplate)
    let selector = selector(spec, kind: kind, version: version, template: template)
    if let selector, let template, !selector.matches(template.labels) {
      let labels = template.labels.pairs.map { "\"\($0.key)\":\"\($0.value)\"" }
      (templateCursor?.field("metadata")?.field("labels") ?? templateCursor ?? spec).invalid(
        "{\(labels.joined(separator: ","))}", "`selector` does not match template `labels`")
    }
    return Workload(
      metadata: metadata ?? ObjectMeta(name: ""), spec: spec,
      selector: selector ?? LabelSelector(),
      template: template ?? PodTemplate(labels: [:], spec: PodSpec(containers: [])))
  }

  /// The old API groups take the selector from the template's labels if there is none.
  private func selector(
    _ spec: DocumentCursor, kind: String, version: String, template: PodTemplate?
  ) -> LabelSelector? {
    if let cursor = spec.field("selector") {
      let selector = cursor.labelSelector()
      if selector == LabelSelector() {
        cursor.invalid("{}", "empty selector is invalid for \(kind.lowercased())")
        return nil
      }
      return selector
    }
    if version == "extensions/v1beta1" || version == "apps/v1beta1" {
      return template.map { LabelSelector(matchLabels: $0.labels) }
    }
    let labels = template?.labels.pairs.map { "\($0.key): \($0.value)" } ?? []
    spec.error(
      "selector: Required value",
      suggestion: labels.isEmpty
        ? nil : "selector: {matchLabels: {\(labels.joined(separator: ", "))}}")
    return nil
  }

  private func podTemplate(_ cursor: DocumentCursor) -> PodTemplate? {
    guard cursor.expectMapping() else { return nil }
    defer { cursor.reportUnknownFields(severity: .warning) }
    let metadata = cursor.field("metadata")
    let labels = metadata?.field("labels")?.labels() ?? [:]
    let annotations = metadata?.field("annotations")?.labels() ?? [:]
    metadata?.ignore("name", "generateName", "namespace", "creationTimestamp", "finalizers")
    metadata?.reportUnknownFields(severity: .warning)
    guard let specCursor = cursor.required("spec"), let spec = specCursor.podSpec() else {
      return nil
    }
    if spec.restartPolicy != .always {
      (specCursor.field("restartPolicy") ?? specCursor).error(
        "Unsupported value: \"\(spec.restartPolicy.rawValue)\": supported values: \"Always\"")
    }
    return PodTemplate(labels: labels, annotations: annotations, spec: spec)
  }

  mutating func deployment(_ cursor: DocumentCursor, version: String) -> Deployment? {
    defer { cursor.reportUnknownFields(severity: .warning) }
    let statusCursor = cursor.field("status")
    guard let workload = workload(cursor, kind: "Deployment", version: version) else { return nil }
    let spec = workload.spec
    var deployment = Deployment(
      metadata: workload.metadata, selector: workload.selector,
      template: Shared(workload.template))
    deployment.replicas = spec.field("replicas")?.int(atLeast: 0) ?? 1
    deployment.minReadySeconds = spec.field("minReadySeconds")?.int(atLeast: 0) ?? 0
    // The defaults of the old groups: [11] `pkg/apis/extensions/v1beta1/defaults.go`,
    // `pkg/apis/apps/v1beta1/defaults.go`.
    let unlimited = Int64(Int32.max)
    let isExtensions = version == "extensions/v1beta1"
    deployment.revisionHistoryLimit =
      spec.field("revisionHistoryLimit")?.int(atLeast: 0)
      ?? (isExtensions ? unlimited : (version == "apps/v1beta1" ? 2 : 10))
    deployment.progressDeadlineSeconds =
      spec.field("progressDeadlineSeconds")?.int(atLeast: 0) ?? (isExtensions ? unlimited : 600)
    deployment.paused = spec.field("paused")?.bool() ?? false
    let step: IntOrPercent = isExtensions ? .int(1) : .percent(25)
    deployment.strategy = deploymentStrategy(spec.field("strategy"), default: step)
    if deployment.progressDeadlineSeconds <= deployment.minReadySeconds {
      spec.field("progressDeadlineSeconds")?.invalid(
        "\(deployment.progressDeadlineSeconds)", "must be greater than minReadySeconds")
    }
    spec.ignore("rollbackTo")
    spec.reportUnknownFields(severity: .warning)
    if let statusCursor { deployment.status = deploymentStatus(statusCursor) }
    return deployment
  }

  private func deploymentStrategy(
    _ cursor: DocumentCursor?, default step: IntOrPercent
  ) -> Deployment.Strategy {
    guard let cursor, cursor.expectMapping() else {
      return .rollingUpdate(maxSurge: step, maxUnavailable: step)
    }
    defer { cursor.reportUnknownFields(severity: .warning) }
    let rolling = cursor.field("rollingUpdate")
    if let type = cursor.field("type")?.choice(DeploymentStrategyType.self), type == .recreate {
      rolling?.error(
        "Forbidden: may not be specified when strategy `type` is 'Recreate'")
      return .recreate
    }
    let surge = rolling?.field("maxSurge")?.intOrPercent() ?? step
    let unavailable = rolling?.field("maxUnavailable")
    let most = unavailable?.intOrPercent() ?? step
    rolling?.reportUnknownFields(severity: .warning)
    checkMaxUnavailable(unavailable, most, surge: surge)
    return .rollingUpdate(maxSurge: surge, maxUnavailable: most)
  }

  private func checkMaxUnavailable(
    _ cursor: DocumentCursor?, _ value: IntOrPercent, surge: IntOrPercent
  ) {
    if case .percent(let percent) = value, percent > 100 {
      cursor?.invalid("\"\(percent)%\"", "must not be greater than 100%")
    }
    if value.resolved(of: 100, roundUp: false) == 0, surge.resolved(of: 100, roundUp: true) == 0 {
      cursor?.invalid("0", "may not be 0 when `maxSurge` is 0")
    }
  }

  private func deploymentStatus(_ cursor: DocumentCursor) -> DeploymentStatus {
    var status = DeploymentStatus()
    func count(_ name: String) -> Int64 { cursor.field(name)?.int() ?? 0 }
    status.observedGeneration = count("observedGeneration")
    status.replicas = count("replicas")
    status.updatedReplicas = count("updatedReplicas")
    status.readyReplicas = count("readyReplicas")
    status.availableReplicas = count("availableReplicas")
    status.unavailableReplicas = count("unavailableReplicas")
    status.terminatingReplicas = count("terminatingReplicas")
    status.collisionCount = count("collisionCount")
    status.conditions = workloadConditions(cursor.field("conditions"))
    return status
  }

  private func workloadConditions(_ cursor: DocumentCursor?) -> [WorkloadCondition] {
    (cursor?.elements() ?? []).compactMap { condition in
      guard
        let type = condition.field("type")?.string()
          .flatMap({ WorkloadCondition.Kind(rawValue: $0) }),
        let state = condition.field("status")?.string().flatMap({ ConditionStatus(rawValue: $0) })
      else { return nil }
      return WorkloadCondition(
        type: type, status: state, reason: condition.field("reason")?.string() ?? "",
        message: condition.field("message")?.string() ?? "",
        lastTransition: time(condition.field("lastTransitionTime")) ?? .zero,
        lastUpdate: time(condition.field("lastUpdateTime")) ?? .zero)
    }
  }

  mutating func replicaSet(_ cursor: DocumentCursor, version: String) -> ReplicaSet? {
    defer { cursor.reportUnknownFields(severity: .warning) }
    let status = cursor.field("status")
    guard let workload = workload(cursor, kind: "ReplicaSet", version: version) else { return nil }
    let spec = workload.spec
    var set = ReplicaSet(
      metadata: workload.metadata, replicas: spec.field("replicas")?.int(atLeast: 0) ?? 1,
      selector: workload.selector, template: Shared(workload.template))
    set.minReadySeconds = spec.field("minReadySeconds")?.int(atLeast: 0) ?? 0
    spec.reportUnknownFields(severity: .warning)
    func count(_ name: String) -> Int64 { status?.field(name)?.int() ?? 0 }
    set.status.observedGeneration = count("observedGeneration")
    set.status.replicas = count("replicas")
    set.status.fullyLabeledReplicas = count("fullyLabeledReplicas")
    set.status.readyReplicas = count("readyReplicas")
    set.status.availableReplicas = count("availableReplicas")
    set.status.terminatingReplicas = count("terminatingReplicas")
    set.status.conditions = workloadConditions(status?.field("conditions"))
    return set
  }

  mutating func daemonSet(_ cursor: DocumentCursor, version: String) -> DaemonSet? {
    defer { cursor.reportUnknownFields(severity: .warning) }
    let status = cursor.field("status")
    guard let workload = workload(cursor, kind: "DaemonSet", version: version) else { return nil }
    let spec = workload.spec
    var set = DaemonSet(
      metadata: workload.metadata, selector: workload.selector,
      template: Shared(workload.template))
    set.minReadySeconds = spec.field("minReadySeconds")?.int(atLeast: 0) ?? 0
    set.revisionHistoryLimit = spec.field("revisionHistoryLimit")?.int(atLeast: 0) ?? 10
    set.updateStrategy = daemonSetStrategy(spec.field("updateStrategy"), version: version)
    spec.ignore("templateGeneration")
    spec.reportUnknownFields(severity: .warning)
    func count(_ name: String) -> Int64 { status?.field(name)?.int() ?? 0 }
    set.status.observedGeneration = count("observedGeneration")
    set.status.currentNumberScheduled = count("currentNumberScheduled")
    set.status.desiredNumberScheduled = count("desiredNumberScheduled")
    set.status.numberMisscheduled = count("numberMisscheduled")
    set.status.numberReady = count("numberReady")
    set.status.numberAvailable = count("numberAvailable")
    set.status.numberUnavailable = count("numberUnavailable")
    set.status.updatedNumberScheduled = count("updatedNumberScheduled")
    return set
  }

  private func daemonSetStrategy(
    _ cursor: DocumentCursor?, version: String
  ) -> DaemonSet.UpdateStrategy {
    let type = cursor?.field("type")?.choice(DaemonSetStrategyType.self)
    // extensions/v1beta1 left old pods alone by default.
    let isOnDelete =
      type == .onDelete || (type == nil && version == "extensions/v1beta1")
    if isOnDelete { return .onDelete }
    let rolling = cursor?.field("rollingUpdate")
    let unavailable = rolling?.field("maxUnavailable")?.intOrPercent() ?? .int(1)
    let surge = rolling?.field("maxSurge")?.intOrPercent() ?? .int(0)
    return .rollingUpdate(maxUnavailable: unavailable, maxSurge: surge)
  }
}

private enum DeploymentStrategyType: String, CaseIterable {
  case recreate = "Recreate"
  case rollingUpdate = "RollingUpdate"
}

private enum DaemonSetStrategyType: String, CaseIterable {
  case onDelete = "OnDelete"
  case rollingUpdate = "RollingUpdate"
}
