import KubernetesObjects
public import TimeUnits

/// What one look at a StatefulSet leads to; the actions go out in order, then the status.
public struct StatefulSetDecision: Sendable {
  public enum Action: Sendable, Hashable {
    case create(ordinal: Int64, revision: String)
    case delete(pod: String)
  }

  public var actions: [Action] = []
  /// Whether the actions may go out together (`podManagementPolicy: Parallel`).
  public var isParallel = false
  public var status: StatefulSetStatus
}

/// Follows `updateStatefulSet` of pkg/controller/statefulset/stateful_set_control.go, 1.36, with
/// the gate MaxUnavailableStatefulSet off, as it is by default.
public enum StatefulSetReconciler {
  /// Decides for a set whose pods are `pods`, in any order.
  ///
  /// `updateRevision` names the revision of the current template.
  /// Complexity: n log n in pods and replicas.
  public static func decide(
    _ set: StatefulSet, pods: [StatefulPod], updateRevision: String, at now: SimulationTime
  ) -> StatefulSetDecision {
    var pass = Pass(set, pods: pods, updateRevision: updateRevision, now: now)
    pass.run()
    return StatefulSetDecision(
      actions: pass.actions, isParallel: set.isParallel, status: pass.completedStatus())
  }
}

private struct Pass {
  let set: StatefulSet
  let now: SimulationTime
  var status: StatefulSetStatus
  var actions: [StatefulSetDecision.Action] = []
  /// By ordinal; nil where a pod is missing.
  var living: [StatefulPod?]
  /// Beyond the last ordinal, the highest first.
  var condemned: [StatefulPod]

  init(
    _ set: StatefulSet, pods: [StatefulPod], updateRevision: String, now: SimulationTime
  ) {
    self.set = set
    self.now = now
    living = Array(repeating: nil, count: Int(set.replicas))
    for pod in pods where pod.ordinal < set.replicas { living[Int(pod.ordinal)] = pod }
    condemned = pods.filter { $0.ordinal >= set.replicas }.sorted { $0.ordinal > $1.ordinal }
    status = set.status
    status.observedGeneration = set.metadata.generation
    if status.currentRevision.isEmpty { status.currentRevision = updateRevision }
    status.updateRevision = updateRevision
    status.replicas = Int64(pods.count)
    status.readyReplicas = 0
    status.availableReplicas = 0
    status.currentReplicas = 0
    status.updatedReplicas = 0
    for pod in pods {
      if isReady(pod) { status.readyReplicas += 1 }
      if isAvailable(pod) { status.availableReplicas += 1 }
      if pod.pod.metadata.isTerminating { continue }
      if pod.revision == status.currentRevision { status.currentReplicas += 1 }
      if pod.revision == status.updateRevision { status.updatedReplicas += 1 }
    }
  }

  func isReady(_ pod: StatefulPod) -> Bool {
    pod.pod.status.phase == .running && pod.pod.status.isReady
  }

  func isAvailable(_ pod: StatefulPod) -> Bool {
    isReady(pod) && pod.pod.isAvailable(minReadySeconds: set.minReadySeconds, at: now)
  }

  func isHealthy(_ pod: StatefulPod) -> Bool {
    isReady(pod) && !pod.pod.metadata.isTerminating
  }

  mutating func run() {
    if set.metadata.isTerminating { return }
    if processLiving() { return }
    if processCondemned() { return }
    update()
  }

  // True if the sync ends here.
  private mutating func processLiving() -> Bool {
    var ends = false
    for ordinal in living.indices {
      if process(ordinal) {
        if !set.isParallel { return true }
        ends = true
      }
    }
    return ends
  }

  private mutating func process(_ ordinal: Int) -> Bool {
    guard let pod = living[ordinal] else {
      actions.append(.create(ordinal: Int64(ordinal), revision: revision(for: Int64(ordinal))))
      return !set.isParallel
    }
    if pod.pod.status.phase.isTerminal {
      // Made anew once the API server has let it go.
      if !pod.pod.metadata.isTerminating { actions.append(.delete(pod: pod.pod.metadata.name)) }
      return true
    }
    if set.isParallel { return false }
    return pod.pod.metadata.isTerminating || !isAvailable(pod)
  }

  private func revision(for ordinal: Int64) -> String {
    guard case .rollingUpdate(let partition) = set.updateStrategy else {
      return status.updateRevision
    }
    return ordinal < partition ? status.currentRevision : status.updateRevision
  }

  private mutating func processCondemned() -> Bool {
    let firstUnhealthy = (living.compactMap { $0 } + condemned)
      .filter { !isHealthy($0) }.min { $0.ordinal < $1.ordinal }
    var ends = false
    for pod in condemned {
      if pod.pod.metadata.isTerminating {
        if !set.isParallel { return true }
        continue
      }
      if !set.isParallel, !isAvailable(pod), pod.ordinal != firstUnhealthy?.ordinal { return true }
      actions.append(.delete(pod: pod.pod.metadata.name))
      ends = true
      if !set.isParallel { return true }
    }
    return ends
  }

  // The highest ordinal of another revision goes; one that is not well is waited for.
  private mutating func update() {
    guard case .rollingUpdate(let partition) = set.updateStrategy else { return }
    let lowest = Int(partition)
    for ordinal in living.indices.reversed() where ordinal >= lowest {
      guard let pod = living[ordinal] else { return }
      if pod.revision != status.updateRevision, !pod.pod.metadata.isTerminating {
        actions.append(.delete(pod: pod.pod.metadata.name))
        status.currentReplicas -= pod.revision == status.currentRevision ? 1 : 0
        return
      }
      if !isHealthy(pod) { return }
    }
  }

  /// With every pod updated and ready the update revision becomes the current one.
  func completedStatus() -> StatefulSetStatus {
    var status = status
    if case .rollingUpdate = set.updateStrategy, status.updatedReplicas == status.replicas,
      status.readyReplicas == status.replicas
    {
      status.currentReplicas = status.updatedReplicas
      status.currentRevision = status.updateRevision
    }
    return status
  }
}

extension StatefulSetReconciler {
  public static func created(pod: String, set: String) -> ReportedEvent {
    ReportedEvent(
      reason: "SuccessfulCreate", message: "Create Pod \(pod) in StatefulSet \(set) successful")
  }

  public static func deleted(pod: String, set: String) -> ReportedEvent {
    ReportedEvent(
      reason: "SuccessfulDelete", message: "Delete Pod \(pod) in StatefulSet \(set) successful")
  }
}
