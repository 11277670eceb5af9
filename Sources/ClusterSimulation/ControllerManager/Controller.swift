public import ClusterState
public import KubernetesObjects
public import TimeUnits

/// The controllers of kube-controller-manager that are modeled.
public enum ControllerName: UInt8, Sendable, CaseIterable, BitwiseCopyable {
  case deployment, replicaSet, statefulSet, daemonSet, job, cronJob
  case nodeLifecycle, taintEviction, podGC, disruption

  /// The component that an Event of this controller names as its source.
  public var source: String {
    switch self {
    case .deployment: "deployment-controller"
    case .replicaSet: "replicaset-controller"
    case .statefulSet: "statefulset-controller"
    case .daemonSet: "daemonset-controller"
    case .job: "job-controller"
    case .cronJob: "cronjob-controller"
    case .nodeLifecycle: "node-controller"
    case .taintEviction: "taint-eviction-controller"
    case .podGC: "pod-garbage-collector"
    case .disruption: "controllermanager"
    }
  }
}

/// A change as a controller's event handlers see it: the new object, and the one in the cache
/// before.
public enum ObservedChange: Sendable {
  case pod(PodID, old: Pod?, new: Pod, WatchChange)
  case node(NodeID, old: Node?, new: Node, WatchChange)
  case deployment(DeploymentID, Deployment, WatchChange)
  case replicaSet(ReplicaSetID, old: ReplicaSet?, new: ReplicaSet, WatchChange)
  case daemonSet(DaemonSetID, DaemonSet, WatchChange)
}

/// Keys to be lined up, now or later, collected from a controller's handlers.
public struct KeyRequests: Sendable {
  var now: [UInt32] = []
  var later: [(key: UInt32, nanoseconds: Int64)] = []

  public mutating func add(_ key: UInt32) { now.append(key) }

  public mutating func add(_ key: UInt32, afterNanoseconds delay: Int64) {
    later.append((key, delay))
  }
}

/// One controller: what it remembers, what wakes it, and what it wants done about a key.
///
/// It reads the informer cache and nothing else. The controller manager owns its queue, workers,
/// client and cadence.
public protocol Controller: Sendable {
  static var name: ControllerName { get }

  /// Called after the change is in `cache`.
  mutating func observe(
    _ change: ObservedChange, cache: Cluster, now: SimulationTime, keys: inout KeyRequests)

  /// One pass over one key.
  mutating func sync(_ key: UInt32, cache: Cluster, now: SimulationTime) -> SyncPlan

  /// Told of each request's outcome; a request after a refused batch is told as `skipped`.
  mutating func finished(
    _ request: ControllerRequest, key: UInt32, outcome: RequestOutcome, cache: Cluster,
    now: SimulationTime)

  /// Seconds between looks of its own accord; nil for a controller that only reacts.
  var periodSeconds: Int64? { get }

  /// A look of its own accord.
  mutating func tick(cache: Cluster, now: SimulationTime, keys: inout KeyRequests) -> SyncPlan
}

public enum RequestOutcome: Sendable {
  case done(AppliedObject)
  case refused(Refusal)
  case skipped
}

extension Controller {
  public mutating func finished(
    _ request: ControllerRequest, key: UInt32, outcome: RequestOutcome, cache: Cluster,
    now: SimulationTime
  ) {}

  public var periodSeconds: Int64? { nil }

  public mutating func tick(
    cache: Cluster, now: SimulationTime, keys: inout KeyRequests
  ) -> SyncPlan { SyncPlan() }
}
