public import KubernetesObjects

/// What becomes of a pod's waiting claims once it has a node: the scheduler's half of binding
/// volumes (`AssumePodVolumes` 1.36), and what the volume's maker then does.
public struct VolumeAssignment: Sendable {
  /// The claims with the volume each gets.
  public var bindings: [(claim: PersistentVolumeClaim, volume: PersistentVolume)] = []

  public var isEmpty: Bool { bindings.isEmpty }
}

extension SchedulerSnapshot {
  /// What the claims of a pod that wait for a node get on this one; a volume that has to be made
  /// is made in the node's zone.
  public mutating func volumeAssignment(of pod: PodRef, on node: NodeIndex) -> VolumeAssignment {
    var state = CycleState()
    state.podClass = podClass(of: pod)
    var assignment = VolumeAssignment()
    guard VolumeBinding().prepare(&state, &self), state.refusal == nil else { return assignment }
    let waiting = state.volumes.waiting
    guard let volumes = VolumeBinding.match(waiting, rows[Int(node)]) else { return assignment }
    for (part, volume) in zip(waiting, volumes) {
      let zone = rows[Int(node)].labels[WellKnownLabel.zone]
      let made = part.maker.map { PersistentVolume(for: part.claim, by: $0, zone: zone) }
      if let volume = volume ?? made {
        assignment.bindings.append(volume.bound(to: part.claim))
      }
    }
    return assignment
  }

  /// Takes an assignment over.
  public mutating func assume(_ assignment: VolumeAssignment) {
    for binding in assignment.bindings {
      setVolume(binding.volume)
      setClaim(binding.claim)
    }
  }
}
