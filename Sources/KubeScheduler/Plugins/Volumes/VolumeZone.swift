import KubernetesObjects

/// Keeps pods off nodes in another zone than the labels of their volumes say
/// (`plugins/volumezone` 1.36).
struct VolumeZone: RowFilterPlugin {
  let name = PluginName.volumeZone

  private static let keys = [
    WellKnownLabel.zoneBeta, WellKnownLabel.regionBeta, WellKnownLabel.zone,
    WellKnownLabel.region,
  ]

  func prepare(_ cycle: inout CycleState, _ snapshot: inout SchedulerSnapshot) -> Bool {
    let volumes = snapshot.classes.classes[Int(cycle.podClass)].volumes
    if volumes.isEmpty { return false }
    cycle.volumes.zones = []
    for case .claim(let key, isEphemeral: false) in volumes {
      guard let claim = snapshot.storage.claims[key] else {
        cycle.refuse(name, "persistentvolumeclaim \"\(key.name)\" not found")
        return true
      }
      guard let volumeName = claim.volumeName else {
        if let message = refusal(claim, snapshot.storage) {
          cycle.refuse(name, message)
          return true
        }
        continue
      }
      guard let volume = snapshot.storage.volumes[volumeName] else {
        cycle.refuse(name, "persistentvolume \"\(volumeName)\" not found")
        return true
      }
      for key in Self.keys {
        guard let value = volume.metadata.labels[key] else { continue }
        // Several zones stand in one label, two underscores apart.
        cycle.volumes.zones.append(
          VolumeDemand.ZoneLabel(key: key, values: value.separated(by: "__")))
      }
    }
    return !cycle.volumes.zones.isEmpty
  }

  /// What is wrong with a claim without a volume; nil if it waits for its pod.
  private func refusal(_ claim: PersistentVolumeClaim, _ storage: StorageTable) -> String? {
    guard let name = claim.storageClassName, !name.isEmpty else {
      return "PersistentVolumeClaim had no pv name and storageClass name"
    }
    guard let storageClass = storage.classes[name] else {
      return "storageclass.storage.k8s.io \"\(name)\" not found"
    }
    return storageClass.bindingMode == .waitForFirstConsumer
      ? nil : "PersistentVolume had no name"
  }

  func verdict(
    ofRow row: Int, _ cycle: CycleState, _ snapshot: SchedulerSnapshot, _ pod: PodClass
  ) -> FailureReasons {
    let labels = snapshot.rows[row].labels
    // A node without any such label is of a cluster in one zone.
    guard Self.keys.contains(where: { labels[$0] != nil }) else { return [] }
    for zone in cycle.volumes.zones {
      let value = labels[zone.key] ?? labels[Self.current(zone.key)]
      guard let value, zone.values.contains(value) else { return [.volumeZone, .unresolvable] }
    }
    return []
  }

  private static func current(_ key: String) -> String {
    switch key {
    case WellKnownLabel.zoneBeta: WellKnownLabel.zone
    case WellKnownLabel.regionBeta: WellKnownLabel.region
    default: key
    }
  }
}

extension String {
  /// The parts between separators of two or more equal characters.
  fileprivate func separated(by separator: String) -> [String] {
    var parts: [String] = []
    var rest = self[...]
    while let range = rest.firstRange(of: separator) {
      parts.append(String(rest[..<range.lowerBound]))
      rest = rest[range.upperBound...]
    }
    return parts + [String(rest)]
  }
}
