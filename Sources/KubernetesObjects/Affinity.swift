/// Where a pod wants, or must, stand: relative to node labels and to other pods.
public struct Affinity: Hashable, Sendable {
  public var requiredNodeTerms: [NodeSelectorTerm]?
  public var preferredNodeTerms: [PreferredNodeTerm] = []
  public var requiredPodAffinity: [PodAffinityTerm] = []
  public var preferredPodAffinity: [WeightedPodAffinityTerm] = []
  public var requiredPodAntiAffinity: [PodAffinityTerm] = []
  public var preferredPodAntiAffinity: [WeightedPodAffinityTerm] = []

  public init() {}
}

/// Requirements that must all hold; the terms of a selector are alternatives.
public struct NodeSelectorTerm: Hashable, Sendable {
  public var matchExpressions: [LabelRequirement]
  /// Only `metadata.name` exists as a field.
  public var matchFields: [LabelRequirement]

  public init(matchExpressions: [LabelRequirement] = [], matchFields: [LabelRequirement] = []) {
    self.matchExpressions = matchExpressions
    self.matchFields = matchFields
  }
}

public struct PreferredNodeTerm: Hashable, Sendable {
  /// 1 to 100.
  public var weight: Int64
  public var term: NodeSelectorTerm

  public init(weight: Int64, term: NodeSelectorTerm) {
    self.weight = weight
    self.term = term
  }
}

/// Other pods, by labels and namespaces, within one domain of `topologyKey`.
public struct PodAffinityTerm: Hashable, Sendable {
  public var labelSelector: LabelSelector?
  public var topologyKey: String
  /// Empty, with no namespace selector: the pod's own namespace.
  public var namespaces: [String] = []
  public var namespaceSelector: LabelSelector?
  public var matchLabelKeys: [String] = []
  public var mismatchLabelKeys: [String] = []

  public init(labelSelector: LabelSelector?, topologyKey: String) {
    self.labelSelector = labelSelector
    self.topologyKey = topologyKey
  }
}

public struct WeightedPodAffinityTerm: Hashable, Sendable {
  /// 1 to 100.
  public var weight: Int64
  public var term: PodAffinityTerm

  public init(weight: Int64, term: PodAffinityTerm) {
    self.weight = weight
    self.term = term
  }
}

/// How evenly matching pods are to stand over the domains of a node label.
public struct TopologySpreadConstraint: Hashable, Sendable {
  public enum WhenUnsatisfiable: String, Hashable, Sendable, CaseIterable {
    case doNotSchedule = "DoNotSchedule"
    case scheduleAnyway = "ScheduleAnyway"
  }

  public enum NodeInclusionPolicy: String, Hashable, Sendable, CaseIterable {
    case honor = "Honor"
    case ignore = "Ignore"
  }

  public var maxSkew: Int64
  public var topologyKey: String
  public var whenUnsatisfiable: WhenUnsatisfiable
  public var labelSelector: LabelSelector?
  public var minDomains: Int64?
  public var matchLabelKeys: [String] = []
  public var nodeAffinityPolicy: NodeInclusionPolicy = .honor
  public var nodeTaintsPolicy: NodeInclusionPolicy = .ignore

  public init(
    maxSkew: Int64, topologyKey: String, whenUnsatisfiable: WhenUnsatisfiable,
    labelSelector: LabelSelector?
  ) {
    self.maxSkew = maxSkew
    self.topologyKey = topologyKey
    self.whenUnsatisfiable = whenUnsatisfiable
    self.labelSelector = labelSelector
  }
}
