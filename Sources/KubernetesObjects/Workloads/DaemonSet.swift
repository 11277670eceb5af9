/// A DaemonSet: one pod on every node that fits. Defaults: apps/v1 `SetDefaults_DaemonSet` 1.36.
public struct DaemonSet: Sendable {
  public enum UpdateStrategy: Sendable, Hashable {
    case onDelete
    case rollingUpdate(maxUnavailable: IntOrPercent, maxSurge: IntOrPercent)

    public static var `default`: UpdateStrategy {
      .rollingUpdate(maxUnavailable: .int(1), maxSurge: .int(0))
    }
  }

  public var metadata: ObjectMeta
  public var selector: LabelSelector
  public var template: Shared<PodTemplate>
  public var updateStrategy: UpdateStrategy = .default
  public var minReadySeconds: Int64 = 0
  public var revisionHistoryLimit: Int64 = 10
  public var status = DaemonSetStatus()

  public init(metadata: ObjectMeta, selector: LabelSelector, template: Shared<PodTemplate>) {
    self.metadata = metadata
    self.selector = selector
    self.template = template
  }
}

public struct DaemonSetStatus: Sendable, Hashable {
  public var observedGeneration: Int64 = 0
  public var currentNumberScheduled: Int64 = 0
  public var desiredNumberScheduled: Int64 = 0
  public var numberMisscheduled: Int64 = 0
  public var numberReady: Int64 = 0
  public var numberAvailable: Int64 = 0
  public var numberUnavailable: Int64 = 0
  public var updatedNumberScheduled: Int64 = 0

  public init() {}
}
