import KubeScheduler
import KubernetesObjects

/// What would help a pod whose volumes stand in its way.
enum VolumeAdvice {
  /// What would help where a node does not do.
  static func line(
    for cause: FailureReasons, _ nodes: [String], _ pod: RecordedPod,
    _ recording: SchedulerRecording
  ) -> String? {
    let claims = claims(of: pod, recording.storage)
    switch cause {
    case .volumeNodeAffinity, .volumeZone:
      let places = claims.compactMap { claim in
        claim.volumeName.flatMap { name in
          recording.storage.volumes.first { $0.metadata.name == name }
        }
      }.flatMap(places)
      return "room where its volume is"
        + (places.isEmpty ? "" : ": \(SchedulingAdvice.list(Set(places).sorted()))")
    case .noVolumeToBind:
      let waiting = claims.filter { !$0.isBound }.map { claim in
        "\(claim.request) of class '\(claim.storageClassName ?? "")'"
      }
      return "a volume that such a node reaches: \(SchedulingAdvice.list(waiting))"
    case .tooManyVolumes:
      let limits = nodes.flatMap { name in
        recording.storage.nodes.first { $0.metadata.name == name }?.drivers ?? []
      }.compactMap { driver in driver.attachLimit.map { "\(driver.name) \($0)" } }
      return "\(SchedulingAdvice.list(nodes)) can attach no more volumes"
        + (limits.isEmpty ? "" : " (\(SchedulingAdvice.list(Set(limits).sorted())))")
    case .diskConflict: return "a node on which no other pod has its EBS volume"
    case .claimTaken: return "one pod at a time may use its claim"
    case .noSuchVolume:
      let names = claims.compactMap(\.volumeName).filter { name in
        !recording.storage.volumes.contains { $0.metadata.name == name }
      }
      return "there is no volume \(SchedulingAdvice.list(names)): give it too (kubectl get pv)"
    default: return nil
    }
  }

  /// What would help where the pod was refused before any node was looked at.
  static func line(
    beforehand refusal: String, _ pod: RecordedPod, _ recording: SchedulerRecording
  ) -> String? {
    if refusal.hasPrefix("persistentvolumeclaim "), refusal.hasSuffix(" not found") {
      return "create the claim, or give it too: kubectl get pvc,pv,sc,csinodes -A -o json"
    }
    let waiting = claims(of: pod, recording.storage).filter { !$0.isBound }
    return waiting.isEmpty
      ? nil : waiting.map { unbound($0, recording.storage) }.joined(separator: "; ")
  }

  private static func claims(
    of pod: RecordedPod, _ storage: StoredVolumes
  ) -> [PersistentVolumeClaim] {
    pod.spec.value.spec.volumes.compactMap { volume in
      let name: String
      switch volume.source {
      case .persistentVolumeClaim(let claim): name = claim
      case .ephemeral: name = PersistentVolumeClaim.name(of: volume.name, in: pod.shortName)
      default: return nil
      }
      return storage.claims.first {
        $0.metadata.name == name && $0.metadata.namespace == pod.namespace
      }
    }
  }

  private static func unbound(_ claim: PersistentVolumeClaim, _ storage: StoredVolumes) -> String {
    let name = claim.metadata.name
    guard let className = claim.storageClassName, !className.isEmpty else {
      return "claim \(name) has no class and there is no default one: name a storageClassName"
    }
    guard let found = storage.classes.first(where: { $0.metadata.name == className }) else {
      return "claim \(name) is of class '\(className)', which is not there"
    }
    return found.bindingMode == .waitForFirstConsumer
      ? "claim \(name) waits for volume \(claim.volumeName ?? "") to be bound to it"
      : "claim \(name) has no volume yet: its class '\(className)' makes one as soon as the claim "
        + "is there, wherever"
  }

  /// `topology.kubernetes.io/zone in us-east-1a`, for each requirement of a volume's nodes.
  private static func places(_ volume: PersistentVolume) -> [String] {
    let terms = (volume.nodeAffinity ?? []).flatMap(\.matchExpressions).map {
      "\($0.key) \($0.operator.rawValue.lowercased()) \($0.values.joined(separator: ", "))"
    }
    let zones = [WellKnownLabel.zone, WellKnownLabel.zoneBeta].compactMap { key in
      volume.metadata.labels[key].map { "\(key) in \($0)" }
    }
    return terms + zones
  }
}
