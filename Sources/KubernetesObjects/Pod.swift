/// A pod: a spec that does not change once admitted, the node it is bound to, and its status.
public struct Pod: Sendable {
  public var metadata: ObjectMeta
  public var spec: Shared<PodBlueprint>
  /// The node the pod is bound to; nil while it is pending.
  public var nodeName: String?
  public var status = PodStatus()

  public init(metadata: ObjectMeta, spec: Shared<PodBlueprint>) {
    self.metadata = metadata
    self.spec = spec
    self.nodeName = spec.value.spec.nodeName
  }
}

/// An admitted spec together with what is computed from it once for all pods that share it.
public struct PodBlueprint: Sendable {
  public let spec: PodSpec
  /// What the scheduler's fit counts.
  public let requests: ResourceVector
  /// What the scheduler's scores count: 100m and 200 MiB for each container that asks for nothing.
  public let nonZeroRequests: ResourceVector
  public let limits: ResourceVector
  public let qosClass: QOSClass
  public let hostPorts: [ContainerPort]

  public init(_ spec: PodSpec) {
    self.spec = spec
    requests = EffectiveResources.requests(of: spec)
    nonZeroRequests = EffectiveResources.nonZeroRequests(of: spec)
    limits = EffectiveResources.limits(of: spec)
    qosClass = QOSClass(of: spec)
    hostPorts = (spec.containers + spec.initContainers.filter(\.isSidecar)).flatMap {
      $0.ports.filter { $0.hostPort > 0 }
    }
  }

  public var priority: Int32 { spec.priority ?? 0 }
}
