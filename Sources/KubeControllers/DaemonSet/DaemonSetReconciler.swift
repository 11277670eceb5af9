public import KubernetesObjects
public import TimeUnits

/// A pod of a DaemonSet with what the controller asks about it.
public struct DaemonPod: Sendable {
  public var pod: Pod
  /// Whether it is of the current template.
  public var isUpdated: Bool

  public init(_ pod: Pod, isUpdated: Bool) {
    self.pod = pod
    self.isUpdated = isUpdated
  }

  /// The node it is on, or the one it is for.
  public var node: String? { pod.nodeName ?? pod.spec.value.spec.daemonNode }
}

/// A node with the DaemonSet's pods on it, oldest first.
public struct DaemonNode: Sendable {
  public var node: Node
  public var pods: [DaemonPod]

  public init(_ node: Node, pods: [DaemonPod]) {
    self.node = node
    self.pods = pods
  }
}

/// What one look at a DaemonSet leads to.
public struct DaemonSetDecision: Sendable {
  /// Nodes to create a pod for, by slow start.
  public var create: [String] = []
  /// Names of pods to delete, all at once. Sent after the creations.
  public var delete: [String] = []
  /// Pods out of which `takeDeletable` are deleted as well: the controller meets nodes in random
  /// order, so that any of them may be the one.
  public var deletable: [String] = []
  public var takeDeletable = 0
  /// Nodes of which `takeSurgeable` get a second pod.
  public var surgeable: [String] = []
  public var takeSurgeable = 0
  /// Failed pods among those deleted, each of which an event tells.
  public var failed: [String] = []
  /// Nanoseconds until a failed pod may be deleted; the key comes back then.
  public var backoffs: [Int64] = []

  public var isEmpty: Bool {
    create.isEmpty && delete.isEmpty && takeDeletable == 0 && takeSurgeable == 0
  }
}

/// Follows `manage`, `rollingUpdate` and `updateDaemonSetStatus` of pkg/controller/daemon, 1.36.
public enum DaemonSetReconciler {
  /// The most pods one sync creates or deletes.
  public static let burstReplicas = 250

  /// One pod where one belongs, none elsewhere.
  ///
  /// Complexity: linear in nodes.
  public static func manage(
    _ set: DaemonSet, nodes: [DaemonNode], backoff: inout FailedPodBackoff, at now: SimulationTime
  ) -> DaemonSetDecision {
    var decision = DaemonSetDecision()
    let surges = budget(set, desired: 1).surge > 0
    for place in nodes {
      let eligible = NodeEligibility(set.template.spec, on: place.node)
      if eligible.shouldRun, place.pods.isEmpty {
        decision.create.append(place.node.name)
      } else if eligible.mayContinue {
        tidy(place, set, surges: surges, backoff: &backoff, now: now, decision: &decision)
      } else {
        decision.delete += place.pods.filter { !$0.pod.metadata.isTerminating }.map(\.name)
      }
    }
    return clamped(decision)
  }

  private static func tidy(
    _ place: DaemonNode, _ set: DaemonSet, surges: Bool, backoff: inout FailedPodBackoff,
    now: SimulationTime, decision: inout DaemonSetDecision
  ) {
    var running: [DaemonPod] = []
    for pod in place.pods where !pod.pod.metadata.isTerminating {
      guard pod.pod.status.phase == .failed else {
        running.append(pod)
        continue
      }
      if let wait = backoff.wait(for: place.node.name, at: now) {
        decision.backoffs.append(wait)
      } else {
        backoff.bump(place.node.name, at: now)
        decision.failed.append(pod.name)
        decision.delete.append(pod.name)
      }
    }
    guard running.count > 1 else { return }
    guard surges else {
      decision.delete += running.dropFirst().map(\.name)
      return
    }
    let newest = running.first { $0.isUpdated }
    let oldest = running.first { !$0.isUpdated }
    decision.delete += running.map(\.name).filter { $0 != newest?.name && $0 != oldest?.name }
    if let newest, let oldest,
      !oldest.pod.status.isReady
        || newest.pod.isAvailable(minReadySeconds: set.minReadySeconds, at: now)
    {
      decision.delete.append(oldest.name)
    }
  }

