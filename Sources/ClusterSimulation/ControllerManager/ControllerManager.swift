import ClusterState
import KubeControllers
import KubernetesObjects
import TimeUnits

/// kube-controller-manager: controllers with their queues, workers and clients over one cache.
struct ControllerManager: Sendable {
  /// The shared informers' cache: the cluster as it was a moment ago.
  var cache = Cluster()
  /// In the order of `ControllerName`, those that run.
  var running: [Running] = []
  private var places: [Int?] = Array(repeating: nil, count: ControllerName.allCases.count)
  private var syncs: [InFlightSync?] = []
  private var freeSlots: [UInt32] = []

  struct Running: Sendable {
    var name: ControllerName
    var controller: any Controller
    var queue = KeyQueue()
    var freeWorkers: Int
    var client: APIClient
    var correlator = EventCorrelator()
  }

  /// A sync whose requests are on their way.
  struct InFlightSync: Sendable {
    var controller: Int
    /// Nil for a look of the controller's own accord.
    var key: UInt32?
    var plan: SyncPlan
    var batch = 0
    var outstanding = 0
    var refused = false
  }

  mutating func add<C: Controller>(_ controller: C, workers: Int, client: APIClient) {
    places[Int(C.name.rawValue)] = running.count
    running.append(
      Running(name: C.name, controller: controller, freeWorkers: workers, client: client))
  }

  func place(of name: ControllerName) -> Int? { places[Int(name.rawValue)] }

  mutating func store(_ sync: InFlightSync) -> UInt32 {
    if let slot = freeSlots.popLast() {
      syncs[Int(slot)] = sync
      return slot
    }
    syncs.append(sync)
    return UInt32(syncs.count - 1)
  }

  subscript(slot: UInt32) -> InFlightSync {
    _read { yield syncs[Int(slot)]! }
    _modify { yield &syncs[Int(slot)]! }
  }

  mutating func release(_ slot: UInt32) -> InFlightSync {
    let sync = syncs[Int(slot)]!
    syncs[Int(slot)] = nil
    freeSlots.append(slot)
    return sync
  }
}
