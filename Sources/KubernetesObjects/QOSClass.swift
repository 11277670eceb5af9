/// How the kubelet ranks a pod when memory runs out ([36] `pkg/apis/core/v1/helper/qos/qos.go`).
public enum QOSClass: String, Sendable, Hashable, CaseIterable {
  case guaranteed = "Guaranteed"
  case burstable = "Burstable"
  case bestEffort = "BestEffort"

  /// Only cpu and memory count, and only amounts above zero.
  public init(of spec: PodSpec) {
    var requests: [Int64] = [0, 0]
    var limits: [Int64] = [0, 0]
    var anything = false
    var everyLimit = true
    let names = [ResourceName.cpu, ResourceName.memory]
    for container in spec.containers + spec.initContainers {
      for (index, name) in names.enumerated() {
        let request = container.resources.requests[name]?.milliValue ?? 0
        let limit = container.resources.limits[name]?.milliValue ?? 0
        if request > 0 || limit > 0 { anything = true }
        if limit <= 0 { everyLimit = false }
        requests[index] += request
        limits[index] += limit
      }
    }
    if !anything {
      self = .bestEffort
    } else if everyLimit, requests == limits {
      self = .guaranteed
    } else {
      self = .burstable
    }
  }
}
