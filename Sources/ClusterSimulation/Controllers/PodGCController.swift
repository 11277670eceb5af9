import ClusterState
import KubeControllers
import KubernetesObjects
import TimeUnits

/// Removes pods of vanished nodes and too many ended ones: `podgc`. It only looks every 20 s.
struct PodGCController: Controller {
  static let name = ControllerName.podGC
  private let collector: PodGarbageCollector
  private var memory = PodGarbageCollector.Memory()
  private var ended = 0
  /// Until when pods of a node that went may still turn up.
  private var watchesUntil = SimulationTime.zero
  private var hasOutOfService = false

  init(release: KubernetesRelease) { collector = PodGarbageCollector(release: release) }

  var periodSeconds: Int64? { collector.period / 1_000_000_000 }

  mutating func observe(
    _ change: ObservedChange, cache: Cluster, now: SimulationTime, keys: inout KeyRequests
  ) {
    switch change {
    case .pod(_, let old, let pod, let kind):
      let was = old?.status.phase.isTerminal ?? false
      let isNow = kind != .deleted && pod.status.phase.isTerminal
      ended += (isNow ? 1 : 0) - (was ? 1 : 0)
      // Of a dump: bound to a node that is not in it, or on its way out and bound to none.
      if kind == .added,
        pod.nodeName.map({ cache.nodeID(name: $0) == nil })
          ?? pod.metadata.isTerminating
      {
        watchesUntil = now + .seconds(300)
      }
    case .node(_, _, let node, let kind):
      if kind == .deleted { watchesUntil = now + .seconds(300) }
      if node.taints.contains(where: { $0.key == Taint.Key.outOfService }) {
        hasOutOfService = true
      }
    case .deployment, .replicaSet, .daemonSet: break
    }
  }

  mutating func sync(_ key: UInt32, cache: Cluster, now: SimulationTime) -> SyncPlan { SyncPlan() }

  // The pass over all pods is left out while nothing can come of it.
  mutating func tick(
    cache: Cluster, now: SimulationTime, keys: inout KeyRequests
  ) -> SyncPlan {
    var plan = SyncPlan()
    let concernsAll = now <= watchesUntil || hasOutOfService
    guard concernsAll || ended > collector.terminatedPodThreshold else { return plan }
    // Too many ended pods are found among those that are not active.
    let ids = cache.pods.ids.filter {
      concernsAll || !cache.podSummaries[Int($0.raw)].isActive
    }
    let pods = ids.map { cache.pods[$0]! }
    let nodes = cache.nodes.ids.map { cache.nodes[$0]! }
    for deletion in collector.collect(pods, nodes: nodes, memory: &memory, at: now) {
      let id = ids[deletion.pod]
      if deletion.marksFailed {
        var status = pods[deletion.pod].status
        status.phase = .failed
        var mark = ControllerRequest.mutate(.setPodStatus(id, status))
        mark.toleratesNotFound = true
        plan.then(mark)
      }
      var removal = ControllerRequest.mutate(.deletePod(id, graceSeconds: 0))
      removal.toleratesNotFound = true
      plan.then(removal)
    }
    return plan
  }
}
