public import KubernetesObjects
public import TimeUnits

/// A pod as the caller hands it to the scheduler.
public struct PodRef: Sendable {
  /// The caller's own number for the pod; unique among the pods of one snapshot.
  public var key: UInt32
  /// Only an ephemeral volume asks for it.
  public var name: String
  public var namespace: String
  public var labels: Labels
  public var spec: Shared<PodBlueprint>
  public var owner: OwnerReference?
  /// When the kubelet started it: decides between equally important victims.
  public var startTime: SimulationTime?
  /// A terminating pod still takes room, but no longer counts for spreading.
  public var isTerminating = false
  /// Whether it terminates because a pod of higher priority is to have its place.
  public var isPreempted = false

  public init(
    key: UInt32, name: String = "", namespace: String = "default", labels: Labels,
    spec: Shared<PodBlueprint>, owner: OwnerReference? = nil, startTime: SimulationTime? = nil,
    isTerminating: Bool = false
  ) {
    self.key = key
    self.name = name
    self.namespace = namespace
    self.labels = labels
    self.spec = spec
    self.owner = owner
    self.startTime = startTime
    self.isTerminating = isTerminating
  }

  public init(key: UInt32, _ pod: Pod) {
    self.init(
      key: key, name: pod.metadata.name, namespace: pod.metadata.namespace,
      labels: pod.metadata.labels, spec: pod.spec, owner: pod.metadata.owner,
      startTime: pod.status.startTime, isTerminating: pod.metadata.isTerminating)
    isPreempted = pod.isTerminatingByPreemption
  }

  public var priority: Int32 { spec.value.spec.priority ?? 0 }
}

extension Pod {
  /// Whether the scheduler is taking the pod away for another: `podTerminatingByPreemption` of
  /// `plugins/defaultpreemption` 1.36.
  public var isTerminatingByPreemption: Bool {
    guard metadata.isTerminating, let target = status.condition(.disruptionTarget) else {
      return false
    }
    return target.status == .true && target.reason == "PreemptionByScheduler"
  }
}
