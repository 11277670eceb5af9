public import KubernetesObjects
public import TimeUnits

/// Which pods nobody looks after any more.
///
/// Follows pkg/controller/podgc/gc_controller.go, 1.36.
public struct PodGarbageCollector: Sendable {
  /// `--terminated-pod-gc-threshold`: 12 500 pods.
  public var terminatedPodThreshold = 12_500
  /// Between two passes, nanoseconds: 20 s.
  public var period: Int64 = 20_000_000_000
  /// How long a node has to be missing, nanoseconds: 40 s; 1.11 did not wait.
  public var quarantine: Int64

  public init(release: KubernetesRelease = .v1_36) {
    quarantine = release == .v1_36 ? 40_000_000_000 : 0
  }

  public enum Reason: Sendable, Hashable {
    /// One of too many terminated pods.
    case terminated
    /// On a node with the out-of-service taint that is not Ready.
    case terminating
    /// Its node is gone.
    case orphaned
    /// Deleted before it was ever bound.
    case unscheduledTerminating
  }

  public struct Deletion: Sendable, Hashable {
    /// Index into the pods.
    public var pod: Int
    public var reason: Reason
    /// A pod that is not terminal is first marked Failed.
    public var marksFailed: Bool
    /// The `DisruptionTarget` condition it gets, if any.
    public var message: String?
  }

  /// Nodes that are named by pods and do not exist, with the time they were first missed; in the
  /// order they were found.
  public struct Memory: Sendable, Hashable {
    public fileprivate(set) var missing: [Missing] = []

    public struct Missing: Sendable, Hashable {
      public var node: String
      public var since: SimulationTime
    }

    public init() {}
  }

  /// One pass over `pods`; deletions come in the order the controller sends them.
  ///
  /// `nodes` are those that exist. Complexity: linear in pods times the few missing nodes, and
  /// n log n in the terminated pods beyond the threshold.
  public func collect(
    _ pods: [Pod], nodes: [Node], memory: inout Memory, at now: SimulationTime
  ) -> [Deletion] {
    terminated(pods) + outOfService(pods, nodes) + orphaned(pods, nodes, &memory, now)
      + unscheduled(pods)
  }

  private func terminated(_ pods: [Pod]) -> [Deletion] {
    let ended = pods.indices.filter { pods[$0].status.phase.isTerminal }
    let excess = ended.count - terminatedPodThreshold
    guard excess > 0 else { return [] }
    let ordered = ended.sorted { a, b in
      let evicted = (pods[a].isEvicted, pods[b].isEvicted)
      if evicted.0 != evicted.1 { return evicted.0 }
      return (pods[a].metadata.creationTime, pods[a].metadata.name)
        < (pods[b].metadata.creationTime, pods[b].metadata.name)
    }
    return ordered.prefix(excess).map {
      Deletion(pod: $0, reason: .terminated, marksFailed: false, message: nil)
    }
  }

  private func outOfService(_ pods: [Pod], _ nodes: [Node]) -> [Deletion] {
    let names = nodes.filter { node in
      !node.status.isReady && node.taints.contains { $0.key == Taint.Key.outOfService }
    }.map(\.name)
    guard !names.isEmpty else { return [] }
    return pods.indices.filter { index in
      pods[index].metadata.isTerminating && names.contains { $0 == pods[index].nodeName }
    }.map {
      Deletion(
        pod: $0, reason: .terminating, marksFailed: !pods[$0].status.phase.isTerminal,
        message: nil)
    }
  }

  private func orphaned(
    _ pods: [Pod], _ nodes: [Node], _ memory: inout Memory, _ now: SimulationTime
  ) -> [Deletion] {
    let existing = Set(nodes.map(\.name))
    for pod in pods {
      guard let name = pod.nodeName, !existing.contains(name),
        !memory.missing.contains(where: { $0.node == name })
      else { continue }
      memory.missing.append(Memory.Missing(node: name, since: now))
    }
    let due = memory.missing.filter { $0.since.advanced(byNanoseconds: quarantine) <= now }
    memory.missing.removeAll { missing in due.contains(missing) }
    let gone = due.map(\.node).filter { !existing.contains($0) }
    guard !gone.isEmpty else { return [] }
    return pods.indices.filter { index in gone.contains { $0 == pods[index].nodeName } }.map {
      Deletion(
        pod: $0, reason: .orphaned, marksFailed: !pods[$0].status.phase.isTerminal,
        message: "PodGC: node no longer exists")
    }
  }

  private func unscheduled(_ pods: [Pod]) -> [Deletion] {
    pods.indices.filter { pods[$0].metadata.isTerminating && pods[$0].nodeName == nil }.map {
      Deletion(
        pod: $0, reason: .unscheduledTerminating, marksFailed: !pods[$0].status.phase.isTerminal,
        message: nil)
    }
  }
}

extension Pod {
  fileprivate var isEvicted: Bool { status.reason == "Evicted" }
}