  /// Replaces outdated pods as `maxUnavailable` and `maxSurge` allow; nothing for OnDelete.
  ///
  /// Complexity: linear in nodes.
  public static func rollingUpdate(
    _ set: DaemonSet, nodes: [DaemonNode], at now: SimulationTime
  ) -> DaemonSetDecision {
    guard case .rollingUpdate = set.updateStrategy else { return DaemonSetDecision() }
    // A node that wants a pod and has none counts; one that has a pod and wants none as well.
    let considered = nodes.filter {
      !$0.pods.isEmpty || NodeEligibility(set.template.spec, on: $0.node).shouldRun
    }
    let desired = nodes.filter { NodeEligibility(set.template.spec, on: $0.node).shouldRun }.count
    let (surge, unavailable) = budget(set, desired: Int64(desired))
    func isAvailable(_ pod: DaemonPod) -> Bool {
      pod.pod.isAvailable(minReadySeconds: set.minReadySeconds, at: now)
    }
    var decision = DaemonSetDecision()
    var busy: Int64 = 0
    for place in considered {
      guard let (new, old) = pair(place.pods) else {
        busy += 1
        continue
      }
      switch (new, old) {
      case (nil, nil): if surge == 0 { busy += 1 }
      case (let new?, nil): if surge == 0, !isAvailable(new) { busy += 1 }
      case (nil, let old?):
        switch (surge > 0, isAvailable(old)) {
        case (false, false): decision.delete.append(old.name)
        case (false, true): decision.deletable.append(old.name)
        case (true, false): decision.create.append(place.node.name)
        case (true, true): decision.surgeable.append(place.node.name)
        }
      case (let new?, let old?):
        if surge == 0 || !isAvailable(new) {
          busy += 1
        } else {
          decision.delete.append(old.name)
        }
      }
    }
    if surge > 0 {
      decision.takeSurgeable = min(decision.surgeable.count, Int(max(0, surge - busy)))
    } else {
      decision.takeDeletable = min(decision.deletable.count, Int(max(0, unavailable - busy)))
    }
    return clamped(decision)
  }

  /// The new and the old pod of a node; nil if there is more than one of either.
  private static func pair(_ pods: [DaemonPod]) -> (new: DaemonPod?, old: DaemonPod?)? {
    let living = pods.filter { !$0.pod.metadata.isTerminating }
    let new = living.filter(\.isUpdated)
    let old = living.filter { !$0.isUpdated }
    guard new.count <= 1, old.count <= 1 else { return nil }
    return (new.first, old.first)
  }

  /// Percentages are rounded up; with neither, one pod may be missing.
  static func budget(_ set: DaemonSet, desired: Int64) -> (surge: Int64, unavailable: Int64) {
    guard case .rollingUpdate(let unavailable, let surge) = set.updateStrategy else {
      return (0, 0)
    }
    let above = surge.resolved(of: desired, roundUp: true)
    let below = unavailable.resolved(of: desired, roundUp: true)
    return above == 0 && below == 0 ? (0, 1) : (above, below)
  }

  private static func clamped(_ decision: DaemonSetDecision) -> DaemonSetDecision {
    var decision = decision
    decision.create = Array(decision.create.prefix(burstReplicas))
    decision.delete = Array(decision.delete.prefix(burstReplicas))
    return decision
  }

  /// The status counted from the nodes. Complexity: linear in nodes.
  public static func status(
    of set: DaemonSet, nodes: [DaemonNode], at now: SimulationTime
  ) -> DaemonSetStatus {
    var status = set.status
    status.observedGeneration = set.metadata.generation
    status.desiredNumberScheduled = 0
    status.currentNumberScheduled = 0
    status.numberMisscheduled = 0
    status.numberReady = 0
    status.numberAvailable = 0
    status.updatedNumberScheduled = 0
    for place in nodes {
      guard NodeEligibility(set.template.spec, on: place.node).shouldRun else {
        if !place.pods.isEmpty { status.numberMisscheduled += 1 }
        continue
      }
      status.desiredNumberScheduled += 1
      guard let first = place.pods.first else { continue }
      status.currentNumberScheduled += 1
      if first.pod.status.isReady { status.numberReady += 1 }
      if first.pod.isAvailable(minReadySeconds: set.minReadySeconds, at: now) {
        status.numberAvailable += 1
      }
      if first.isUpdated { status.updatedNumberScheduled += 1 }
    }
    status.numberUnavailable = status.desiredNumberScheduled - status.numberAvailable
    return status
  }

  public static func failedPod(_ pod: String, namespace: String, node: String) -> ReportedEvent {
    ReportedEvent(
      .warning, reason: "FailedDaemonPod",
      message: "Found failed daemon pod \(namespace)/\(pod) on node \(node), will try to kill it")
  }
}

extension DaemonPod {
  var name: String { pod.metadata.name }
}

extension PodSpec {
  /// The one node a DaemonSet's pod is for, by its required affinity on `metadata.name`.
  var daemonNode: String? {
    affinity?.requiredNodeTerms?.lazy.flatMap(\.matchFields).first {
      $0.key == "metadata.name" && $0.operator == .in && $0.values.count == 1
    }?.values.first
  }
}
