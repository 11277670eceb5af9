/// What a pod is to be: containers with resources, and everything that bears on where it may stand.
public struct PodSpec: Sendable, Hashable {
  public enum RestartPolicy: String, Sendable, Hashable, CaseIterable {
    case always = "Always"
    case onFailure = "OnFailure"
    case never = "Never"
  }

  public enum PreemptionPolicy: String, Sendable, Hashable, CaseIterable {
    case preemptLowerPriority = "PreemptLowerPriority"
    case never = "Never"
  }

  public var containers: [Container]
  public var initContainers: [Container] = []
  /// Pod-level resources (Kubernetes 1.34 and later): they override the aggregate where set.
  public var resources: ResourceRequirements?
  /// Added to the requests by a RuntimeClass.
  public var overhead = ResourceList()
  public var restartPolicy: RestartPolicy = .always
  public var terminationGracePeriodSeconds: Int64 = 30
  /// A node named in the manifest: such a pod bypasses the scheduler.
  public var nodeName: String?
  public var nodeSelector: Labels = [:]
  public var affinity: Affinity?
  public var tolerations: [Toleration] = []
  public var topologySpreadConstraints: [TopologySpreadConstraint] = []
  public var schedulerName = "default-scheduler"
  public var schedulingGates: [String] = []
  public var priorityClassName: String?
  public var priority: Int32?
  public var preemptionPolicy: PreemptionPolicy = .preemptLowerPriority
  public var hostNetwork = false
  public var serviceAccountName: String?
  public var runtimeClassName: String?
  /// Seconds after which the pod is failed wherever it is (`activeDeadlineSeconds`).
  public var activeDeadlineSeconds: Int64?
  public var volumes: [Volume] = []

  public init(containers: [Container]) { self.containers = containers }
}

/// One container of a pod.
public struct Container: Sendable, Hashable {
  public enum ImagePullPolicy: String, Sendable, Hashable, CaseIterable {
    case always = "Always"
    case ifNotPresent = "IfNotPresent"
    case never = "Never"
  }

  public var name: String
  public var image: String
  public var command: [String] = []
  public var args: [String] = []
  /// Environment variables with literal values.
  public var environment: Labels = [:]
  public var resources = ResourceRequirements()
  public var ports: [ContainerPort] = []
  public var imagePullPolicy: ImagePullPolicy?
  /// `Always` on an init container makes it a sidecar.
  public var restartPolicy: PodSpec.RestartPolicy?
  public var readinessProbe: Probe?
  public var livenessProbe: Probe?
  public var startupProbe: Probe?
  /// Whether a preStop hook stands in the way of SIGTERM; `sleep` hooks carry their seconds.
  public var preStopSeconds: Int64?

  public init(name: String, image: String = "") {
    self.name = name
    self.image = image
  }

  public var isSidecar: Bool { restartPolicy == .always }
}

public struct ResourceRequirements: Sendable, Hashable {
  public var requests = ResourceList()
  public var limits = ResourceList()

  public init(requests: ResourceList = ResourceList(), limits: ResourceList = ResourceList()) {
    self.requests = requests
    self.limits = limits
  }
}

public struct ContainerPort: Sendable, Hashable {
  public enum NetworkProtocol: String, Sendable, Hashable, CaseIterable {
    case tcp = "TCP"
    case udp = "UDP"
    case sctp = "SCTP"
  }

  public var containerPort: Int64
  /// 0: none.
  public var hostPort: Int64
  public var hostIP: String
  public var networkProtocol: NetworkProtocol

  public init(
    containerPort: Int64, hostPort: Int64 = 0, hostIP: String = "",
    networkProtocol: NetworkProtocol = .tcp
  ) {
    self.containerPort = containerPort
    self.hostPort = hostPort
    self.hostIP = hostIP
    self.networkProtocol = networkProtocol
  }
}

/// When the kubelet asks a container how it is. Defaults: core/v1 `SetDefaults_Probe` 1.36.
public struct Probe: Sendable, Hashable {
  public var initialDelaySeconds: Int64 = 0
  public var periodSeconds: Int64 = 10
  public var timeoutSeconds: Int64 = 1
  public var successThreshold: Int64 = 1
  public var failureThreshold: Int64 = 3
  /// Overrides the pod's grace for a container killed by its liveness or startup probe.
  public var terminationGracePeriodSeconds: Int64?

  public init() {}
}

/// A volume, as far as scheduling and capacity ask for it.
public struct Volume: Sendable, Hashable {
  public enum Source: Sendable, Hashable {
    case persistentVolumeClaim(name: String)
    case awsElasticBlockStore(volumeID: String)
    /// A claim of its own for each pod, which lives and dies with it.
    case ephemeral(VolumeClaimTemplate)
    /// On the disk of the node, or in its memory (`medium: Memory`).
    case emptyDir(inMemory: Bool)
    case hostPath
    case other(String)
  }

  public var name: String
  public var source: Source

  public init(name: String, source: Source) {
    self.name = name
    self.source = source
  }
}
