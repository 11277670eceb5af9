import Documents

private let required = "requiredDuringSchedulingIgnoredDuringExecution"
private let preferred = "preferredDuringSchedulingIgnoredDuringExecution"

extension JSONWriter {
  mutating func selector(_ name: String, _ selector: LabelSelector?) {
    guard let selector else { return }
    field(
      name,
      object: { json in
        json.requirements("matchExpressions", selector.matchExpressions)
        json.labels("matchLabels", selector.matchLabels)
      })
  }

  private mutating func requirements(_ name: String, _ requirements: [LabelRequirement]) {
    objects(name, requirements) { requirement, json in
      json.field("key", requirement.key)
      json.field("operator", requirement.operator.rawValue)
      json.strings("values", requirement.values)
    }
  }

  mutating func affinity(_ affinity: Affinity) {
    if affinity.requiredNodeTerms != nil || !affinity.preferredNodeTerms.isEmpty {
      field("nodeAffinity", object: { $0.nodeAffinity(affinity) })
    }
    podTerms("podAffinity", affinity.requiredPodAffinity, affinity.preferredPodAffinity)
    podTerms(
      "podAntiAffinity", affinity.requiredPodAntiAffinity, affinity.preferredPodAntiAffinity)
  }

  private mutating func nodeAffinity(_ affinity: Affinity) {
    objects(preferred, affinity.preferredNodeTerms) { item, json in
      json.field("preference", object: { $0.nodeTerm(item.term) })
      json.field("weight", item.weight)
    }
    if let terms = affinity.requiredNodeTerms {
      field(required, object: { $0.objects("nodeSelectorTerms", terms) { $1.nodeTerm($0) } })
    }
  }

  private mutating func nodeTerm(_ term: NodeSelectorTerm) {
    requirements("matchExpressions", term.matchExpressions)
    requirements("matchFields", term.matchFields)
  }

  private mutating func podTerms(
    _ name: String, _ hard: [PodAffinityTerm], _ soft: [WeightedPodAffinityTerm]
  ) {
    guard !hard.isEmpty || !soft.isEmpty else { return }
    field(
      name,
      object: { json in
        json.objects(preferred, soft) { item, json in
          json.field("podAffinityTerm", object: { $0.podTerm(item.term) })
          json.field("weight", item.weight)
        }
        json.objects(required, hard) { $1.podTerm($0) }
      })
  }

  private mutating func podTerm(_ term: PodAffinityTerm) {
    selector("labelSelector", term.labelSelector)
    strings("matchLabelKeys", term.matchLabelKeys)
    strings("mismatchLabelKeys", term.mismatchLabelKeys)
    selector("namespaceSelector", term.namespaceSelector)
    strings("namespaces", term.namespaces)
    field("topologyKey", term.topologyKey)
  }

  mutating func spread(_ constraint: TopologySpreadConstraint) {
    selector("labelSelector", constraint.labelSelector)
    strings("matchLabelKeys", constraint.matchLabelKeys)
    field("maxSkew", constraint.maxSkew)
    optional("minDomains", constraint.minDomains)
    if constraint.nodeAffinityPolicy != .honor {
      field("nodeAffinityPolicy", constraint.nodeAffinityPolicy.rawValue)
    }
    if constraint.nodeTaintsPolicy != .ignore {
      field("nodeTaintsPolicy", constraint.nodeTaintsPolicy.rawValue)
    }
    field("topologyKey", constraint.topologyKey)
    field("whenUnsatisfiable", constraint.whenUnsatisfiable.rawValue)
  }
}
