import ClusterState
import KubeAPIServer
import KubernetesObjects

/// Admitted specs by the template they came from, so that all pods of a template share one.
///
/// Looked up by identity, never walked; an entry keeps its template alive, so an identity cannot be
/// given to another.
struct BlueprintCache: Sendable {
  private var entries: [Key: Entry] = [:]
  /// The same of specs that many pods share without a template.
  private var shared: [Key: (spec: Shared<PodBlueprint>, admitted: Admitted)] = [:]

  private struct Key: Hashable, Sendable {
    var template: ObjectIdentifier
    var namespace: String
  }

  private struct Entry: Sendable {
    var template: Shared<PodTemplate>
    var admitted: Admitted
  }

  /// A spec as the API server stores it, and the annotations that admission adds.
  struct Admitted: Sendable {
    var blueprint: Shared<PodBlueprint>
    var annotations: Labels
  }

  /// To be called when something changes what admission does.
  mutating func invalidate() {
    entries.removeAll()
    shared.removeAll()
  }

  /// What was admitted for a spec that many pods share; nil if none of them came yet.
  func admitted(sharing spec: Shared<PodBlueprint>, in namespace: String) -> Admitted? {
    shared[Key(template: spec.identity, namespace: namespace)]?.admitted
  }

  /// The admitted spec of a pod whose spec others share; what admission refuses is thrown.
  mutating func admit(
    sharing spec: Shared<PodBlueprint>, named name: String, in namespace: String,
    _ policies: AdmissionPolicies
  ) throws(Refusal) -> Admitted {
    let admitted = try Self.admit(spec.value.spec, name, namespace, policies)
    shared[Key(template: spec.identity, namespace: namespace)] = (spec, admitted)
    return admitted
  }

  /// The admitted spec of a pod to be made; what admission refuses is thrown.
  mutating func admit(
    _ owned: OwnedPod, named name: String, _ policies: AdmissionPolicies
  ) throws(Refusal) -> Admitted {
    if owned.onlyNode != nil {
      return try Self.admit(Self.daemonSpec(owned), name, owned.namespace, policies)
    }
    let key = Key(template: owned.template.identity, namespace: owned.namespace)
    if let entry = entries[key] { return entry.admitted }
    let admitted = try Self.admit(
      owned.template.value.spec, name, owned.namespace, policies)
    entries[key] = Entry(template: owned.template, admitted: admitted)
    return admitted
  }

  static func admit(
    _ spec: PodSpec, _ name: String, _ namespace: String, _ policies: AdmissionPolicies
  ) throws(Refusal) -> Admitted {
    do throws(APIError) {
      let admitted = try Admission.admit(
        spec, named: name, namespace: namespace, policies: policies)
      return Admitted(
        blueprint: Shared(PodBlueprint(admitted.spec)), annotations: admitted.annotations)
    } catch {
      throw .refused(code: error.code, reason: error.reason.rawValue, message: error.message)
    }
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
