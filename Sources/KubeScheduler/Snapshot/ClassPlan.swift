public import KubernetesObjects

/// What the counting plugins ask for a class of pods, worked out once.
struct ClassPlan: Sendable {
  /// The snapshot's `planEpoch` and the spreading defaults it was made with.
  var epoch: Int
  var defaults: SpreadDefaults
  var hardSpread: [HardSpread] = []
  var softSpread: [SoftSpread] = []
  /// Whether a node must have every key of the soft constraints to be scored by them.
  var requiresAllKeys = false
  var affinity: [TermTally] = []
  /// Whether the pod itself is what its required affinity looks for.
  var matchesOwnAffinity = false
  var antiAffinity: [TermTally] = []
  var existingAntiAffinity: [TermTally] = []
  var preference: [TermTally] = []

  struct HardSpread: Sendable {
    var tally: Int32
    var column: Int32
    var maxSkew: Int64
    var minDomains: Int64
    /// 1 if the pod counts itself.
    var selfMatch: Int64
  }

  struct SoftSpread: Sendable {
    var tally: Int32
    var column: Int32
    var maxSkew: Int64
    var isHostname: Bool
  }

  struct TermTally: Sendable {
    var tally: Int32
    var column: Int32
  }
}

/// Which constraints spread a pod that has none of its own.
public enum SpreadDefaults: Sendable, Hashable {
  /// Hostname with maxSkew 3 and zone with maxSkew 5, both soft: `systemDefaultConstraints` 1.36.
  case system
  /// The administrator's list (`defaultingType: List`); selectors are filled in.
  case list([TopologySpreadConstraint])

  var constraints: [TopologySpreadConstraint] {
    switch self {
    case .list(let constraints): constraints
    case .system:
      [
        TopologySpreadConstraint(
          maxSkew: 3, topologyKey: WellKnownLabel.hostname, whenUnsatisfiable: .scheduleAnyway,
          labelSelector: nil),
        TopologySpreadConstraint(
          maxSkew: 5, topologyKey: WellKnownLabel.zone, whenUnsatisfiable: .scheduleAnyway,
          labelSelector: nil),
      ]
    }
  }
}

extension SchedulerSnapshot {
  /// Makes a class's plan if need be and brings the tallies it reads up to date.
  mutating func preparePlan(_ podClass: Int32, defaults: SpreadDefaults) {
    let index = Int(podClass)
    if let plan = classes.classes[index].plan, plan.epoch == planEpoch, plan.defaults == defaults {
      for part in plan.hardSpread { refresh(part.tally) }
      for part in plan.softSpread { refresh(part.tally) }
      for part in plan.affinity { refresh(part.tally) }
      for part in plan.antiAffinity { refresh(part.tally) }
      for part in plan.existingAntiAffinity { refresh(part.tally) }
      for part in plan.preference { refresh(part.tally) }
      return
    }
    var plan = ClassPlan(epoch: planEpoch, defaults: defaults)
    planSpread(index, &plan)
    planAffinity(index, &plan)
    classes.classes[index].plan = plan
  }

  // MARK: Spreading

  private mutating func planSpread(_ index: Int, _ plan: inout ClassPlan) {
    let pod = classes.classes[index]
    let own = pod.spec.value.spec.topologySpreadConstraints
    var constraints = own
    if own.isEmpty {
      guard let selector = defaultSelector(of: pod) else { return }
      constraints = plan.defaults.constraints
      for place in constraints.indices { constraints[place].labelSelector = selector }
    }
    plan.requiresAllKeys = !own.isEmpty || plan.defaults != .system
    let hard = constraints.filter { $0.whenUnsatisfiable == .doNotSchedule }
    let soft = constraints.filter { $0.whenUnsatisfiable == .scheduleAnyway }
    let hardColumns = hard.map { column(forKey: $0.topologyKey) }
    for (constraint, column) in zip(hard, hardColumns) {
      let selector = Self.selector(of: constraint, pod.labels)
      plan.hardSpread.append(
        ClassPlan.HardSpread(
          tally: spreadTally(constraint, selector, pod, column, hardColumns), column: column,
          maxSkew: constraint.maxSkew, minDomains: constraint.minDomains ?? 1,
          selfMatch: selector?.matches(pod.labels) == true ? 1 : 0))
    }
    let softColumns = soft.map { column(forKey: $0.topologyKey) }
    for (constraint, column) in zip(soft, softColumns) {
      let isHostname = constraint.topologyKey == WellKnownLabel.hostname
      plan.softSpread.append(
        ClassPlan.SoftSpread(
          tally: spreadTally(
            constraint, Self.selector(of: constraint, pod.labels), pod, column,
            plan.requiresAllKeys ? softColumns : []),
          column: column, maxSkew: constraint.maxSkew, isHostname: isHostname))
    }
  }

