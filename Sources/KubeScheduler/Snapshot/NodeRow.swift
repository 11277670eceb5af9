import KubernetesObjects

/// A node's place in the snapshot's tables; stays the same while the node is there.
public typealias NodeIndex = Int32

/// What the scheduler knows of one node apart from the sums, which stand in `NodeAmounts`.
///
/// Follows `framework.NodeInfo` of kube-scheduler 1.36 (`pkg/scheduler/framework/types.go`).
struct NodeRow: Sendable {
  var name: String
  /// False while pods are placed on a node that the scheduler has not (or no longer) heard of.
  var isPresent = false
  var unschedulable = false
  var labels: Labels = [:]
  var taints: [Taint] = []
  var conditions = NodeConditions()
  var zoneKey = ""
  var images: [Int32] = []
  var pods: [PodEntry] = []
  /// How many pods of each class stand here; what tallies are rebuilt from.
  var classCounts: [ClassCount] = []
  var usedPorts: [HostPort] = []

  init(name: String) { self.name = name }

  struct ClassCount: Sendable {
    var podClass: Int32
    var count: Int32
  }
}

/// A pod as its node's row holds it.
struct PodEntry: Sendable, BitwiseCopyable {
  var key: UInt32
  var podClass: Int32
  var priority: Int32
  /// Nanoseconds; the far future while the kubelet has not started the pod.
  var startTime: Int64
}

/// A port of the machine that a pod takes; an empty address means all of them.
struct HostPort: Sendable, Hashable {
  var address: String
  var port: Int64
  var networkProtocol: ContainerPort.NetworkProtocol

  init(_ port: ContainerPort) {
    address = port.hostIP.isEmpty ? "0.0.0.0" : port.hostIP
    self.port = port.hostPort
    networkProtocol = port.networkProtocol
  }

  /// Follows `HostPortInfo.CheckConflict` of kube-scheduler 1.36.
  func conflicts(with other: HostPort) -> Bool {
    port == other.port && networkProtocol == other.networkProtocol
      && (address == other.address || address == "0.0.0.0" || other.address == "0.0.0.0")
  }
}

/// The conditions that repel pods by themselves before nodes were tainted by condition (1.11).
struct NodeConditions: Sendable, Hashable {
  var isReady = true
  var memoryPressure = false
  var diskPressure = false
  var pidPressure = false
  var networkUnavailable = false

  init() {}

  init(_ status: NodeStatus) {
    func holds(_ type: NodeCondition.Kind) -> Bool { status.condition(type)?.status == .true }
    isReady = status.condition(.ready).map { $0.status == .true } ?? true
    memoryPressure = holds(.memoryPressure)
    diskPressure = holds(.diskPressure)
    pidPressure = holds(.pidPressure)
    networkUnavailable = status.condition(.networkUnavailable).map { $0.status != .false } ?? false
  }
}

/// A node's capacity and what its pods take of it: all that changes with every placement.
struct NodeAmounts: Sendable, BitwiseCopyable {
  var allocatableCPU: Int64 = 0
  var allocatableMemory: Int64 = 0
  var allocatableStorage: Int64 = 0
  var allocatablePods: Int64 = 0
  var requestedCPU: Int64 = 0
  var requestedMemory: Int64 = 0
  var requestedStorage: Int64 = 0
  var nonZeroCPU: Int64 = 0
  var nonZeroMemory: Int64 = 0
  var podCount: Int64 = 0
  /// Rises with every change of this row, so that cached verdicts about it can tell their age.
  var version: UInt32 = 1

  /// Sums wrap as Go's do: a quantity that no machine has must not end the run.
  @inline(__always)
  mutating func count(_ request: RequestShape, sign: Int64) {
    requestedCPU &+= sign &* request.milliCPU
    requestedMemory &+= sign &* request.memory
    requestedStorage &+= sign &* request.storage
    nonZeroCPU &+= sign &* request.nonZeroCPU
    nonZeroMemory &+= sign &* request.nonZeroMemory
    podCount &+= sign
    version &+= 1
  }
}

/// A pod's request in the units the sums are kept in.
struct RequestShape: Sendable, Hashable {
  var milliCPU: Int64
  var memory: Int64
  var storage: Int64
  var nonZeroCPU: Int64
  var nonZeroMemory: Int64
  var scalars: [Scalar]

  struct Scalar: Sendable, Hashable {
    /// The column of the snapshot's extended resources.
    var column: Int
    var value: Int64
  }

  var isZero: Bool { milliCPU == 0 && memory == 0 && storage == 0 && scalars.isEmpty }
}
