import KubernetesObjects

/// The part of a spec that decides, from a node's own facts alone, whether a pod may stand there.
///
/// Pods with equal shapes share their cached verdicts.
struct PlacementShape: Sendable, Hashable {
  var nodeName: String?
  var nodeSelector: Labels
  var requiredTerms: [NodeSelectorTerm]?
  var preferredTerms: [PreferredNodeTerm]
  var tolerations: [Toleration]
  var isBestEffort: Bool

  init(_ blueprint: PodBlueprint) {
    let spec = blueprint.spec
    nodeName = spec.nodeName
    nodeSelector = spec.nodeSelector
    requiredTerms = spec.affinity?.requiredNodeTerms
    preferredTerms = spec.affinity?.preferredNodeTerms ?? []
    tolerations = spec.tolerations
    isBestEffort = blueprint.qosClass == .bestEffort
  }

  /// Whether the selector and the required terms admit a node: `GetRequiredNodeAffinity` of
  /// component-helpers `nodeaffinity` 1.36.
  func admits(labels: Labels, name: String) -> Bool {
    if !nodeSelector.isEmpty, !labels.contains(nodeSelector) { return false }
    guard let requiredTerms else { return true }
    return requiredTerms.contains { $0.matches(labels: labels, name: name) }
  }

  func tolerates(_ taint: Taint) -> Bool { tolerations.contains { $0.tolerates(taint) } }

  /// The first NoSchedule or NoExecute taint that nothing tolerates.
  func untoleratedTaint(among taints: [Taint]) -> Taint? {
    taints.first { $0.effect != .preferNoSchedule && !tolerates($0) }
  }

  /// The names of the only nodes that could do, if the required terms name them; nil otherwise.
  ///
  /// Every alternative has to name a node: NodeAffinity `PreFilter` 1.36.
  var namedNodes: [String]? {
    guard let requiredTerms, !requiredTerms.isEmpty else { return nil }
    var names: [String] = []
    for term in requiredTerms {
      var allowed: [String]?
      for field in term.matchFields
      where field.key == "metadata.name" && field.operator == .in {
        allowed = allowed.map { $0.filter(field.values.contains) } ?? field.values
      }
      guard let allowed else { return nil }
      for name in allowed where !names.contains(name) { names.append(name) }
    }
    return names
  }
}

extension NodeSelectorTerm {
  /// A term that asks for nothing matches nothing.
  func matches(labels: Labels, name: String) -> Bool {
    if matchExpressions.isEmpty && matchFields.isEmpty { return false }
    return matchExpressions.allSatisfy { $0.matches(labels) }
      && matchFields.allSatisfy { $0.key == "metadata.name" && $0.matches([$0.key: name]) }
  }
}
