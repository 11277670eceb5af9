/// How the kubelet ranks a pod when memory runs out ([36] `pkg/apis/core/v1/helper/qos/qos.go`).
public enum QOSClass: String, Sendable, Hashable, CaseIterable {
  case guaranteed = "Guaranteed"
  case burstable = "Burstable"
  case bestEffort = "BestEffort"

  /// Only cpu and memory count, and only amounts above zero; pod-level resources, where there are
  /// any, stand for all containers.
  public init(of spec: PodSpec) {
    let parts =
      spec.resources.map { [$0] } ?? (spec.containers + spec.initContainers).map(\.resources)
    let names = [ResourceName.cpu, ResourceName.memory]
    var requests = [Quantity](repeating: .zero, count: names.count)
    var limits = requests
    var everyLimit = true
    for part in parts {
      for (index, name) in names.enumerated() {
        if let request = part.requests[name], request.sign > 0 { requests[index] += request }
        let limit = part.limits[name] ?? .zero
        if limit.sign > 0 { limits[index] += limit } else { everyLimit = false }
      }
    }
    if (requests + limits).allSatisfy(\.isZero) {
      self = .bestEffort
    } else if everyLimit, requests == limits {
      self = .guaranteed
    } else {
      self = .burstable
    }
  }
}