  private mutating func spreadTally(
    _ constraint: TopologySpreadConstraint, _ selector: LabelSelector?, _ pod: PodClass,
    _ column: Int32, _ requiredColumns: [Int32]
  ) -> Int32 {
    let shape = classes.placements[Int(pod.placement)]
    let restricts = !shape.nodeSelector.isEmpty || shape.requiredTerms != nil
    var nodes = TallyNodes()
    nodes.honorsAffinity = constraint.nodeAffinityPolicy == .honor && restricts
    nodes.honorsTaints = constraint.nodeTaintsPolicy == .honor
    if nodes.honorsAffinity || nodes.honorsTaints { nodes.placement = pod.placement }
    // The tally's own column is required by having a domain at all.
    nodes.requiredColumns = requiredColumns.filter { $0 != column }.sorted()
    // No selector matches nothing.
    let rule: TallyRule =
      if let selector {
        .spread(namespace: pod.namespace, selector: selector)
      } else {
        .allTerms([AffinityTerm.matchingNothing])
      }
    return tally(DomainTally.Key(rule: rule, column: column, nodes: nodes))
  }

  private static func selector(
    of constraint: TopologySpreadConstraint, _ labels: Labels
  ) -> LabelSelector? {
    var selector = constraint.labelSelector
    for key in constraint.matchLabelKeys {
      guard let value = labels[key] else { continue }
      selector?.matchExpressions.append(
        LabelRequirement(key: key, operator: .in, values: [value]))
    }
    return selector
  }

  /// What the pod's Services and its owner select by, taken together; nil if nothing.
  ///
  /// Follows `DefaultSelector` of `plugins/helper/spread.go` 1.36.
  func defaultSelector(of pod: PodClass) -> LabelSelector? {
    var labels: [(String, String)] = []
    for service in services
    where service.namespace == pod.namespace && !service.selector.isEmpty
      && pod.labels.contains(service.selector)
    {
      labels += service.selector.pairs.map { ($0.key, $0.value) }
    }
    var selector = LabelSelector(matchLabels: Labels(labels))
    if let owner = pod.owner, owner.kind == .replicaSet || owner.kind == .statefulSet,
      let own = ownerSelectors[
        OwnerKey(kind: owner.kind, namespace: pod.namespace, name: owner.name)]
    {
      selector.matchExpressions += own.matchExpressions
      for pair in own.matchLabels.pairs {
        if let there = selector.matchLabels[pair.key], there != pair.value {
          selector.matchExpressions.append(
            LabelRequirement(key: pair.key, operator: .in, values: [pair.value]))
        } else {
          selector.matchLabels[pair.key] = pair.value
        }
      }
    }
    return selector.matchLabels.isEmpty && selector.matchExpressions.isEmpty ? nil : selector
  }

  /// The same selectors one by one: 1.11 counts a pod that any of them matches.
  func selectors(of pod: PodClass) -> [LabelSelector] {
    var selectors = services.filter {
      $0.namespace == pod.namespace && !$0.selector.isEmpty && pod.labels.contains($0.selector)
    }.map { LabelSelector(matchLabels: $0.selector) }
    if let owner = pod.owner,
      let own = ownerSelectors[
        OwnerKey(kind: owner.kind, namespace: pod.namespace, name: owner.name)]
    {
      selectors.append(own)
    }
    return selectors
  }

  // MARK: Affinity

  private mutating func planAffinity(_ index: Int, _ plan: inout ClassPlan) {
    let pod = classes.classes[index]
    let namespaceLabels = namespaceLabels[pod.namespace] ?? [:]
    func isMet(by other: PodClass, _ term: AffinityTerm) -> Bool {
      term.matches(
        namespace: other.namespace, labels: other.labels, namespaceLabels: namespaceLabels)
    }
    for term in pod.requiredAffinity {
      let column = column(forKey: term.topologyKey)
      let key = DomainTally.Key(rule: .allTerms(pod.requiredAffinity), column: column)
      plan.affinity.append(ClassPlan.TermTally(tally: tally(key), column: column))
    }
    plan.matchesOwnAffinity = pod.requiredAffinity.allSatisfy { isMet(by: pod, $0) }
    for term in pod.requiredAntiAffinity {
      let column = column(forKey: term.topologyKey)
      let key = DomainTally.Key(rule: .term(term), column: column)
      plan.antiAffinity.append(ClassPlan.TermTally(tally: tally(key), column: column))
    }
    // Only keys over which some class has something to say about this one.
    var against: [String] = []
    var preferred = pod.preferredAffinity.map(\.term.topologyKey)
    for other in classes.withAffinity.map({ classes.classes[Int($0)] }) {
      for term in other.requiredAntiAffinity where isMet(by: pod, term) {
        against.append(term.topologyKey)
      }
      for term in other.requiredAffinity where isMet(by: pod, term) {
        preferred.append(term.topologyKey)
      }
      for preference in other.preferredAffinity where isMet(by: pod, preference.term) {
        preferred.append(preference.term.topologyKey)
      }
    }
    for key in Set(against).sorted() {
      let column = column(forKey: key)
      let tallyKey = DomainTally.Key(rule: .antiAffinity(against: Int32(index)), column: column)
      plan.existingAntiAffinity.append(
        ClassPlan.TermTally(tally: tally(tallyKey), column: column))
    }
    for key in Set(preferred).sorted() {
      let column = column(forKey: key)
      let tallyKey = DomainTally.Key(rule: .preference(of: Int32(index)), column: column)
      plan.preference.append(ClassPlan.TermTally(tally: tally(tallyKey), column: column))
    }
  }
}

extension AffinityTerm {
  static let matchingNothing = AffinityTerm(
    PodAffinityTerm(labelSelector: nil, topologyKey: ""), namespace: "", labels: [:])
}
