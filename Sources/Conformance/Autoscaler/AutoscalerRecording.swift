public import ClusterAutoscaler
public import KubernetesObjects
public import TimeUnits

/// A recorded case of cluster-autoscaler: a world, what happens in it, and what the real program
/// did each time it was tried.
///
/// The form of `conformance/README.md`, section cluster-autoscaler.
public struct AutoscalerRecording: Sendable {
  public var name: String
  public var duration: Duration
  /// As given: the names and values of flags.
  public var options: AutoscalerOptions
  public var groups: [RecordedGroup]
  public var services: [Service]
  public var owners: [OwnerSelector]
  public var budgets: [PodDisruptionBudget]
  public var pods: [RecordedPod]
  public var events: [RecordedCaseEvent]
  /// What one loop takes.
  public var loopCost: Duration
  public var termination: Duration
  public var runs: [RecordedRun]
  /// Flags that are known and have no effect here.
  public var warnings: [String] = []
}

public struct RecordedGroup: Sendable {
  public var id: String
  public var min: Int
  public var max: Int
  public var initial: Int
  public var template: Node
  public var registrationDelay: Duration
  public var readinessDelay: Duration
  public var removalDelay: Duration
  /// In this window `IncreaseSize` fails; nil never.
  public var failure: Range<SimulationTime>?
}

/// Something that happens from outside.
public struct RecordedCaseEvent: Sendable {
  public var time: SimulationTime
  /// Pods to be made, already under their final names.
  public var created: [RecordedPod]
  /// Names of pods to be deleted.
  public var deleted: [String]
  public var deletedPrefix: String?
  public var deletedCount: Int?
}

/// One trial of the real program.
public struct RecordedRun: Sendable {
  public var timeline: [AutoscalerTimelineEntry]
  public var final: AutoscalerSample?
}

/// The state at one moment.
public struct AutoscalerSample: Sendable, Hashable {
  public var time: SimulationTime
  /// By the group's index.
  public var targets: [Int]
  public var nodes: Int
  public var pending: Int
  public var bound: Int
}

/// Something that the autoscaler, the scheduler or a node did.
public struct AutoscalerTimelineEntry: Sendable, Hashable {
  public enum Event: Sendable, Hashable {
    case increaseSize(group: String, count: Int)
    case increaseSizeFailed(group: String, count: Int)
    case decreaseTargetSize(group: String, count: Int)
    case deleteNodes(group: String, nodes: [String])
    case nodeRegistered(String)
    case nodeReady(String)
    case nodeGone(String)
    case bound(pod: String, node: String)
    case evicted(pod: String, node: String)
    case failedScheduling(pod: String, message: String)
    case preempted(pod: String, message: String)
    case caseEvent
  }

  public var time: SimulationTime
  public var event: Event
}
