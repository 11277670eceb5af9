import KubernetesObjects

/// What a pod's volumes ask of a node, worked out once a cycle.
struct VolumeDemand: Sendable {
  /// The volumes of claims that are bound, claim by claim; nil where the volume is not there.
  var bound: [PersistentVolume?] = []
  /// The claims that wait for the pod to be placed, the smallest first.
  var waiting: [WaitingClaim] = []
  /// Labels that the volumes carry, and the values that a node may have for each.
  var zones: [ZoneLabel] = []
  /// How many claims that only one pod may use are in use already.
  var takenClaims = 0

  /// A claim without a volume yet.
  struct WaitingClaim: Sendable {
    var claim: PersistentVolumeClaim
    /// The volumes that would do but for the node, the smallest first.
    var candidates: [PersistentVolume]
    /// What makes volumes for it; nil if nothing does.
    var maker: StorageClass?
  }

  struct ZoneLabel: Sendable, Hashable {
    var key: String
    var values: [String]
  }
}

extension StorageTable {
  /// The volumes that suit a claim, the best first.
  func candidates(for claim: PersistentVolumeClaim) -> [PersistentVolume] {
    volumeNames.compactMap { volumes[$0] }.candidates(for: claim)
  }

  /// Whether a claim gets its volume only once its first pod has a node: `IsDelayBindingMode`.
  func waitsForConsumer(_ claim: PersistentVolumeClaim) -> Bool {
    claim.volumeName == nil
      && classes[claim.storageClassName ?? ""]?.bindingMode == .waitForFirstConsumer
  }
}
