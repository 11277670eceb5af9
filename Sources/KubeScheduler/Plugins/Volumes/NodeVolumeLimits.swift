import KubernetesObjects

/// Keeps pods off nodes that can attach no more volumes (`plugins/nodevolumelimits/csi.go` 1.36).
struct NodeVolumeLimits: RowFilterPlugin {
  let name = PluginName.nodeVolumeLimits

  /// EBS volumes that are named in the old way are the CSI driver's.
  private static let ebsDriver = "ebs.csi.aws.com"

  /// A volume as a node's attach limit counts it.
  private struct Attachment: Hashable {
    var driver: String
    var handle: String
  }

  func prepare(_ cycle: inout CycleState, _ snapshot: inout SchedulerSnapshot) -> Bool {
    !snapshot.classes.classes[Int(cycle.podClass)].volumes.isEmpty
  }

  func verdict(
    ofRow row: Int, _ cycle: CycleState, _ snapshot: SchedulerSnapshot, _ pod: PodClass
  ) -> FailureReasons {
    let node = snapshot.rows[row]
    guard let drivers = snapshot.storage.nodes[node.name]?.drivers else { return [] }
    var wanted = Set(pod.volumes.compactMap { Self.attachment($0, snapshot.storage) })
    if wanted.isEmpty { return [] }
    var attached: Set<Attachment> = []
    for count in node.classCounts {
      for volume in snapshot.classes.classes[Int(count.podClass)].volumes {
        if let found = Self.attachment(volume, snapshot.storage) { attached.insert(found) }
      }
    }
    wanted.subtract(attached)
    for driver in drivers {
      guard let limit = driver.attachLimit else { continue }
      let new = wanted.count { $0.driver == driver.name }
      if new > 0, attached.count(where: { $0.driver == driver.name }) + new > limit {
        return .tooManyVolumes
      }
    }
    return []
  }

  /// Nil: nothing that is attached, or not yet known to be.
  private static func attachment(_ volume: PodVolume, _ storage: StorageTable) -> Attachment? {
    switch volume {
    case .disk(let id): return Attachment(driver: ebsDriver, handle: id)
    case .claim(let key, _):
      guard let claim = storage.claims[key] else { return nil }
      if let name = claim.volumeName, let found = storage.volumes[name] {
        switch found.source {
        case .csi(let driver, let handle): return Attachment(driver: driver, handle: handle)
        case .awsElasticBlockStore(let id): return Attachment(driver: ebsDriver, handle: id)
        case .other: return nil
        }
      }
      // A volume that is still to be made counts by its claim.
      guard let maker = storage.classes[claim.storageClassName ?? ""] else { return nil }
      return Attachment(driver: maker.driver, handle: "\(key.namespace)/\(key.name)")
    }
  }
}
