public import Documents

extension DocumentCursor {
  func affinity() -> Affinity? {
    guard expectMapping() else { return nil }
    var affinity = Affinity()
    if let node = field("nodeAffinity")?.nodeAffinity() { affinity = node }
    if let pod = field("podAffinity"), pod.expectMapping() {
      (affinity.requiredPodAffinity, affinity.preferredPodAffinity) = pod.podTerms()
    }
    if let pod = field("podAntiAffinity"), pod.expectMapping() {
      (affinity.requiredPodAntiAffinity, affinity.preferredPodAntiAffinity) = pod.podTerms()
    }
    reportUnknownFields(severity: .warning)
    return affinity
  }

  /// What a pod, or a scheduler for all its pods, asks of nodes; nil if it is no mapping.
  public func nodeAffinity() -> Affinity? {
    guard expectMapping() else { return nil }
    var affinity = Affinity()
    if let required = field("requiredDuringSchedulingIgnoredDuringExecution") {
      affinity.requiredNodeTerms = required.required("nodeSelectorTerms")?.nodeTerms() ?? []
      if affinity.requiredNodeTerms?.isEmpty == true, required.node["nodeSelectorTerms"] != nil {
        required.error("Required value: must have at least one node selector term")
      }
    }
    affinity.preferredNodeTerms =
      field("preferredDuringSchedulingIgnoredDuringExecution")?.preferredNodeTerms() ?? []
    reportUnknownFields(severity: .warning)
    return affinity
  }

  func nodeTerms() -> [NodeSelectorTerm] { elements().map { $0.nodeTerm() } }

  private func nodeTerm() -> NodeSelectorTerm {
    guard expectMapping() else { return NodeSelectorTerm() }
    let term = NodeSelectorTerm(
      matchExpressions: field("matchExpressions")?.requirements(ofNodes: true) ?? [],
      matchFields: field("matchFields")?.requirements(ofNodes: true) ?? [])
    for requirement in term.matchFields where requirement.key != "metadata.name" {
      invalid("\"\(requirement.key)\"", "not a valid field selector key")
    }
    reportUnknownFields(severity: .warning)
    return term
  }

  private func preferredNodeTerms() -> [PreferredNodeTerm] {
    elements().compactMap { cursor in
      guard cursor.expectMapping(), let weight = cursor.weight() else { return nil }
      let term = cursor.required("preference")?.nodeTerm() ?? NodeSelectorTerm()
      cursor.reportUnknownFields(severity: .warning)
      return PreferredNodeTerm(weight: weight, term: term)
    }
  }

  private func weight() -> Int64? {
    guard let cursor = required("weight"), let weight = cursor.int() else { return nil }
    if !(1...100).contains(weight) { cursor.invalid("\(weight)", "must be in the range 1-100") }
    return weight
  }

  private func podTerms() -> ([PodAffinityTerm], [WeightedPodAffinityTerm]) {
    let required =
      field("requiredDuringSchedulingIgnoredDuringExecution")?.elements().compactMap {
        $0.podTerm()
      } ?? []
    let preferred =
      field("preferredDuringSchedulingIgnoredDuringExecution")?.elements().compactMap {
        (cursor) -> WeightedPodAffinityTerm? in
        guard cursor.expectMapping(), let weight = cursor.weight(),
          let term = cursor.required("podAffinityTerm")?.podTerm()
        else { return nil }
        cursor.reportUnknownFields(severity: .warning)
        return WeightedPodAffinityTerm(weight: weight, term: term)
      } ?? []
    reportUnknownFields(severity: .warning)
    return (required, preferred)
  }

  private func podTerm() -> PodAffinityTerm? {
    guard expectMapping() else { return nil }
    defer { reportUnknownFields(severity: .warning) }
    let selector = field("labelSelector")?.labelSelector()
    guard let key = required("topologyKey")?.apiString() else { return nil }
    if key.isEmpty { error("topologyKey: Required value: can not be empty") }
    var term = PodAffinityTerm(labelSelector: selector, topologyKey: key)
    term.namespaces = field("namespaces")?.strings() ?? []
    term.namespaceSelector = field("namespaceSelector")?.labelSelector()
    term.matchLabelKeys = field("matchLabelKeys")?.strings() ?? []
    term.mismatchLabelKeys = field("mismatchLabelKeys")?.strings() ?? []
    return term
  }

  func topologySpreadConstraints() -> [TopologySpreadConstraint] {
    elements().compactMap { cursor in
      guard cursor.expectMapping() else { return nil }
      defer { cursor.reportUnknownFields(severity: .warning) }
      let selector = cursor.field("labelSelector")?.labelSelector()
      guard let skew = cursor.required("maxSkew")?.int(atLeast: 1),
        let key = cursor.required("topologyKey")?.apiString(),
        let action = cursor.required("whenUnsatisfiable")?
          .choice(TopologySpreadConstraint.WhenUnsatisfiable.self)
      else { return nil }
      var constraint = TopologySpreadConstraint(
        maxSkew: skew, topologyKey: key, whenUnsatisfiable: action, labelSelector: selector)
      constraint.minDomains = cursor.field("minDomains")?.int(atLeast: 1)
      constraint.matchLabelKeys = cursor.field("matchLabelKeys")?.strings() ?? []
      typealias Policy = TopologySpreadConstraint.NodeInclusionPolicy
      if let policy = cursor.field("nodeAffinityPolicy")?.choice(Policy.self) {
        constraint.nodeAffinityPolicy = policy
      }
      if let policy = cursor.field("nodeTaintsPolicy")?.choice(Policy.self) {
        constraint.nodeTaintsPolicy = policy
      }
      if constraint.minDomains != nil, action != .doNotSchedule {
        cursor.error(
          "minDomains: Invalid value: can only use minDomains if "
            + "whenUnsatisfiable=DoNotSchedule, not ScheduleAnyway")
      }
      return constraint
    }
  }
}
