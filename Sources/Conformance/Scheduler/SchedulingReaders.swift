import Documents
import KubernetesObjects

/// Reads the parts of native Kubernetes JSON that recordings of the scheduler hold.
enum SchedulingReaders {
  static func labels(_ cursor: DocumentCursor?) -> Labels {
    guard let cursor else { return [:] }
    return Labels(cursor.entries().compactMap { key, value in value.string().map { (key, $0) } })
  }

  static func strings(_ cursor: DocumentCursor?) -> [String] {
    cursor?.elements().compactMap { $0.string() } ?? []
  }

  static func resources(_ cursor: DocumentCursor?) -> ResourceList {
    var list = ResourceList()
    for (name, value) in cursor?.entries() ?? [] {
      guard let text = value.string() else { continue }
      if let quantity = try? Quantity(parsing: text) {
        if quantity.sign < 0 { value.error("'\(text)' is negative") }
        list[name] = quantity
      } else {
        value.error("'\(text)' is not a quantity")
      }
    }
    return list
  }

  // MARK: Nodes

  static func taint(_ cursor: DocumentCursor) -> Taint? {
    guard let key = cursor.required("key")?.string(),
      let effect = cursor.required("effect")?.word(Taint.Effect.self)
    else { return nil }
    return Taint(key: key, value: cursor.field("value")?.string() ?? "", effect: effect)
  }

  static func image(_ cursor: DocumentCursor) -> ContainerImage {
    ContainerImage(
      names: strings(cursor.field("names")), sizeBytes: cursor.field("sizeBytes")?.int() ?? 0)
  }

  // MARK: Pods

  static func toleration(_ cursor: DocumentCursor) -> Toleration {
    Toleration(
      key: cursor.field("key")?.string() ?? "",
      operator: cursor.field("operator")?.word(Toleration.Operator.self) ?? .equal,
      value: cursor.field("value")?.string() ?? "",
      effect: cursor.field("effect")?.word(Taint.Effect.self),
      seconds: cursor.field("tolerationSeconds")?.int())
  }

  static func selector(_ cursor: DocumentCursor?) -> LabelSelector? {
    guard let cursor else { return nil }
    return LabelSelector(
      matchLabels: labels(cursor.field("matchLabels")),
      matchExpressions: requirements(cursor.field("matchExpressions")))
  }

  static func requirements(_ cursor: DocumentCursor?) -> [LabelRequirement] {
    cursor?.elements().compactMap { entry in
      guard let key = entry.required("key")?.string(),
        let word = entry.required("operator")?.word(LabelRequirement.Operator.self)
      else { return nil }
      return LabelRequirement(
        key: key, operator: word, values: strings(entry.field("values")))
    } ?? []
  }

  static func affinity(_ cursor: DocumentCursor?) -> Affinity? {
    guard let cursor else { return nil }
    var affinity = Affinity()
    let required = "requiredDuringSchedulingIgnoredDuringExecution"
    let preferred = "preferredDuringSchedulingIgnoredDuringExecution"
    if let node = cursor.field("nodeAffinity") {
      affinity.requiredNodeTerms = node.field(required)?.field("nodeSelectorTerms")?
        .elements().map(nodeTerm)
      affinity.preferredNodeTerms =
        node.field(preferred)?.elements().compactMap { entry in
          guard let weight = entry.required("weight")?.int(),
            let term = entry.required("preference")
          else { return nil }
          return PreferredNodeTerm(weight: weight, term: nodeTerm(term))
        } ?? []
    }
    if let pod = cursor.field("podAffinity") {
      affinity.requiredPodAffinity = pod.field(required)?.elements().compactMap(podTerm) ?? []
      affinity.preferredPodAffinity =
        pod.field(preferred)?.elements().compactMap(weightedTerm) ?? []
    }
    if let pod = cursor.field("podAntiAffinity") {
      affinity.requiredPodAntiAffinity =
        pod.field(required)?.elements().compactMap(podTerm) ?? []
      affinity.preferredPodAntiAffinity =
        pod.field(preferred)?.elements().compactMap(weightedTerm) ?? []
    }
    return affinity
  }

  private static func nodeTerm(_ cursor: DocumentCursor) -> NodeSelectorTerm {
    NodeSelectorTerm(
      matchExpressions: requirements(cursor.field("matchExpressions")),
      matchFields: requirements(cursor.field("matchFields")))
  }

  private static func podTerm(_ cursor: DocumentCursor) -> PodAffinityTerm? {
    guard let key = cursor.required("topologyKey")?.string() else { return nil }
    var term = PodAffinityTerm(
      labelSelector: selector(cursor.field("labelSelector")), topologyKey: key)
    term.namespaces = strings(cursor.field("namespaces"))
    term.namespaceSelector = selector(cursor.field("namespaceSelector"))
    term.matchLabelKeys = strings(cursor.field("matchLabelKeys"))
    term.mismatchLabelKeys = strings(cursor.field("mismatchLabelKeys"))
    return term
  }

  private static func weightedTerm(_ cursor: DocumentCursor) -> WeightedPodAffinityTerm? {
    guard let weight = cursor.required("weight")?.int(),
      let term = cursor.required("podAffinityTerm").flatMap(podTerm)
    else { return nil }
    return WeightedPodAffinityTerm(weight: weight, term: term)
  }

  static func spread(_ cursor: DocumentCursor) -> TopologySpreadConstraint? {
    guard let maxSkew = cursor.required("maxSkew")?.int(),
      let key = cursor.required("topologyKey")?.string(),
      let when = cursor.required("whenUnsatisfiable")?
        .word(TopologySpreadConstraint.WhenUnsatisfiable.self)
    else { return nil }
    var constraint = TopologySpreadConstraint(
      maxSkew: maxSkew, topologyKey: key, whenUnsatisfiable: when,
      labelSelector: selector(cursor.field("labelSelector")))
    constraint.minDomains = cursor.field("minDomains")?.int()
    constraint.matchLabelKeys = strings(cursor.field("matchLabelKeys"))
    typealias Policy = TopologySpreadConstraint.NodeInclusionPolicy
    constraint.nodeAffinityPolicy =
      cursor.field("nodeAffinityPolicy")?.word(Policy.self) ?? .honor
    constraint.nodeTaintsPolicy = cursor.field("nodeTaintsPolicy")?.word(Policy.self) ?? .ignore
    return constraint
  }
}
