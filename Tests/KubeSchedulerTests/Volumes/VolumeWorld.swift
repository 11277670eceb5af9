import KubernetesObjects

@testable import KubeScheduler

/// Two zones with a node each, and pods with volumes.
struct VolumeWorld {
  var snapshot = SchedulerSnapshot([
    makeNode("a", zone: "z1"), makeNode("b", zone: "z2"),
  ])

  /// A claim of 10 GiB, bound if a volume is named.
  mutating func claim(
    _ name: String, volume: String? = nil, storageClass: String? = nil,
    modes: [AccessMode] = [.readWriteOnce], gibibytes: Int64 = 10,
    _ adjust: (inout PersistentVolumeClaim) -> Void = { _ in }
  ) {
    var claim = PersistentVolumeClaim(
      metadata: ObjectMeta(name: name), request: Quantity(value: gibibytes << 30))
    claim.volumeName = volume
    claim.isBound = volume != nil
    claim.storageClassName = storageClass
    claim.accessModes = modes
    adjust(&claim)
    snapshot.setClaim(claim)
  }

  /// A volume that can be reached from one zone, or from everywhere.
  mutating func volume(
    _ name: String, zone: String? = nil, gibibytes: Int64 = 10, storageClass: String = "",
    _ adjust: (inout PersistentVolume) -> Void = { _ in }
  ) {
    var volume = PersistentVolume(
      metadata: ObjectMeta(name: name, namespace: ""),
      capacity: Quantity(value: gibibytes << 30),
      source: .csi(driver: "ebs.csi.aws.com", handle: "vol-\(name)"))
    volume.accessModes = [.readWriteOnce]
    volume.storageClassName = storageClass
    if let zone {
      volume.nodeAffinity = [
        NodeSelectorTerm(matchExpressions: [
          LabelRequirement(key: WellKnownLabel.zone, operator: .in, values: [zone])
        ])
      ]
    }
    adjust(&volume)
    snapshot.setVolume(volume)
  }

  mutating func storageClass(
    _ name: String, _ mode: StorageClass.BindingMode = .waitForFirstConsumer,
    provisioner: String = "ebs.csi.aws.com", topologies: [[StorageClass.TopologyRequirement]] = []
  ) {
    var made = StorageClass(
      metadata: ObjectMeta(name: name, namespace: ""), provisioner: provisioner)
    made.bindingMode = mode
    made.allowedTopologies = topologies
    snapshot.setStorageClass(made)
  }

  /// The nodes that do for a pod with claims, and why the others do not.
  mutating func decide(
    _ pod: PodRef, _ profile: SchedulerProfile = .kubernetes1_36
  ) -> (feasible: [String], reasons: [String: [String]], message: String) {
    var cycle = SchedulingCycle(profile: profile)
    let decision = cycle.decide(pod, in: &snapshot, detail: .tables)
    return (
      snapshot.names(decision.feasible), decision.reasons(snapshot, profile),
      decision.diagnosis?.message ?? ""
    )
  }
}

/// A pod that mounts claims of its namespace.
func podWithClaims(
  _ names: String..., key: UInt32 = 9, cpu: Int64? = nil, priority: Int32? = nil
) -> PodRef {
  makePod(
    key,
    makeSpec(cpu: cpu) { spec in
      spec.volumes = names.map { Volume(name: $0, source: .persistentVolumeClaim(name: $0)) }
      spec.priority = priority
    })
}
