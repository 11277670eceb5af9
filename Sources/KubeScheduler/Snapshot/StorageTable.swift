public import KubernetesObjects

/// The volumes, claims, classes and drivers that bear on where pods with volumes may stand.
struct StorageTable: Sendable {
  private(set) var claims: [ClaimKey: PersistentVolumeClaim] = [:]
  private(set) var volumes: [String: PersistentVolume] = [:]
  /// In byte order: a search for a volume must not depend on a table's.
  private(set) var volumeNames: [String] = []
  var classes: [String: StorageClass] = [:]
  var nodes: [String: CSINode] = [:]
  /// How many placed pods use a claim.
  private(set) var uses: [ClaimKey: Int32] = [:]

  mutating func set(_ claim: PersistentVolumeClaim) {
    claims[ClaimKey(namespace: claim.metadata.namespace, name: claim.metadata.name)] = claim
  }

  mutating func removeClaim(_ key: ClaimKey) { claims[key] = nil }

  mutating func set(_ volume: PersistentVolume) {
    let name = volume.metadata.name
    if volumes.updateValue(volume, forKey: name) == nil {
      volumeNames.insert(name, at: place(of: name))
    }
  }

  mutating func removeVolume(named name: String) {
    if volumes.removeValue(forKey: name) != nil { volumeNames.remove(at: place(of: name)) }
  }

  mutating func count(_ pod: PodClass, by change: Int32) {
    for volume in pod.volumes {
      guard case .claim(let key, _) = volume else { continue }
      let count = (uses[key] ?? 0) + change
      uses[key] = count > 0 ? count : nil
    }
  }

  /// The first place whose name is not before `name`.
  private func place(of name: String) -> Int {
    var (low, high) = (0, volumeNames.count)
    while low < high {
      let middle = (low + high) / 2
      if volumeNames[middle].utf8.lexicographicallyPrecedes(name.utf8) {
        low = middle + 1
      } else {
        high = middle
      }
    }
    return low
  }
}

/// A claim's identity.
struct ClaimKey: Sendable, Hashable {
  var namespace: String
  var name: String
}

/// A volume of a pod that some node may not be able to give it.
enum PodVolume: Sendable, Hashable {
  /// By a claim, which for an ephemeral volume is the pod's own.
  case claim(ClaimKey, isEphemeral: Bool)
  /// An EBS volume named in the pod itself.
  case disk(id: String)

  /// The volumes of a spec that bear on placement.
  static func volumes(of pod: PodRef) -> [PodVolume] {
    pod.spec.value.spec.volumes.compactMap { volume in
      switch volume.source {
      case .persistentVolumeClaim(let name):
        .claim(ClaimKey(namespace: pod.namespace, name: name), isEphemeral: false)
      case .ephemeral:
        .claim(
          ClaimKey(
            namespace: pod.namespace,
            name: PersistentVolumeClaim.name(of: volume.name, in: pod.name)), isEphemeral: true)
      case .awsElasticBlockStore(let id): .disk(id: id)
      case .emptyDir, .hostPath, .other: nil
      }
    }
  }
}

extension SchedulerSnapshot {
  /// Adds or changes a claim.
  public mutating func setClaim(_ claim: PersistentVolumeClaim) {
    version &+= 1
    storage.set(claim)
  }

  public mutating func removeClaim(namespace: String, name: String) {
    version &+= 1
    storage.removeClaim(ClaimKey(namespace: namespace, name: name))
  }

  /// Adds or changes a volume.
  public mutating func setVolume(_ volume: PersistentVolume) {
    version &+= 1
    storage.set(volume)
  }

  public mutating func removeVolume(named name: String) {
    version &+= 1
    storage.removeVolume(named: name)
  }

  /// Adds or changes a class of volumes.
  public mutating func setStorageClass(_ storageClass: StorageClass) {
    version &+= 1
    storage.classes[storageClass.metadata.name] = storageClass
  }

  /// Adds or changes what a node's storage drivers can attach.
  public mutating func setCSINode(_ node: CSINode) {
    version &+= 1
    storage.nodes[node.metadata.name] = node
  }
}
