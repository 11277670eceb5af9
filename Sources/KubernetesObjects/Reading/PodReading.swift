import Documents
import TimeUnits

extension ManifestReader {
  /// A pod with the defaults that only pods get, not templates.
  mutating func pod(_ cursor: DocumentCursor) -> Pod? {
    defer { cursor.reportUnknownFields(severity: .warning) }
    let metadata = metadata(cursor, namespaced: true)
    let status = cursor.field("status").map(podStatus)
    let hasPhase = cursor.node["status"]?["phase"] != nil
    guard let specCursor = cursor.field("spec") else {
      cursor.error("spec.containers: Required value")
      return nil
    }
    guard var spec = specCursor.podSpec(), let metadata else { return nil }
    spec.applyPodDefaults()
    var pod = Pod(metadata: metadata, spec: Shared(PodBlueprint(spec)))
    if let status { pod.status = status }
    // A dump that says where a pod is and nothing else means that it runs there.
    if pod.nodeName != nil, !hasPhase { pod.status.phase = .running }
    return pod
  }

  private func podStatus(_ cursor: DocumentCursor) -> PodStatus {
    var status = PodStatus()
    guard cursor.expectMapping() else { return status }
    status.phase =
      cursor.field("phase")?.string().flatMap { PodStatus.Phase(rawValue: $0) } ?? .pending
    status.reason = cursor.field("reason")?.string() ?? ""
    status.message = cursor.field("message")?.string() ?? ""
    status.startTime = time(cursor.field("startTime"))
    status.nominatedNodeName =
      cursor.field("nominatedNodeName")?.string().flatMap { $0.isEmpty ? nil : $0 }
    for condition in cursor.field("conditions")?.elements() ?? [] {
      // Conditions of other controllers bear on nothing here.
      guard
        let type = condition.field("type")?.string().flatMap({ PodCondition.Kind(rawValue: $0) }),
        let state = condition.field("status")?.string().flatMap({ ConditionStatus(rawValue: $0) })
      else { continue }
      status.conditions.append(
        PodCondition(
          type: type, status: state, reason: condition.field("reason")?.string() ?? "",
          message: condition.field("message")?.string() ?? "",
          lastTransition: time(condition.field("lastTransitionTime")) ?? .zero))
    }
    status.containers = containerStatuses(cursor.field("containerStatuses"))
    status.initContainers = containerStatuses(cursor.field("initContainerStatuses"))
    return status
  }

  private func containerStatuses(_ cursor: DocumentCursor?) -> [ContainerStatus] {
    (cursor?.elements() ?? []).compactMap { cursor in
      guard let name = cursor.field("name")?.string() else { return nil }
      var status = ContainerStatus(name: name)
      status.ready = cursor.field("ready")?.bool() ?? false
      status.restartCount =
        Int32(clamping: cursor.field("restartCount")?.int() ?? 0)
      status.lastTermination = termination(cursor.field("lastState")?.field("terminated"))
      guard let state = cursor.field("state") else { return status }
      if let running = state.field("running") {
        status.state = .running(since: time(running.field("startedAt")) ?? .zero)
      } else if let ended = termination(state.field("terminated")) {
        status.state = .terminated(ended)
      } else if let reason = state.field("waiting")?.field("reason")?.string() {
        status.state = .waiting(reason: reason)
      }
      return status
    }
  }

  private func termination(_ cursor: DocumentCursor?) -> ContainerStatus.Termination? {
    guard let cursor else { return nil }
    return ContainerStatus.Termination(
      exitCode: Int32(clamping: cursor.field("exitCode")?.int() ?? 0),
      reason: cursor.field("reason")?.string() ?? "",
      startedAt: time(cursor.field("startedAt")) ?? .zero,
      finishedAt: time(cursor.field("finishedAt")) ?? .zero)
  }
}
