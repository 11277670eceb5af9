public import KubernetesObjects

/// Which plugins decide, with what weights and arguments: a profile of a
/// `KubeSchedulerConfiguration`.
public struct SchedulerProfile: Sendable, Hashable {
  /// Whose rules and words hold where the versions differ.
  public enum Era: Sendable, Hashable { case v1_11, v1_36 }

  public struct WeightedPlugin: Sendable, Hashable {
    public var name: PluginName
    public var weight: Int64

    public init(_ name: PluginName, weight: Int64) {
      self.name = name
      self.weight = weight
    }
  }

  public var name = "default-scheduler"
  public var era: Era
  /// In the order in which they run.
  public var filters: [PluginName]
  public var scores: [WeightedPlugin]
  public var scoringStrategy = ScoringStrategy.leastAllocated(ScoringStrategy.cpuAndMemory)
  /// What BalancedAllocation balances.
  public var balancedResources = ScoringStrategy.cpuAndMemory
  public var spreadDefaults = SpreadDefaults.system
  /// What a required affinity term of a placed pod adds to its domain's score, from 0 to 100:
  /// `InterPodAffinityArgs.hardPodAffinityWeight`.
  public var hardPodAffinityWeight: Int32 = 1
  /// Whether what placed pods prefer counts only for pods that prefer something themselves:
  /// `InterPodAffinityArgs.ignorePreferredTermsOfExistingPods`.
  public var ignoresPreferencesOfPlacedPods = false
  /// Asked of every pod besides its own node affinity: `NodeAffinityArgs.addedAffinity`.
  public var addedAffinity: AddedNodeAffinity?
  /// Extended resources that the fit filter passes over, by name and by the part before the `/`:
  /// `NodeResourcesFitArgs.ignoredResources` and `ignoredResourceGroups`.
  public var ignoredResources: [String] = []
  public var ignoredResourceGroups: [String] = []
  /// How many nodes a search for victims tries at least: per cent of the candidates, and a number
  /// (`DefaultPreemptionArgs`).
  public var minCandidateNodesPercentage = 10
  public var minCandidateNodesAbsolute = 100
  /// How many per cent of the nodes are to be found feasible; 0: by the size of the cluster.
  public var percentageOfNodesToScore: Int64 = 0
  public var preempts = true

  /// The default profile of kube-scheduler 1.36.
  public static let kubernetes1_36 = SchedulerProfile(
    era: .v1_36,
    filters: [
      .nodeUnschedulable, .nodeName, .taintToleration, .nodeAffinity, .nodePorts,
      .nodeResourcesFit, .volumeRestrictions, .nodeVolumeLimits, .volumeBinding, .volumeZone,
      .podTopologySpread, .interPodAffinity,
    ],
    scores: [
      WeightedPlugin(.taintToleration, weight: 3), WeightedPlugin(.nodeAffinity, weight: 2),
      WeightedPlugin(.nodeResourcesFit, weight: 1),
      WeightedPlugin(.podTopologySpread, weight: 2),
      WeightedPlugin(.interPodAffinity, weight: 2), WeightedPlugin(.dynamicResources, weight: 2),
      WeightedPlugin(.balancedAllocation, weight: 1), WeightedPlugin(.imageLocality, weight: 1),
    ])

  /// The default predicates and priorities of kube-scheduler 1.11: scores from 0 to 10, every
  /// node looked at, conditions instead of taints ([11] `algorithmprovider/defaults`).
  public static let kubernetes1_11: SchedulerProfile = {
    var profile = SchedulerProfile(
      era: .v1_11,
      filters: [
        .checkNodeCondition, .nodeResourcesFit, .nodeName, .nodePorts, .nodeAffinity,
        .volumeRestrictions, .taintToleration, .nodeVolumeLimits, .volumeBinding, .volumeZone,
        .checkNodePressure, .interPodAffinity,
      ],
      scores: [
        WeightedPlugin(.selectorSpread, weight: 1), WeightedPlugin(.interPodAffinity, weight: 1),
        WeightedPlugin(.nodeResourcesFit, weight: 1),
        WeightedPlugin(.balancedAllocation, weight: 1),
        WeightedPlugin(.nodeAffinity, weight: 1), WeightedPlugin(.taintToleration, weight: 1),
      ])
    profile.percentageOfNodesToScore = 100
    return profile
  }()

  public init(era: Era, filters: [PluginName], scores: [WeightedPlugin]) {
    self.era = era
    self.filters = filters
    self.scores = scores
  }

  /// The best score a plugin can give, before its weight.
  public var maxScore: Int64 { era == .v1_11 ? 10 : 100 }

  /// How many feasible nodes end the search among `nodes`: `numFeasibleNodesToFind` 1.36.
  public func feasibleNodesToFind(among nodes: Int) -> Int {
    // Where nothing is scored the first node that does is taken.
    if scores.isEmpty { return min(nodes, 1) }
    if nodes < 100 { return nodes }
    var percentage = percentageOfNodesToScore
    if percentage == 0 { percentage = max(50 - Int64(nodes) / 125, 5) }
    if percentage >= 100 { return nodes }
    return max(Int(Int64(nodes) * percentage / 100), 100)
  }
}

/// Node affinity that an administrator adds to every pod of a profile.
public struct AddedNodeAffinity: Sendable, Hashable {
  /// Alternatives, one of which must hold; nil: nothing is required.
  public var required: [NodeSelectorTerm]?
  public var preferred: [PreferredNodeTerm]

  public init(required: [NodeSelectorTerm]?, preferred: [PreferredNodeTerm]) {
    self.required = required
    self.preferred = preferred
  }
}

/// How NodeResourcesFit scores: `NodeResourcesFitArgs.scoringStrategy`.
public enum ScoringStrategy: Sendable, Hashable {
  /// A resource and its weight.
  public struct Resource: Sendable, Hashable {
    public var name: String
    public var weight: Int64

    public init(_ name: String, weight: Int64 = 1) {
      self.name = name
      self.weight = weight
    }
  }

  /// A point of `requestedToCapacityRatio.shape`: utilization in per cent, score from 0 to 10.
  public struct ShapePoint: Sendable, Hashable {
    public var utilization: Int64
    public var score: Int64

    public init(utilization: Int64, score: Int64) {
      self.utilization = utilization
      self.score = score
    }
  }

  case leastAllocated([Resource])
  case mostAllocated([Resource])
  case requestedToCapacityRatio([Resource], shape: [ShapePoint])

  public static let cpuAndMemory = [Resource(ResourceName.cpu), Resource(ResourceName.memory)]

  var resources: [Resource] {
    switch self {
    case .leastAllocated(let resources), .mostAllocated(let resources),
      .requestedToCapacityRatio(let resources, _):
      resources
    }
  }
}
