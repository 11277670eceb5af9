import AWSObjects
import Kubelet
import KubernetesObjects
import NodeModel
import Scenarios

extension NodeLoads {
  /// The root volume of a group's machines: its own, or what the era's node groups had.
  func volume(of group: String, _ release: KubernetesRelease) -> RootVolumeSpec {
    volumes[group] ?? RootVolumeSpec(type: release == .v1_11 ? .gp2 : .gp3)
  }
}

extension NodeHardware {
  /// A kubelet's machine: what its node reports, and the weights that the release gives its
  /// cgroups.
  init(_ agent: KubeletAgent, _ volume: RootVolumeSpec, _ release: KubernetesRelease) {
    let capacity = agent.registration.status.capacity
    let memory = Double(capacity[ResourceName.memory]?.value ?? 0) / 1_048_576
    let milliCPU = capacity[ResourceName.cpu]?.milliValue ?? 0
    // The kubelet limits the cgroup of all pods to the capacity less what is reserved; without a
    // reservation that is the whole machine. Its hard eviction threshold is not taken off.
    let threshold = Double(NodeAllocatable.evictionMemoryMiB)
    let allocatable = Double(agent.allocatable.memory) / 1_048_576 + threshold
    self.init(
      memory: memory, cores: Double(milliCPU) / 1_000, volume: RootVolume(volume),
      podMemoryLimit: allocatable < memory - 1 ? allocatable : nil,
      podWeight: CPUWeight.ofPod(milliCPU: agent.allocatable.milliCPU, release),
      systemWeight: CPUWeight.unset(release), leastWeight: release == .v1_11 ? 2 : 1)
  }
}

extension RootVolume {
  init(_ spec: RootVolumeSpec) {
    switch spec.type {
    case .gp2: self = .gp2(gibibytes: spec.gibibytes)
    case .gp3: self = .gp3(reads: spec.iops ?? 3_000, throughput: spec.throughput ?? 125)
    }
  }
}
