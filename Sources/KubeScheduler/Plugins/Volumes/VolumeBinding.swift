import KubernetesObjects

/// Holds pods to the nodes that reach their volumes, or where volumes can be found or made
/// (`plugins/volumebinding` 1.36).
struct VolumeBinding: RowFilterPlugin {
  let name = PluginName.volumeBinding

  func prepare(_ cycle: inout CycleState, _ snapshot: inout SchedulerSnapshot) -> Bool {
    let volumes = snapshot.classes.classes[Int(cycle.podClass)].volumes
    if volumes.isEmpty { return false }
    cycle.volumes.bound = []
    cycle.volumes.waiting = []
    var claims: [PersistentVolumeClaim] = []
    for case .claim(let key, let isEphemeral) in volumes {
      guard let claim = snapshot.storage.claims[key] else {
        refuse(
          isEphemeral
            ? "waiting for ephemeral volume controller to create the persistentvolumeclaim "
              + "\"\(key.name)\""
            : "persistentvolumeclaim \"\(key.name)\" not found", &cycle)
        return true
      }
      if claim.phase == .lost {
        refuse(
          "persistentvolumeclaim \"\(key.name)\" bound to non-existent persistentvolume "
            + "\"\(claim.volumeName ?? "")\"", &cycle)
        return true
      }
      if claim.metadata.isTerminating {
        refuse("persistentvolumeclaim \"\(key.name)\" is being deleted", &cycle)
        return true
      }
      claims.append(claim)
    }
    if claims.isEmpty { return false }
    for claim in claims { ask(for: claim, snapshot.storage, &cycle) }
    let waiting = cycle.volumes.waiting
    cycle.volumes.waiting = waiting.enumerated().sorted {
      $0.element.claim.request != $1.element.claim.request
        ? $0.element.claim.request < $1.element.claim.request : $0.offset < $1.offset
    }.map(\.element)
    return true
  }

  private func ask(
    for claim: PersistentVolumeClaim, _ storage: StorageTable, _ cycle: inout CycleState
  ) {
    if claim.isBound, let name = claim.volumeName {
      cycle.volumes.bound.append(storage.volumes[name])
    } else if storage.waitsForConsumer(claim) {
      let maker = storage.classes[claim.storageClassName ?? ""]
      cycle.volumes.waiting.append(
        VolumeDemand.WaitingClaim(
          claim: claim, candidates: storage.candidates(for: claim),
          maker: maker?.provisions == true ? maker : nil))
    } else {
      refuse("pod has unbound immediate PersistentVolumeClaims", &cycle)
    }
  }

  private func refuse(_ message: String, _ cycle: inout CycleState) {
    cycle.refuse(name, message)
  }

  func verdict(
    ofRow row: Int, _ cycle: CycleState, _ snapshot: SchedulerSnapshot, _ pod: PodClass
  ) -> FailureReasons {
    let node = snapshot.rows[row]
    var reasons = FailureReasons()
    // The first claim that is out of reach decides.
    for volume in cycle.volumes.bound {
      if volume?.reaches(node.labels) == true { continue }
      reasons.insert(volume == nil ? .noSuchVolume : .volumeNodeAffinity)
      break
    }
    if Self.match(cycle.volumes.waiting, node) == nil { reasons.insert(.noVolumeToBind) }
    if !reasons.isEmpty { reasons.insert(.unresolvable) }
    return reasons
  }

  /// What each waiting claim would get on a node: a volume that is there, or nil for one that is
  /// to be made; nil for the whole if one can get nothing.
  static func match(
    _ waiting: [VolumeDemand.WaitingClaim], _ node: NodeRow
  ) -> [PersistentVolume?]? {
    var chosen: [PersistentVolume?] = []
    var names: Set<String> = []
    for part in waiting {
      if let selected = part.claim.selectedNode {
        if selected != node.name { return nil }
      } else if let found = part.candidates.first(where: {
        !names.contains($0.metadata.name) && $0.reaches(node.labels)
      }) {
        names.insert(found.metadata.name)
        chosen.append(found)
        continue
      }
      guard let maker = part.maker, maker.admits(node.labels) else { return nil }
      chosen.append(nil)
    }
    return chosen
  }
}
