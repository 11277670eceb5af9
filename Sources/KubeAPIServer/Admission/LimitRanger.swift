import KubernetesObjects

/// Fills in and bounds the resources of pods in a namespace.
///
/// Follows `plugin/pkg/admission/limitranger` 1.36; where the real one walks a map, this walks
/// names in byte order.
enum LimitRanger {
  static let annotation = "kubernetes.io/limit-ranger"

  // MARK: Defaults

  /// Gives containers what they do not say; returns the annotation that tells so, if anything was
  /// given.
  static func applyDefaults(of range: LimitRange, to spec: inout PodSpec) -> String? {
    var requests = ResourceList()
    var limits = ResourceList()
    for item in range.items where item.type == .container {
      for entry in item.defaultRequest.entries { requests[entry.name] = entry.quantity }
      for entry in item.default.entries { limits[entry.name] = entry.quantity }
    }
    var notes: [String] = []
    for index in spec.containers.indices {
      notes += fill(&spec.containers[index], "container", requests, limits)
    }
    for index in spec.initContainers.indices {
      notes += fill(&spec.initContainers[index], "init container", requests, limits)
    }
    return notes.isEmpty ? nil : "LimitRanger plugin set: " + notes.joined(separator: "; ")
  }

  private static func fill(
    _ container: inout Container, _ what: String, _ requests: ResourceList, _ limits: ResourceList
  ) -> [String] {
    let setLimits = fill(&container.resources.limits, from: limits)
    let setRequests = fill(&container.resources.requests, from: requests)
    var notes: [String] = []
    if !setRequests.isEmpty {
      notes.append(
        "\(setRequests.joined(separator: ", ")) request for \(what) \(container.name)")
    }
    if !setLimits.isEmpty {
      notes.append("\(setLimits.joined(separator: ", ")) limit for \(what) \(container.name)")
    }
    return notes
  }

  private static func fill(_ list: inout ResourceList, from defaults: ResourceList) -> [String] {
    defaults.entries.compactMap { entry in
      guard list[entry.name] == nil else { return nil }
      list[entry.name] = entry.quantity
      return entry.name
    }
  }

  // MARK: Bounds

  /// Every bound of the range that the pod breaks, in the real words.
  static func violations(of range: LimitRange, by spec: PodSpec) -> [String] {
    range.items.flatMap { item -> [String] in
      switch item.type {
      case .container:
        return (spec.containers + spec.initContainers).flatMap { container in
          violations(item, container.resources.requests, container.resources.limits)
        }
      case .pod:
        return violations(
          item, EffectiveResources.containerRequests(of: spec),
          EffectiveResources.containerLimits(of: spec))
      case .persistentVolumeClaim: return []
      }
    }
  }

  private static func violations(
    _ item: LimitRange.Item, _ requests: ResourceList, _ limits: ResourceList
  ) -> [String] {
    let type = item.type.rawValue
    let low = item.min.entries.compactMap { entry in
      minimum(entry, type, requests[entry.name], limits[entry.name])
    }
    let high = item.max.entries.compactMap { entry in
      maximum(entry, type, requests[entry.name], limits[entry.name])
    }
    let ratio = item.maxLimitRequestRatio.entries.compactMap { entry in
      self.ratio(entry, type, requests[entry.name], limits[entry.name])
    }
    return low + high + ratio
  }

  private static func minimum(
    _ bound: ResourceList.Entry, _ type: String, _ request: Quantity?, _ limit: Quantity?
  ) -> String? {
    let head = "minimum \(bound.name) usage per \(type) is \(bound.quantity)"
    guard let request else { return head + ".  No request is specified" }
    if request < bound.quantity { return head + ", but request is \(request)" }
    if let limit, limit < bound.quantity { return head + ", but limit is \(limit)" }
    return nil
  }

  private static func maximum(
    _ bound: ResourceList.Entry, _ type: String, _ request: Quantity?, _ limit: Quantity?
  ) -> String? {
    let head = "maximum \(bound.name) usage per \(type) is \(bound.quantity)"
    guard let limit else { return head + ".  No limit is specified" }
    if limit > bound.quantity { return head + ", but limit is \(limit)" }
    if let request, request > bound.quantity { return head + ", but request is \(request)" }
    return nil
  }

  private static func ratio(
    _ bound: ResourceList.Entry, _ type: String, _ request: Quantity?, _ limit: Quantity?
  ) -> String? {
    let head = "\(bound.name) max limit to request ratio per \(type) is \(bound.quantity)"
    guard let request, !request.isZero else {
      return head + ", but no request is specified or request is 0"
    }
    guard let limit, !limit.isZero else {
      return head + ", but no limit is specified or limit is 0"
    }
    // The real comparison is one of floating-point numbers.
    let ratio = Double(limit.milliValue) / Double(request.milliValue)
    guard ratio * 1000 > Double(bound.quantity.milliValue) else { return nil }
    return head + ", but provided ratio is \(sixDecimals(ratio))"
  }

  /// As C's `%f`.
  private static func sixDecimals(_ value: Double) -> String {
    guard value < 9e12 else { return "\(value)" }
    let millionths = Int64((value * 1e6).rounded())
    let digits = String(millionths % 1_000_000)
    return "\(millionths / 1_000_000)." + String(repeating: "0", count: 6 - digits.utf8.count)
      + digits
  }
}
