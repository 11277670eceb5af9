// What the scheduler and the volume controller share of component-helpers `storage/volume` 1.36.
extension PersistentVolume {
  /// Whether a node with these labels reaches the volume (`CheckNodeAffinity`).
  public func reaches(_ labels: Labels) -> Bool {
    guard let nodeAffinity else { return true }
    // Only labels count: the name is no field of a volume's terms.
    return nodeAffinity.contains { term in
      !term.matchExpressions.isEmpty && term.matchExpressions.allSatisfy { $0.matches(labels) }
    }
  }

  /// Whether the volume is bound to the claim, or kept for it.
  public func isKept(for claim: PersistentVolumeClaim) -> Bool {
    self.claim
      == ClaimReference(namespace: claim.metadata.namespace, name: claim.metadata.name)
  }

  /// Whether it would do for a claim, nodes aside: large enough, of its class and mode, free or
  /// kept for it (`FindMatchingVolume`).
  public func suits(_ claim: PersistentVolumeClaim) -> Bool {
    guard capacity >= claim.request, volumeMode == claim.volumeMode, !metadata.isTerminating
    else { return false }
    if isKept(for: claim) { return true }
    return self.claim == nil && phase == .available
      && storageClassName == (claim.storageClassName ?? "")
      && claim.selector?.matches(metadata.labels) ?? true
      && claim.accessModes.allSatisfy(accessModes.contains)
  }

  /// The new volume that a claim is given: a disk of a cloud can be reached from the zone it was
  /// made in only, anything else from everywhere.
  public init(for claim: PersistentVolumeClaim, by maker: StorageClass, zone: String?) {
    let handle = "\(claim.metadata.namespace)-\(claim.metadata.name)"
    self.init(
      metadata: ObjectMeta(name: "pvc-\(handle)", namespace: ""), capacity: claim.request,
      source: .csi(driver: maker.driver, handle: handle))
    storageClassName = maker.metadata.name
    accessModes = claim.accessModes
    volumeMode = claim.volumeMode
    if maker.isZonal, let zone {
      nodeAffinity = [
        NodeSelectorTerm(matchExpressions: [
          LabelRequirement(key: WellKnownLabel.zone, operator: .in, values: [zone])
        ])
      ]
    }
  }

  /// This volume and the claim, bound to each other.
  public func bound(
    to claim: PersistentVolumeClaim
  ) -> (claim: PersistentVolumeClaim, volume: PersistentVolume) {
    var (claim, volume) = (claim, self)
    volume.claim = ClaimReference(namespace: claim.metadata.namespace, name: claim.metadata.name)
    volume.phase = .bound
    claim.volumeName = volume.metadata.name
    claim.isBound = true
    claim.phase = .bound
    return (claim, volume)
  }
}

extension [PersistentVolume] {
  /// The volumes that suit a claim: one that is kept for it alone, else the smallest first, those
  /// of one size in their order here.
  public func candidates(for claim: PersistentVolumeClaim) -> [PersistentVolume] {
    let suitable = filter { $0.suits(claim) }
    if let kept = suitable.first(where: { $0.isKept(for: claim) }) { return [kept] }
    return suitable.enumerated().sorted {
      $0.element.capacity != $1.element.capacity
        ? $0.element.capacity < $1.element.capacity : $0.offset < $1.offset
    }.map(\.element)
  }
}

extension StorageClass {
  private static let zonalDrivers: Set<String> = [
    "ebs.csi.aws.com", "ebs.csi.eks.amazonaws.com", "pd.csi.storage.gke.io",
    "kubernetes.io/gce-pd", "disk.csi.azure.com",
  ]

  /// The driver of the volumes it makes: the old EBS provisioner's work is the CSI driver's.
  public var driver: String {
    provisioner == "kubernetes.io/aws-ebs" ? "ebs.csi.aws.com" : provisioner
  }

  /// Whether its volumes stay in the zone they were made in.
  public var isZonal: Bool { Self.zonalDrivers.contains(driver) }
}

extension [StorageClass] {
  /// The class of claims that name none: the default one, of several the newest
  /// ([36] plugin/pkg/admission/storage/storageclass/setdefault).
  public var forClaimsWithout: StorageClass? {
    filter(\.isDefault).min { a, b in
      a.metadata.creationTime != b.metadata.creationTime
        ? a.metadata.creationTime > b.metadata.creationTime : a.metadata.name < b.metadata.name
    }
  }
}
