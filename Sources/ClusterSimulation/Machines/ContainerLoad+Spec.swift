import Kubelet
import KubernetesObjects
import NodeModel
import Scenarios

extension NodeLoads {
  /// What a container of `spec` does to a machine of `hostMemory` MiB.
  mutating func load(
    of container: Container, in pod: PodSpec, does spec: ContainerLoadSpec?, hostMemory: Double,
    release: KubernetesRelease
  ) -> ContainerLoad {
    var load = ContainerLoad()
    let requested = container.resources.requests[ResourceName.cpu]?.milliValue ?? 0
    load.weight = CPUWeight.ofContainer(milliCPU: requested, release)
    if let limit = container.resources.limits[ResourceName.cpu], !limit.isZero {
      load.quota = Double(limit.milliValue) / 1_000
    }
    if let limit = container.resources.limits[ResourceName.memory], !limit.isZero {
      load.memoryLimit = Double(limit.value) / 1_048_576
    }
    load.oomAdjustment = OOMScore.adjustment(
      for: container, of: pod, memoryCapacity: Int64(hostMemory * 1_048_576), release: release)
    load.image = imageNumber(container.image)
    load.files = figures[.smallImageFiles]
    switch spec {
    case nil:
      load.threads = figures[.idleCPU]
      load.baseMemory = figures[.idleMemory]
    case .process(let process):
      load.threads = process.cpu
      load.baseMemory = process.memory
      if let growth = process.growth {
        load.fullMemory = growth.to ?? .infinity
        if growth.per == .second {
          load.growthPerSecond = growth.rate
        } else {
          load.growthPerCPUSecond = growth.rate
        }
      }
    case .jvm(var jvm):
      jvm.maxHeap = jvm.maxHeap ?? JVMHeap.option(in: container)
      fill(&load, jvm, hostMemory)
    case .service(let service): load.baseMemory = service.memory
    }
    return load
  }

  private func fill(_ load: inout ContainerLoad, _ jvm: JVMLoadSpec, _ hostMemory: Double) {
    load.files = figures[.imageFiles]
    load.threads = jvm.threads ?? figures[.jvmThreads]
    load.startCPU = figures[.jvmStartCPU]
    load.startThreads = min(2, load.threads)
    load.baseMemory = figures[.jvmMemory]
    load.growthPerCPUSecond = figures[.jvmHeapGrowth]
    let heap = JVMHeap.maximum(
      jvm, hostMemory: hostMemory, memoryLimit: load.memoryLimit.isFinite ? load.memoryLimit : nil)
    load.fullMemory = load.baseMemory + figures[.jvmHeapShare] * heap
  }
}

extension PodGroup {
  /// The cgroup that the kubelet makes for a pod.
  init(_ spec: PodSpec, release: KubernetesRelease) {
    let qos: PodGroupClass =
      switch QOSClass(of: spec) {
      case .guaranteed: .guaranteed
      case .burstable: .burstable
      case .bestEffort: .bestEffort
      }
    let requests = EffectiveResources.requests(of: spec)
    // A pod has a quota of its own only if every container has one.
    let limits = spec.containers.map { $0.resources.limits[ResourceName.cpu]?.milliValue ?? 0 }
    let isLimited = !limits.isEmpty && limits.allSatisfy { $0 > 0 }
    self.init(
      qos: qos, weight: CPUWeight.ofPod(milliCPU: requests.milliCPU, release),
      quota: isLimited ? Double(limits.reduce(0, +)) / 1_000 : .infinity)
  }
}
