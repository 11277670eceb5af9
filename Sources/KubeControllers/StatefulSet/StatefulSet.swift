public import KubernetesObjects

/// A StatefulSet, as far as its controller decides by it. Defaults: apps/v1
/// `SetDefaults_StatefulSet`, 1.36.
public struct StatefulSet: Sendable {
  public enum UpdateStrategy: Sendable, Hashable {
    case onDelete
    /// Ordinals below `partition` keep the old revision; 0 by default.
    case rollingUpdate(partition: Int64)
  }

  public var metadata: ObjectMeta
  public var replicas: Int64 = 1
  public var selector: LabelSelector
  public var template: Shared<PodTemplate>
  /// `podManagementPolicy: Parallel`: pods are not waited for when scaling.
  public var isParallel = false
  public var updateStrategy: UpdateStrategy = .rollingUpdate(partition: 0)
  public var minReadySeconds: Int64 = 0
  public var status = StatefulSetStatus()

  public init(metadata: ObjectMeta, selector: LabelSelector, template: Shared<PodTemplate>) {
    self.metadata = metadata
    self.selector = selector
    self.template = template
  }
}

public struct StatefulSetStatus: Sendable, Hashable {
  public var observedGeneration: Int64 = 0
  public var replicas: Int64 = 0
  public var readyReplicas: Int64 = 0
  public var availableReplicas: Int64 = 0
  public var currentReplicas: Int64 = 0
  public var updatedReplicas: Int64 = 0
  /// Names of ControllerRevisions; empty before the first sync.
  public var currentRevision = ""
  public var updateRevision = ""

  public init() {}
}

/// A pod of a StatefulSet with its place and its revision.
public struct StatefulPod: Sendable {
  public var pod: Pod
  public var ordinal: Int64
  /// The name of its ControllerRevision.
  public var revision: String

  public init(_ pod: Pod, ordinal: Int64, revision: String) {
    self.pod = pod
    self.ordinal = ordinal
    self.revision = revision
  }
}
