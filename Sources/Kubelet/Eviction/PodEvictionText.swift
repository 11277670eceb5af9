import KubernetesObjects

/// What a pod's status and its event say about why it was evicted.
public struct PodEvictionText: Sendable, Hashable {
  /// The message of status, condition and event.
  public var message: String
  /// The event's annotations, in name order.
  public var annotations: [Annotation] = []

  public struct Annotation: Sendable, Hashable {
    public var name: String
    public var value: String
  }

  init(message: String) { self.message = message }

  /// Why a pod went for a resource the node lacks; `threshold` is the one that is named.
  ///
  /// Follows `evictionMessage` of [36] `pkg/kubelet/eviction/helpers.go`. The pod's own request
  /// is named where it has pod-level resources, then every container beyond its request.
  init(
    _ pod: EvictionPod, starved resource: StarvedResource, threshold: EvictionThreshold,
    observation: SignalObservations.Observation
  ) {
    let available = Quantity(value: observation.available, format: threshold.signal.format)
    message =
      "The node was low on resource: \(resource.rawValue). Threshold quantity: "
      + "\(threshold.amount.text(of: observation.capacity)), available: \(available.text). "
    guard let usage = pod.usage else { return }
    if resource == .memory, let request = pod.spec.resources?.requests[ResourceName.memory] {
      let used = Quantity(value: usage.memory, format: .binarySI).text
      message +=
        "Pod \(pod.name) was using \(used), request is \(request.text), has larger consumption of "
        + "memory. "
      annotations.append(Annotation(name: "offending_pod", value: pod.name))
      annotations.append(Annotation(name: "offending_pod_usage", value: used))
    }
    var names: [String] = []
    var amounts: [String] = []
    for part in usage.containers {
      guard let request = Self.request(of: part.name, in: pod.spec, resource),
        let used = Self.amount(of: part, resource), used > request
      else { continue }
      message +=
        "Container \(part.name) was using \(used.text), request is \(request.text), has larger "
        + "consumption of \(resource.rawValue). "
      names.append(part.name)
      amounts.append(used.text)
    }
    annotations.insert(
      contentsOf: [
        Annotation(name: "offending_containers", value: names.joined(separator: ",")),
        Annotation(name: "offending_containers_usage", value: amounts.joined(separator: ",")),
      ], at: 0)
    annotations.append(Annotation(name: "starved_resource", value: resource.rawValue))
  }

  /// The words until 1.25 ([11] `pkg/kubelet/eviction/helpers.go`): neither the threshold nor what
  /// is available is named.
  init(until1_25 pod: EvictionPod, starved resource: StarvedResource) {
    message = "The node was low on resource: \(resource.rawValue). "
    for part in pod.usage?.containers ?? [] {
      guard let request = Self.request(of: part.name, in: pod.spec, resource),
        let used = Self.amount(of: part, resource), used > request
      else { continue }
      message +=
        "Container \(part.name) was using \(used.text), which exceeds its request of "
        + "\(request.text). "
    }
  }

  /// Nothing asked for is zero; nil if there is no such container.
  private static func request(
    of name: String, in spec: PodSpec, _ resource: StarvedResource
  ) -> Quantity? {
    let container =
      spec.containers.first { $0.name == name } ?? spec.initContainers.first { $0.name == name }
    return container.map { $0.resources.requests[resource.rawValue] ?? .zero }
  }

  /// Inodes and processes are not told by container.
  private static func amount(
    of part: PodUsage.ContainerUsage, _ resource: StarvedResource
  ) -> Quantity? {
    switch resource {
    case .memory: Quantity(value: part.memory, format: .binarySI)
    case .ephemeralStorage:
      Quantity(value: part.rootFs.bytes &+ part.logs.bytes, format: .binarySI)
    case .inodes, .pids: nil
    }
  }
}
