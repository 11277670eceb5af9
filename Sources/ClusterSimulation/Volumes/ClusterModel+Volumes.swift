import ClusterState
import KubeScheduler
import KubernetesObjects

// Claims and their volumes: what admission, the volume controller and the makers of volumes do, all
// in the instant of the write.
extension ClusterModel {
  /// Stores a claim, a volume or what makes volumes, and binds what can be bound at once.
  mutating func apply(
    _ object: StorageObject, in context: inout ClusterContext
  ) throws(Refusal) {
    try write(.putStorage(object), in: &context)
    switch object {
    case .claim(let claim): try settle(claim, in: &context)
    // Claims wait for a class or a volume as long as it takes, whatever the order of the objects.
    case .volume, .storageClass:
      for claim in cluster.persistentVolumeClaims { try settle(claim, in: &context) }
    case .csiNode: break
    }
  }

  /// Gives a claim the default class if it has none, and a volume if it is not to wait for a pod.
  private mutating func settle(
    _ claim: PersistentVolumeClaim, in context: inout ClusterContext
  ) throws(Refusal) {
    if claim.isBound { return }
    var claim = claim
    if claim.storageClassName == nil, claim.volumeName == nil,
      let standard = cluster.storageClasses.forClaimsWithout
    {
      claim.storageClassName = standard.metadata.name
      try write(.putStorage(.claim(claim)), in: &context)
    }
    let maker = cluster.storageClasses.first { $0.metadata.name == claim.storageClassName }
    if claim.volumeName == nil, maker?.bindingMode == .waitForFirstConsumer { return }
    if let found = cluster.persistentVolumes.candidates(for: claim).first(where: {
      claim.volumeName == nil || $0.metadata.name == claim.volumeName
    }) {
      try bind(claim, to: found, in: &context)
    } else if claim.volumeName == nil, let maker, maker.provisions {
      let volume = PersistentVolume(for: claim, by: maker, zone: drawZone(for: maker))
      try bind(claim, to: volume, in: &context)
    }
  }

  /// The claims of a new pod's ephemeral volumes.
  mutating func createClaims(of pod: Pod, in context: inout ClusterContext) throws(Refusal) {
    for volume in pod.spec.value.spec.volumes {
      guard case .ephemeral(let template) = volume.source else { continue }
      let claim = PersistentVolumeClaim(
        for: pod.metadata.name, namespace: pod.metadata.namespace, volume: volume.name, template)
      try apply(.claim(claim), in: &context)
    }
  }

  /// Gives the claims that waited for this pod their volumes.
  mutating func bindVolumes(
    of pod: PodRef, on node: NodeIndex, in context: inout ClusterContext
  ) {
    let assignment = scheduler.snapshot.volumeAssignment(of: pod, on: node)
    if assignment.isEmpty { return }
    scheduler.snapshot.assume(assignment)
    for binding in assignment.bindings {
      _ = try? write(.putStorage(.volume(binding.volume)), in: &context)
      _ = try? write(.putStorage(.claim(binding.claim)), in: &context)
    }
  }

  private mutating func bind(
    _ claim: PersistentVolumeClaim, to volume: PersistentVolume,
    in context: inout ClusterContext
  ) throws(Refusal) {
    let bound = volume.bound(to: claim)
    try write(.putStorage(.volume(bound.volume)), in: &context)
    try write(.putStorage(.claim(bound.claim)), in: &context)
  }

  // Nobody has said where the claim's pods will be: any zone with nodes is as good.
  private mutating func drawZone(for maker: StorageClass) -> String? {
    var zones: [String] = []
    cluster.nodes.forEach { _, node in
      let labels = node.metadata.labels
      if let zone = labels[WellKnownLabel.zone], maker.admits(labels), !zones.contains(zone) {
        zones.append(zone)
      }
    }
    return zones.isEmpty ? nil : zones.sorted()[streams.volumeZone(of: zones.count)]
  }
}
