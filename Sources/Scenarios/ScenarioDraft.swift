public import TimeUnits

/// What a scenario is made of, before anyone has checked that it fits together.
public struct ScenarioDraft: Sendable {
  public var name: String
  public var era: Era
  public var date: CalendarTime
  public var horizon: Duration
  /// The default is 1.
  public var seed: UInt64 = 1
  public var cloud: CloudSpec
  public var manifests: [ManifestReference] = []
  /// Pods that come and go at the times of a table, in the order of the file.
  public var arrivals: [ArrivalReference] = []
  /// A `KubeSchedulerConfiguration`; nil is the era's default profile.
  public var schedulerConfiguration: ManifestReference?
  /// Flags of cluster-autoscaler that come after those of its Deployment, in the order of the file.
  public var autoscalerFlags: [AutoscalerFlag] = []
  public var addons: [Addon] = Addon.installedByDefault
  public var behaviors: [BehaviorSpec] = []
  /// Requests from outside, in the order of the file.
  public var loads: [RequestLoadSpec] = []
  /// Nil leaves loaded nodes out, unless a behavior or a load speaks of them.
  public var nodeLoad: NodeLoadSpec?
  /// What the pods talk to, in the order of the file.
  public var services: [ServiceSpec] = []
  /// What breaks, in the order of the file.
  public var faults: [FaultSpec] = []
  public var observability = ObservabilitySpec()
  public var timeline: [TimelineEntry] = []
  public var expectations: [Expectation] = []
  public var parameters: [ParameterOverride] = []

  /// Whether nodes have memory, disk and CPU that pods use: as soon as anything speaks of it.
  public var hasNodeLoad: Bool {
    nodeLoad != nil || !loads.isEmpty || !services.isEmpty
      || behaviors.contains { $0.load != nil }
  }

  /// `date` nil is the era's own day.
  public init(
    name: String, era: Era = .current, date: CalendarTime? = nil, horizon: Duration,
    cloud: CloudSpec
  ) {
    self.name = name
    self.era = era
    self.date = date ?? era.defaultDate
    self.horizon = horizon
    self.cloud = cloud
  }
}
