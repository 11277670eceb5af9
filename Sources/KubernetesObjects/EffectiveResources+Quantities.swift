/// The same sums in quantities, for what is printed or bounded exactly: quotas, limit ranges,
/// pod-level defaults.
extension EffectiveResources {
  /// What the containers ask for together, without pod-level resources and overhead.
  public static func containerRequests(of spec: PodSpec) -> ResourceList {
    total(of: spec, \.requests)
  }

  public static func containerLimits(of spec: PodSpec) -> ResourceList {
    total(of: spec, \.limits)
  }

  /// What the pod asks for as a whole, as quotas count it.
  public static func requestList(of spec: PodSpec) -> ResourceList {
    var total = containerRequests(of: spec)
    total.override(with: spec.resources?.requests)
    total.add(spec.overhead)
    return total
  }

  /// Overhead counts only towards resources that have a limit.
  public static func limitList(of spec: PodSpec) -> ResourceList {
    var total = containerLimits(of: spec)
    total.override(with: spec.resources?.limits)
    for entry in spec.overhead.entries {
      if let limit = total[entry.name], limit.sign > 0 {
        total[entry.name] = limit + entry.quantity
      }
    }
    return total
  }

  private static func total(
    of spec: PodSpec, _ part: KeyPath<ResourceRequirements, ResourceList>
  ) -> ResourceList {
    var total = ResourceList()
    for container in spec.containers { total.add(container.resources[keyPath: part]) }
    var sidecars = ResourceList()
    var peak = ResourceList()
    for container in spec.initContainers {
      var now = sidecars
      now.add(container.resources[keyPath: part])
      if container.isSidecar { sidecars = now }
      peak.formMaximum(now)
    }
    total.add(sidecars)
    total.formMaximum(peak)
    return total
  }
}

extension ResourceList {
  /// Adds amount by amount.
  public mutating func add(_ other: ResourceList) {
    for entry in other.entries {
      self[entry.name] = self[entry.name].map { $0 + entry.quantity } ?? entry.quantity
    }
  }

  fileprivate mutating func formMaximum(_ other: ResourceList) {
    for entry in other.entries where self[entry.name].map({ $0 < entry.quantity }) ?? true {
      self[entry.name] = entry.quantity
    }
  }

  fileprivate mutating func override(with other: ResourceList?) {
    for entry in other?.entries ?? [] { self[entry.name] = entry.quantity }
  }
}
