import Kubelet
import KubernetesObjects
import TimeUnits

/// The node's statistics as the recording's driver made them up: as of the last multiple of the
/// period, in floating-point MiB, each figure cut to bytes by itself.
struct EvictionStatistics {
  private(set) var observations = SignalObservations()
  /// By pod; nil where the statistics do not know it.
  private(set) var usages: [PodUsage?] = []
  private var memory = 0.0
  private var disk: Double
  private var processes: Double

  /// - Parameter ended: by pod, when its processes were gone.
  init(_ world: EvictionCase, ended: [SimulationTime?], at now: SimulationTime) {
    let period = world.statsPeriodSeconds
    let whole = now.nanoseconds / 1_000_000_000
    let seconds = Double(whole) + Double(now.nanoseconds % 1_000_000_000) / 1e9
    let asOf = (seconds / period).rounded(.down) * period
    disk = world.node.systemDisk.value(at: asOf)
    processes = world.node.systemProcesses
    for (pod, end) in zip(world.pods, ended) {
      let isGone = end.map { $0.secondsValue <= asOf } ?? false
      usages.append(pod.startSeconds > asOf || isGone ? nil : add(pod, at: asOf))
    }
    disk += world.node.unusedImages + world.node.deadContainers
    observe(world.node, at: asOf)
  }

  private mutating func add(_ pod: ScriptedPod, at asOf: Double) -> PodUsage {
    let used = pod.memory.value(at: asOf)
    let onDisk = pod.disk.value(at: asOf)
    let inVolume = pod.emptyDir?.value(at: asOf) ?? 0
    memory += used
    disk += onDisk + inVolume
    processes += pod.processes.value(at: asOf)
    var usage = PodUsage()
    usage.memory = Self.bytes(used)
    usage.processes = Int64(pod.processes.value(at: asOf))
    let count = Double(pod.pod.spec.containers.count)
    for container in pod.pod.spec.containers {
      var part = PodUsage.ContainerUsage(name: container.name)
      part.memory = Self.bytes(used / count)
      part.rootFs = Self.disk(onDisk / count * 0.75)
      part.logs = Self.disk(onDisk / count * 0.25)
      usage.ephemeralStorage += part.rootFs.bytes + part.logs.bytes
      usage.containers.append(part)
    }
    if pod.emptyDir != nil {
      let volume = Self.disk(inVolume)
      usage.ephemeralStorage += volume.bytes
      usage.localVolumes = [PodUsage.VolumeUsage(name: ScriptedPod.volume, disk: volume)]
    }
    return usage
  }

  private mutating func observe(_ node: ScriptedUsage, at asOf: Double) {
    let time = SimulationTime.zero + .rounded(seconds: asOf)
    let used = node.systemMemory.value(at: asOf) + memory
    observations[.memoryAvailable] = Self.memory(node.memory, used: used, time)
    observations[.allocatableMemoryAvailable] = Self.memory(
      node.allocatableMemory, used: memory, time)
    observations.setSharedFileSystem(
      bytes: SignalObservations.Observation(
        available: Self.bytes(max(0, node.disk - disk)), capacity: Self.bytes(node.disk),
        time: time),
      // One inode a MiB.
      inodes: SignalObservations.Observation(
        available: max(0, node.inodes - Int64(disk)), capacity: node.inodes, time: time))
    observations[.pidAvailable] = SignalObservations.Observation(
      available: node.maxPID - Int64(processes), capacity: node.maxPID, time: time)
  }

  /// The manager takes what is left and what is used together for the capacity.
  private static func memory(
    _ capacity: Double, used: Double, _ time: SimulationTime
  ) -> SignalObservations.Observation {
    let available = bytes(max(0, capacity - used))
    return SignalObservations.Observation(
      available: available, capacity: available + bytes(used), time: time)
  }

  private static func disk(_ mebibytes: Double) -> DiskUsage {
    DiskUsage(bytes: bytes(mebibytes), inodes: Int64(mebibytes))
  }

  private static func bytes(_ mebibytes: Double) -> Int64 { Int64(mebibytes * 1_048_576) }
}
