import KubernetesObjects

/// Keeps two pods from one EBS volume on a node, and from one claim that only one pod may use
/// (`plugins/volumerestrictions` 1.36).
struct VolumeRestrictions: RowFilterPlugin {
  let name = PluginName.volumeRestrictions

  func prepare(_ cycle: inout CycleState, _ snapshot: inout SchedulerSnapshot) -> Bool {
    let volumes = snapshot.classes.classes[Int(cycle.podClass)].volumes
    if volumes.isEmpty { return false }
    cycle.volumes.takenClaims = 0
    var hasDisk = false
    for volume in volumes {
      switch volume {
      case .disk: hasDisk = true
      case .claim(let key, let isEphemeral):
        if isEphemeral { continue }
        guard let claim = snapshot.storage.claims[key] else {
          cycle.refuse(name, "persistentvolumeclaim \"\(key.name)\" not found")
          return true
        }
        if claim.accessModes.contains(.readWriteOncePod), snapshot.storage.uses[key] ?? 0 > 0 {
          cycle.volumes.takenClaims += 1
        }
      }
    }
    return hasDisk || cycle.volumes.takenClaims > 0
  }

  func verdict(
    ofRow row: Int, _ cycle: CycleState, _ snapshot: SchedulerSnapshot, _ pod: PodClass
  ) -> FailureReasons {
    for case .disk(let id) in pod.volumes {
      for count in snapshot.rows[row].classCounts
      where snapshot.classes.classes[Int(count.podClass)].volumes.contains(.disk(id: id)) {
        return .diskConflict
      }
    }
    return cycle.volumes.takenClaims > 0 ? .claimTaken : []
  }
}
