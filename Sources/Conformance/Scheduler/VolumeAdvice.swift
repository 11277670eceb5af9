import KubernetesObjects

/// What would help a pod whose volumes stand in its way.
enum VolumeAdvice {
  static func line(
    for reason: String, _ nodes: [String], _ pod: RecordedPod, _ recording: SchedulerRecording
  ) -> String? {
    let claims = claims(of: pod, recording.storage)
    switch reason {
    case "pod has unbound immediate PersistentVolumeClaims":
      return claims.filter { !$0.isBound }.map { unbound($0, recording.storage) }
        .joined(separator: "; ")
    case "node(s) didn't match PersistentVolume's node affinity",
      "node(s) had no available volume zone":
      let places = claims.compactMap { claim in
        claim.volumeName.flatMap { name in
          recording.storage.volumes.first { $0.metadata.name == name }
        }
      }.flatMap(places)
      return "room where its volume is"
        + (places.isEmpty ? "" : ": \(SchedulingAdvice.list(Set(places).sorted()))")
    case "node(s) didn't find available persistent volumes to bind":
      let waiting = claims.filter { !$0.isBound }.map { claim in
        "\(claim.request) of class '\(claim.storageClassName ?? "")'"
      }
      return "a volume that such a node reaches: \(SchedulingAdvice.list(waiting))"
    case "node(s) exceed max volume count":
      let limits = nodes.flatMap { name in
        recording.storage.nodes.first { $0.metadata.name == name }?.drivers ?? []
      }.compactMap { driver in driver.attachLimit.map { "\(driver.name) \($0)" } }
      return "\(SchedulingAdvice.list(nodes)) can attach no more volumes"
        + (limits.isEmpty ? "" : " (\(SchedulingAdvice.list(Set(limits).sorted())))")
    case "node(s) had no available disk": return "a node on which no other pod has its EBS volume"
    case "node has pod using PersistentVolumeClaim with the same name and ReadWriteOncePod access "
      + "mode":
      return "one pod at a time may use its claim"
    case "node(s) unavailable due to one or more pvc(s) bound to non-existent pv(s)":
      let names = claims.compactMap(\.volumeName).filter { name in
        !recording.storage.volumes.contains { $0.metadata.name == name }
      }
      return "there is no volume \(SchedulingAdvice.list(names)): give it too (kubectl get pv)"
    default:
      return reason.hasPrefix("persistentvolumeclaim ") && reason.hasSuffix(" not found")
        ? "create the claim, or give it too: kubectl get pvc,pv,sc,csinodes -A -o json" : nil
    }
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
