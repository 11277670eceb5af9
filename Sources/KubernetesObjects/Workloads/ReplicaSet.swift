/// A ReplicaSet: so many pods of one template.
public struct ReplicaSet: Sendable {
  public var metadata: ObjectMeta
  public var replicas: Int64
  public var selector: LabelSelector
  public var template: Shared<PodTemplate>
  public var minReadySeconds: Int64 = 0
  public var status = ReplicaSetStatus()

  public init(
    metadata: ObjectMeta, replicas: Int64, selector: LabelSelector,
    template: Shared<PodTemplate>
  ) {
    self.metadata = metadata
    self.replicas = replicas
    self.selector = selector
    self.template = template
  }
}

public struct ReplicaSetStatus: Sendable, Hashable {
  public var observedGeneration: Int64 = 0
  public var replicas: Int64 = 0
  public var fullyLabeledReplicas: Int64 = 0
  public var readyReplicas: Int64 = 0
  public var availableReplicas: Int64 = 0
  public var terminatingReplicas: Int64 = 0
  public var conditions: [WorkloadCondition] = []

  public init() {}
}
