import ClusterState
import KubernetesObjects

/// Admitted specs by the template they came from, so that all pods of a template share one.
///
/// Looked up by identity, never walked; an entry keeps its template alive, so an identity cannot be
/// given to another.
struct BlueprintCache: Sendable {
  private var entries: [Key: Entry] = [:]

  private struct Key: Hashable, Sendable {
    var template: ObjectIdentifier
    var namespace: String
  }

  private struct Entry: Sendable {
    var template: Shared<PodTemplate>
    var blueprint: Shared<PodBlueprint>
  }

  /// To be called when something changes what admission does.
  mutating func invalidate() { entries.removeAll() }

  mutating func blueprint(for owned: OwnedPod) throws(Refusal) -> Shared<PodBlueprint> {
    if owned.onlyNode != nil { return Shared(PodBlueprint(Self.daemonSpec(owned))) }
    let key = Key(template: owned.template.identity, namespace: owned.namespace)
    if let entry = entries[key] { return entry.blueprint }
    let blueprint = Shared(PodBlueprint(owned.template.value.spec))
    entries[key] = Entry(template: owned.template, blueprint: blueprint)
    return blueprint
  }

  // A DaemonSet's pod names its node by a required node affinity on metadata.name, and the default
  // scheduler places it ([36] `pkg/controller/daemon/util/daemonset_util.go`).
  private static func daemonSpec(_ owned: OwnedPod) -> PodSpec {
    var spec = owned.template.value.spec
    spec.tolerations += owned.extraTolerations.filter { !spec.tolerations.contains($0) }
    let name = LabelRequirement(
      key: "metadata.name", operator: .in, values: [owned.onlyNode ?? ""])
    var affinity = spec.affinity ?? Affinity()
    let terms = affinity.requiredNodeTerms ?? [NodeSelectorTerm()]
    affinity.requiredNodeTerms = terms.map {
      NodeSelectorTerm(matchExpressions: $0.matchExpressions, matchFields: [name])
    }
    spec.affinity = affinity
    return spec
  }
}
