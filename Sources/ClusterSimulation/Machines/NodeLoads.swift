import AWSObjects
import Kubelet
import KubernetesObjects
import NodeModel
import Scenarios
import ServiceModel
import SimulationKernel
import TimeUnits

/// What a run with loaded nodes knows beside the machines themselves.
struct NodeLoads: Sendable {
  let figures: NodeLoadFigures
  let parameters: NodeParameters
  /// Every kubelet's: a hard threshold of 100 MiB, the default in 1.11 and on EKS today.
  let evictionManager: EvictionManager
  /// By workload or container name; looked up, never walked.
  let specs: [String: ContainerLoadSpec]
  /// By node group.
  let volumes: [String: RootVolumeSpec]
  /// Image names by number; looked up, never walked.
  private var images: [String: UInt32] = [:]
  /// Agents that were advanced in the present event and must be settled at its end.
  var touched: [UInt32] = []
  /// Workload names by number, in the order in which their first container started.
  private(set) var workloads: [String] = []
  private var workloadNumbers: [String: Int] = [:]
  /// What containers that have ended had used, by workload number.
  var ended: [WorkloadUsage] = []

  init(
    figures: NodeLoadFigures, release: KubernetesRelease, specs: [String: ContainerLoadSpec],
    volumes: [String: RootVolumeSpec]
  ) {
    self.figures = figures
    parameters = figures.machine(release)
    var configuration = EvictionConfiguration(thresholds: [
      EvictionThreshold(
        signal: .memoryAvailable,
        amount: .quantity(
          Quantity(value: NodeAllocatable.evictionMemoryMiB << 20, format: .binarySI)))
    ])
    configuration.release = release
    evictionManager = EvictionManager(configuration)
    self.specs = specs
    self.volumes = volumes
  }

  mutating func imageNumber(_ name: String) -> UInt32 {
    if let number = images[name] { return number }
    let number = UInt32(images.count)
    images[name] = number
    return number
  }

  mutating func workloadNumber(_ name: String) -> Int {
    if let number = workloadNumbers[name] { return number }
    workloadNumbers[name] = workloads.count
    workloads.append(name)
    ended.append(WorkloadUsage())
    return workloads.count - 1
  }
}

/// What the containers of a workload have used and use.
struct WorkloadUsage: Sendable {
  var containers = 0
  var memory = 0.0
  var cpuSeconds = 0.0
  var periods = 0.0
  var throttledPeriods = 0.0
  var throttledSeconds = 0.0

  mutating func add(_ usage: ContainerUsage) {
    cpuSeconds += usage.cpuSeconds
    periods += usage.periods
    throttledPeriods += usage.throttledPeriods
    throttledSeconds += usage.throttledSeconds
  }
}
