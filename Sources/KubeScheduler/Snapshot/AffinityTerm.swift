import KubernetesObjects

/// A pod affinity term with its owner's namespace and label keys filled in.
struct AffinityTerm: Sendable, Hashable {
  var topologyKey: String
  /// Nil matches nothing.
  var selector: LabelSelector?
  var namespaces: [String]
  var namespaceSelector: LabelSelector?

  /// Follows `newAffinityTerm` and the API server's merging of `matchLabelKeys` 1.36.
  init(_ term: PodAffinityTerm, namespace: String, labels: Labels) {
    topologyKey = term.topologyKey
    selector = term.labelSelector
    namespaces = term.namespaces.sorted()
    namespaceSelector = term.namespaceSelector
    if namespaces.isEmpty && namespaceSelector == nil { namespaces = [namespace] }
    for key in term.matchLabelKeys {
      guard let value = labels[key] else { continue }
      selector?.matchExpressions.append(
        LabelRequirement(key: key, operator: .in, values: [value]))
    }
    for key in term.mismatchLabelKeys {
      guard let value = labels[key] else { continue }
      selector?.matchExpressions.append(
        LabelRequirement(key: key, operator: .notIn, values: [value]))
    }
  }

  func matches(namespace: String, labels: Labels, namespaceLabels: Labels) -> Bool {
    guard let selector else { return false }
    guard
      namespaces.contains(namespace)
        || (namespaceSelector.map { $0.matches(namespaceLabels) } ?? false)
    else { return false }
    return selector.matches(labels)
  }
}

struct PreferredAffinity: Sendable, Hashable {
  var term: AffinityTerm
  /// Negative for anti-affinity.
  var weight: Int32
}
