public import KubernetesObjects
public import TimeUnits

/// How much of a node its pods ask for (`simulator/utilization/info.go` of 1.36).
public struct UtilizationInfo: Sendable, Hashable {
  public var cpu: Double
  public var memory: Double
  public var gpu: Double
  /// The resource that decides.
  public var resource: String
  /// What is held against the threshold.
  public var value: Double

  public init(cpu: Double, memory: Double, gpu: Double, resource: String, value: Double) {
    self.cpu = cpu
    self.memory = memory
    self.gpu = gpu
    self.resource = resource
    self.value = value
  }
}

/// A node that has none of the resource to be counted.
public struct UtilizationError: Error, Sendable, Hashable {
  public var resource: String

  public init(resource: String) { self.resource = resource }
}

/// The share of a node that is asked for: what makes it a candidate for removal.
public enum Utilization {
  /// The label by which AWS nodes with accelerators are known (`cloudprovider/aws` 1.36).
  public static let gpuLabel = "k8s.amazonaws.com/accelerator"

  /// The larger of the shares of cpu and memory; on a node with GPUs theirs alone.
  ///
  /// Daemon and mirror pods that are to be ignored are taken from both sides of the division.
  /// 1.13 knows no GPUs, takes them from the upper side only, counts pods that should have ended,
  /// and of each pod the containers alone.
  public static func of(
    node: Node, pods: [Pod], options: AutoscalerOptions, group: NodeGroupOptions,
    gpuResources: [String] = ["nvidia.com/gpu", "amd.com/gpu"], at now: SimulationTime
  ) throws(UtilizationError) -> UtilizationInfo {
    let count = Count(
      node: node, pods: pods, isOld: options.release == .v1_13,
      skipsDaemonPods: group.ignoreDaemonSetsUtilization ?? options.ignoreDaemonSetsUtilization,
      skipsMirrorPods: options.ignoreMirrorPodsUtilization, now: now)
    if options.release != .v1_13, let resource = gpuResource(of: node, among: gpuResources) {
      // A GPU that is not there yet must not keep its node.
      let share = (try? count.share(of: resource)) ?? 0
      return UtilizationInfo(cpu: 0, memory: 0, gpu: share, resource: resource, value: share)
    }
    let cpu = try count.share(of: ResourceName.cpu)
    let memory = try count.share(of: ResourceName.memory)
    return UtilizationInfo(
      cpu: cpu, memory: memory, gpu: 0,
      resource: cpu > memory ? ResourceName.cpu : ResourceName.memory, value: max(cpu, memory))
  }

  /// The GPU resource of a node that has, or is labelled to get, GPUs; nil for any other.
  static func gpuResource(of node: Node, among resources: [String]) -> String? {
    if let present = resources.first(where: { (node.status.allocatable[$0]?.value ?? 0) > 0 }) {
      return present
    }
    return node.metadata.labels[gpuLabel] == nil ? nil : resources.first
  }

  private struct Count {
    var node: Node
    var pods: [Pod]
    var isOld: Bool
    var skipsDaemonPods: Bool
    var skipsMirrorPods: Bool
    var now: SimulationTime

    func share(of resource: String) throws(UtilizationError) -> Double {
      guard let allocatable = node.status.allocatable[resource], allocatable.milliValue != 0
      else { throw UtilizationError(resource: resource) }
      var requested: Int64 = 0
      var ignored: Int64 = 0
      for pod in pods {
        let milli = isOld ? pod.containerRequest(resource) : pod.request(resource)
        if skipsDaemonPods && pod.isDaemonSetPod || skipsMirrorPods && pod.isMirror {
          ignored += milli
        } else if isOld || !pod.isLongTerminating(at: now) {
          requested += milli
        }
      }
      return Double(requested) / Double(allocatable.milliValue - (isOld ? 0 : ignored))
    }
  }
}

extension Pod {
  /// What the scheduler counts, in thousandths.
  fileprivate func request(_ resource: String) -> Int64 {
    let requests = spec.value.requests
    return switch resource {
    case ResourceName.cpu: requests.milliCPU
    case ResourceName.memory: requests.memory &* 1_000
    default: requests.scalar(resource) &* 1_000
    }
  }

  fileprivate func containerRequest(_ resource: String) -> Int64 {
    spec.value.spec.containers.reduce(0) {
      $0 &+ ($1.resources.requests[resource]?.milliValue ?? 0)
    }
  }
}
