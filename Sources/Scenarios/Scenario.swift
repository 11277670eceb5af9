public import TimeUnits

/// A run, described; valid by construction.
///
/// Names of instance types, regions on their dates and files are checked by whoever has the models
/// and the files; everything a scenario says about itself holds here.
public struct Scenario: Sendable {
  private var parts: ScenarioDraft

  /// Refuses a draft that contradicts itself, with everything that is wrong.
  public init(_ draft: ScenarioDraft) throws(ScenarioProblems) {
    let problems = draft.problems
    guard problems.isEmpty else { throw ScenarioProblems(problems: problems) }
    parts = draft
    // A stable order: entries of one instant stay in the order of the file.
    parts.timeline = draft.timeline.enumerated()
      .sorted { ($0.element.at, $0.offset) < ($1.element.at, $1.offset) }
      .map(\.element)
  }

  public var name: String { parts.name }
  public var era: Era { parts.era }
  /// The day on which the run starts.
  public var date: CalendarTime { parts.date }
  /// How long the run lasts.
  public var horizon: Duration { parts.horizon }
  /// Every random stream derives from it.
  public var seed: UInt64 {
    get { parts.seed }
    set { parts.seed = newValue }
  }
  public var cloud: CloudSpec { parts.cloud }
  /// Applied before the run starts, in this order.
  public var manifests: [ManifestReference] { parts.manifests }
  public var schedulerConfiguration: ManifestReference? { parts.schedulerConfiguration }
  /// Pods that come and go at the times of a table, in the order of the file.
  public var arrivals: [ArrivalReference] { parts.arrivals }
  public var addons: [Addon] { parts.addons }
  /// Flags of cluster-autoscaler that come after those of its Deployment, in the order of the file.
  public var autoscalerFlags: [AutoscalerFlag] { parts.autoscalerFlags }
  /// In the order of the file.
  public var behaviors: [BehaviorSpec] { parts.behaviors }
  /// Requests from outside, in the order of the file.
  public var loads: [RequestLoadSpec] { parts.loads }
  /// What the pods talk to, in the order of the file.
  public var services: [ServiceSpec] { parts.services }
  /// What breaks, in the order of the file.
  public var faults: [FaultSpec] { parts.faults }
  public var observability: ObservabilitySpec { parts.observability }
  /// Which figures loaded nodes have.
  public var nodeLoad: NodeLoadSpec { parts.nodeLoad ?? NodeLoadSpec() }
  /// Whether nodes have memory, disk and CPU that pods use: as soon as anything speaks of it.
  public var hasNodeLoad: Bool { parts.hasNodeLoad }
  /// In the order of time; of one instant, in the order of the file.
  public var timeline: [TimelineEntry] { parts.timeline }
  /// In the order of the file.
  public var expectations: [Expectation] { parts.expectations }
  public var parameters: [ParameterOverride] { parts.parameters }

  /// What the scenario says about a container: its own entry, or else its workload's.
  public func behavior(container: String, workload: String) -> BehaviorSpec? {
    behaviors.first { $0.name == container } ?? behaviors.first { $0.name == workload }
  }
}
