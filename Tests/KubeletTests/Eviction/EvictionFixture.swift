import Kubelet
import KubernetesObjects
import TimeUnits

/// A node of 1000 bytes of memory and 1000 of disk, and pods that use some of them.
enum EvictionFixture {
  static func observations(
    memory: Int64 = 900, disk: Int64 = 900, pids: Int64 = 900, at seconds: Int64
  ) -> SignalObservations {
    func seen(_ available: Int64) -> SignalObservations.Observation {
      SignalObservations.Observation(
        available: available, capacity: 1000, time: .seconds(seconds))
    }
    var observations = SignalObservations()
    observations[.memoryAvailable] = seen(memory)
    observations[.allocatableMemoryAvailable] = seen(900)
    observations.setSharedFileSystem(bytes: seen(disk), inodes: seen(900))
    observations[.pidAvailable] = seen(pids)
    return observations
  }

  /// A pod of one container `c`.
  static func pod(
    _ name: String, memory: Int64 = 0, disk: Int64 = 0, processes: Int64 = 0,
    request: Int64? = nil, priority: Int32? = nil, hasUsage: Bool = true
  ) -> EvictionPod {
    var container = Container(name: "c")
    container.resources.requests[ResourceName.memory] = request.map {
      Quantity(value: $0, format: .binarySI)
    }
    var spec = PodSpec(containers: [container])
    spec.priority = priority
    var usage = PodUsage()
    usage.memory = memory
    usage.processes = processes
    var part = PodUsage.ContainerUsage(name: "c")
    part.memory = memory
    part.rootFs = DiskUsage(bytes: disk)
    usage.containers = [part]
    usage.ephemeralStorage = disk
    return EvictionPod(name: name, spec: spec, usage: hasUsage ? usage : nil)
  }

  static func bytes(_ value: Int64) -> EvictionThreshold.Amount {
    .quantity(Quantity(value: value))
  }

  static func manager(_ thresholds: [EvictionThreshold]) -> EvictionManager {
    EvictionManager(EvictionConfiguration(thresholds: thresholds))
  }
}

extension EvictionDecision {
  var starvations: [Starvation] {
    if case .starved(let starvations) = self { starvations } else { [] }
  }

  var rest: RestReason? {
    if case .rest(let reason) = self { reason } else { nil }
  }
}
