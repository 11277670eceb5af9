/// What a pod asks for as a whole, from its containers, init containers and sidecars.
///
/// Follows component-helpers `resource/helpers.go` of Kubernetes 1.36.
public enum EffectiveResources {
  /// What one container counts for in the scheduler's scores if it asks for nothing:
  /// [36] `pkg/scheduler/util/pod_resources.go`.
  public static let nonZeroDefault = ResourceVector(milliCPU: 100, memory: 200 << 20)

  public static func requests(of spec: PodSpec) -> ResourceVector {
    var total = aggregate(spec) { ResourceVector($0.resources.requests) }
    override(&total, with: spec.resources?.requests)
    total += ResourceVector(spec.overhead)
    return total
  }

  public static func nonZeroRequests(of spec: PodSpec) -> ResourceVector {
    var total = aggregate(spec) { container in
      var vector = ResourceVector(container.resources.requests)
      if container.resources.requests[ResourceName.cpu] == nil {
        vector.milliCPU = nonZeroDefault.milliCPU
      }
      if container.resources.requests[ResourceName.memory] == nil {
        vector.memory = nonZeroDefault.memory
      }
      return vector
    }
    override(&total, with: spec.resources?.requests)
    total += ResourceVector(spec.overhead)
    return total
  }

  /// Overhead counts only towards resources that have a limit.
  public static func limits(of spec: PodSpec) -> ResourceVector {
    var total = aggregate(spec) { ResourceVector($0.resources.limits) }
    override(&total, with: spec.resources?.limits)
    let overhead = ResourceVector(spec.overhead)
    if total.milliCPU > 0 { total.milliCPU &+= overhead.milliCPU }
    if total.memory > 0 { total.memory &+= overhead.memory }
    if total.ephemeralStorage > 0 { total.ephemeralStorage &+= overhead.ephemeralStorage }
    return total
  }

  /// The larger of what runs at the end (containers and sidecars) and what each init container
  /// needs beside the sidecars declared before it.
  private static func aggregate(
    _ spec: PodSpec, _ amount: (Container) -> ResourceVector
  ) -> ResourceVector {
    var total = ResourceVector()
    for container in spec.containers { total += amount(container) }
    var sidecars = ResourceVector()
    var peak = ResourceVector()
    for container in spec.initContainers {
      var now = sidecars
      now += amount(container)
      if container.isSidecar { sidecars = now }
      peak.formMaximum(now)
    }
    total += sidecars
    total.formMaximum(peak)
    return total
  }

  private static func override(_ total: inout ResourceVector, with list: ResourceList?) {
    guard let list else { return }
    if let cpu = list[ResourceName.cpu] { total.milliCPU = cpu.milliValue }
    if let memory = list[ResourceName.memory] { total.memory = memory.value }
    for entry in list.entries where entry.name.hasPrefix(ResourceName.hugePagesPrefix) {
      let change = entry.quantity.value &- total.scalar(entry.name)
      total.addScalars([ResourceVector.Scalar(name: entry.name, value: change)], sign: 1)
    }
  }
}
