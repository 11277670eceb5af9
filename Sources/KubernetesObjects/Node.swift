public import TimeUnits

/// A machine that runs pods, as the API server knows it.
public struct Node: Sendable {
  public var metadata: ObjectMeta
  public var taints: [Taint] = []
  /// Cordoned.
  public var unschedulable = false
  /// `aws:///us-east-1a/i-0123456789abcdef0`.
  public var providerID = ""
  public var status = NodeStatus()

  public init(metadata: ObjectMeta) { self.metadata = metadata }

  public var name: String { metadata.name }

  /// By the label of today, or else the one before Kubernetes 1.17.
  public var zone: String? {
    metadata.labels[WellKnownLabel.zone] ?? metadata.labels[WellKnownLabel.zoneBeta]
  }

  public var instanceType: String? {
    metadata.labels[WellKnownLabel.instanceType]
      ?? metadata.labels[WellKnownLabel.instanceTypeBeta]
  }
}

public struct NodeStatus: Sendable {
  public var capacity = ResourceList()
  public var allocatable = ResourceList()
  public var conditions: [NodeCondition] = []
  /// At most 50, the largest first, as the kubelet reports them.
  public var images: [ContainerImage] = []
  public var kubeletVersion = ""

  public init() {}

  public func condition(_ type: NodeCondition.Kind) -> NodeCondition? {
    conditions.first { $0.type == type }
  }

  public var isReady: Bool { condition(.ready)?.status == .true }

  /// Sets a condition; the transition time moves only when the status does. Returns whether the
  /// status changed.
  @discardableResult
  public mutating func set(
    _ type: NodeCondition.Kind, _ status: ConditionStatus, reason: String, message: String = "",
    at time: SimulationTime
  ) -> Bool {
    guard let index = conditions.firstIndex(where: { $0.type == type }) else {
      conditions.append(
        NodeCondition(
          type: type, status: status, reason: reason, message: message, lastTransition: time))
      return true
    }
    let changed = conditions[index].status != status
    if changed { conditions[index].lastTransition = time }
    conditions[index].status = status
    conditions[index].reason = reason
    conditions[index].message = message
    return changed
  }
}

public struct NodeCondition: Sendable, Hashable {
  public enum Kind: String, Sendable, Hashable, CaseIterable {
    case memoryPressure = "MemoryPressure"
    case diskPressure = "DiskPressure"
    case pidPressure = "PIDPressure"
    case ready = "Ready"
    case networkUnavailable = "NetworkUnavailable"
  }

  public var type: Kind
  public var status: ConditionStatus
  public var reason: String
  public var message: String
  public var lastTransition: SimulationTime

  public init(
    type: Kind, status: ConditionStatus, reason: String, message: String = "",
    lastTransition: SimulationTime
  ) {
    self.type = type
    self.status = status
    self.reason = reason
    self.message = message
    self.lastTransition = lastTransition
  }
}

public struct ContainerImage: Sendable, Hashable {
  public var names: [String]
  public var sizeBytes: Int64

  public init(names: [String], sizeBytes: Int64) {
    self.names = names
    self.sizeBytes = sizeBytes
  }
}

/// Labels that the kubelet, the cloud and the scheduler agree on.
public enum WellKnownLabel {
  public static let hostname = "kubernetes.io/hostname"
  public static let zone = "topology.kubernetes.io/zone"
  public static let region = "topology.kubernetes.io/region"
  public static let instanceType = "node.kubernetes.io/instance-type"
  public static let arch = "kubernetes.io/arch"
  public static let os = "kubernetes.io/os"
  /// The names before Kubernetes 1.17.
  public static let zoneBeta = "failure-domain.beta.kubernetes.io/zone"
  public static let regionBeta = "failure-domain.beta.kubernetes.io/region"
  public static let instanceTypeBeta = "beta.kubernetes.io/instance-type"
  public static let controllerRevisionHash = "controller-revision-hash"
  public static let podTemplateHash = "pod-template-hash"
}
