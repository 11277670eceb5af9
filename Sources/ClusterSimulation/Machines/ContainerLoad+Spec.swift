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

/// The maximum heap that a Java virtual machine sets itself.
enum JVMHeap {
  /// `-Xmx` in MiB, where the manifest gives it: the last on the command line, or in
  /// `JAVA_TOOL_OPTIONS` or `_JAVA_OPTIONS`, which both hold for every JVM.
  static func option(in container: Container) -> Double? {
    var words = container.environment["JAVA_TOOL_OPTIONS"].map(words) ?? []
    words += (container.command + container.args).flatMap(self.words)
    words += container.environment["_JAVA_OPTIONS"].map(self.words) ?? []
    return words.compactMap(size).last
  }

  private static func words(_ text: String) -> [Substring] {
    text.split { $0 == " " || $0 == "\n" || $0 == "\"" || $0 == "'" }
  }

  /// `-Xmx512m` as 512: bytes, or with k, m, g, t in either case.
  private static func size(_ word: Substring) -> Double? {
    guard word.hasPrefix("-Xmx") else { return nil }
    let text = word.dropFirst(4)
    guard let last = text.last, let number = Double(text.prefix { $0.isNumber }) else { return nil }
    switch last.lowercased() {
    case "k": return number / 1_024
    case "m": return number
    case "g": return number * 1_024
    case "t": return number * 1_048_576
    default: return last.isNumber ? number / 1_048_576 : nil
    }
  }

  /// MiB. `-Xmx` if it is given; else a quarter (`MaxRAMPercentage`) of the memory it sees, half of
  /// it where that is below 250 MiB.
  ///
  /// It sees the host's memory, or its container's limit from Java 10 and 8u191 on (HotSpot
  /// `runtime/arguments.cpp` set_heap_size; JDK-8146115).
  static func maximum(_ jvm: JVMLoadSpec, hostMemory: Double, memoryLimit: Double?) -> Double {
    if let heap = jvm.maxHeap { return heap }
    let sees = JVMVersion(jvm.version)?.seesContainerLimits ?? false
    let memory = sees ? min(memoryLimit ?? hostMemory, hostMemory) : hostMemory
    if memory < 249.6, jvm.maxRAMPercentage == nil { return memory / 2 }
    return memory * (jvm.maxRAMPercentage ?? 25) / 100
  }
}

/// A cgroup's CPU weight by the rules of a release: `cpu.shares` of cgroup v1 on Kubernetes 1.11,
/// `cpu.weight` of v2 today.
enum CPUWeight {
  /// By the container runtime.
  static func ofContainer(milliCPU: Int64, _ release: KubernetesRelease) -> Double {
    let shares = CPUShares.shares(milliCPU: milliCPU)
    return Double(release == .v1_11 ? shares : CPUShares.curvedWeight(shares: shares))
  }

  /// By the kubelet: a pod's, and that of all pods.
  static func ofPod(milliCPU: Int64, _ release: KubernetesRelease) -> Double {
    let shares = CPUShares.shares(milliCPU: milliCPU)
    return Double(release == .v1_11 ? shares : CPUShares.weight(shares: shares))
  }

  /// What a cgroup has that nobody set: `system.slice`.
  static func unset(_ release: KubernetesRelease) -> Double { release == .v1_11 ? 1_024 : 100 }
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
