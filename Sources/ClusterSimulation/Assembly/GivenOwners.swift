import KubeControllers
import KubernetesObjects

/// Who owns whom among the objects of a dump, by name: identities of a dump may be left out or
/// belong to an object that was applied anew.
struct GivenOwners {
  /// Looked up by kind, namespace and name, never walked.
  private var owners: [Key: Owner] = [:]
  /// Whom some object names as its owner.
  private var wanted: Set<Key> = []

  private struct Key: Hashable {
    var kind: OwnerKind
    var namespace: String
    var name: String
  }

  private struct Owner {
    var uid: UID
    /// A DaemonSet's generation as its pods bear it, and the hash by which ours tells them apart.
    var generation: String?
    var hash: String?
  }

  /// The objects with every reference to an owner that is among them set to its identity.
  ///
  /// An owner without one gets it; the order of the objects does not matter.
  static func resolve(
    _ objects: [ManifestObject], identifiers: inout IdentifierSource
  ) -> [ManifestObject] {
    var names = GivenOwners()
    for object in objects {
      guard let owner = object.metadata.owner else { continue }
      names.wanted.insert(
        Key(kind: owner.kind, namespace: object.metadata.namespace, name: owner.name))
    }
    if names.wanted.isEmpty { return objects }
    let noted = objects.map { names.noted($0, &identifiers) }
    return noted.map(names.referring)
  }

  private mutating func noted(
    _ object: ManifestObject, _ identifiers: inout IdentifierSource
  ) -> ManifestObject {
    switch object {
    case .deployment(var deployment):
      note(.deployment, &deployment.metadata, &identifiers)
      return .deployment(deployment)
    case .replicaSet(var set):
      note(.replicaSet, &set.metadata, &identifiers)
      return .replicaSet(set)
    case .daemonSet(var set):
      note(.daemonSet, &set.metadata, &identifiers, template: set.template.value)
      return .daemonSet(set)
    default: return object
    }
  }

  private func referring(_ object: ManifestObject) -> ManifestObject {
    switch object {
    case .replicaSet(var set):
      refer(&set.metadata)
      return .replicaSet(set)
    case .pod(var pod):
      refer(&pod.metadata)
      return .pod(pod)
    default: return object
    }
  }

  private mutating func note(
    _ kind: OwnerKind, _ metadata: inout ObjectMeta, _ identifiers: inout IdentifierSource,
    template: PodTemplate? = nil
  ) {
    let key = Key(kind: kind, namespace: metadata.namespace, name: metadata.name)
    // The first of a name is the one that is stored.
    guard wanted.contains(key), owners[key] == nil else { return }
    if metadata.uid == UID() { metadata.uid = identifiers.nextUID() }
    owners[key] = Owner(
      uid: metadata.uid,
      generation: metadata.annotations["deprecated.daemonset.template.generation"],
      hash: template.map { PodTemplateHash.of($0) })
  }

  private func refer(_ metadata: inout ObjectMeta) {
    guard let owner = metadata.owner,
      let found = owners[
        Key(kind: owner.kind, namespace: metadata.namespace, name: owner.name)]
    else { return }
    metadata.owner?.uid = found.uid
    // The dump's revision hash is of an object that is not in it. A pod of the present generation
    // is up to date.
    if let hash = found.hash {
      let generation = metadata.labels["pod-template-generation"]
      if generation == nil || found.generation == nil || generation == found.generation {
        metadata.labels[WellKnownLabel.controllerRevisionHash] = hash
      }
    }
  }
}
