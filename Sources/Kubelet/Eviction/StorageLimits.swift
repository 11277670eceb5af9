import KubernetesObjects

/// Whether a pod uses more of the node's disk than it may.
///
/// Follows `localStorageEviction` of [36] `pkg/kubelet/eviction/eviction_manager.go`: emptyDir
/// volumes, then the pod as a whole, then each container. Such a pod goes at once, whether or not
/// the node lacks anything.
enum StorageLimits {
  static func eviction(
    of pod: EvictionPod, at index: Int, layout: FileSystemLayout
  ) -> PodEviction? {
    guard let usage = pod.usage, !pod.isCritical,
      let breach = breach(of: pod, usage, layout)
    else { return nil }
    return PodEviction(
      pod: index, gracePeriod: EvictionManager.immediateGracePeriod, grounds: breach.grounds,
      texts: [PodEvictionText(message: breach.message)])
  }

  private typealias Breach = (grounds: PodEviction.Grounds, message: String)

  private static func breach(
    of pod: EvictionPod, _ usage: PodUsage, _ layout: FileSystemLayout
  ) -> Breach? {
    emptyDirBreach(pod, usage) ?? podBreach(pod, usage) ?? containerBreach(pod, usage, layout)
  }

  private static func emptyDirBreach(_ pod: EvictionPod, _ usage: PodUsage) -> Breach? {
    for limit in pod.emptyDirLimits where limit.size.sign > 0 {
      guard let volume = usage.localVolumes.last(where: { $0.name == limit.volume }),
        Quantity(value: volume.disk.bytes) > limit.size
      else { continue }
      return (
        .emptyDirLimit(volume: limit.volume),
        "Usage of EmptyDir volume \"\(limit.volume)\" exceeds the limit \"\(limit.size.text)\". "
      )
    }
    return nil
  }

  /// The pod's limit is the sum over containers; one container's limit makes one for all.
  private static func podBreach(_ pod: EvictionPod, _ usage: PodUsage) -> Breach? {
    guard
      (pod.spec.containers + pod.spec.initContainers).contains(where: {
        $0.resources.limits[ResourceName.ephemeralStorage] != nil
      }),
      let limit = EffectiveResources.limitList(of: pod.spec)[ResourceName.ephemeralStorage],
      Quantity(value: usage.ephemeralStorage) > limit
    else { return nil }
    return (
      .podStorageLimit,
      "Pod ephemeral local storage usage exceeds the total limit of containers \(limit.text). "
    )
  }

  private static func containerBreach(
    _ pod: EvictionPod, _ usage: PodUsage, _ layout: FileSystemLayout
  ) -> Breach? {
    for part in usage.containers {
      var used = part.logs.bytes
      if layout == .shared { used &+= part.rootFs.bytes }
      guard
        let limit = pod.spec.containers.first(where: { $0.name == part.name })?
          .resources.limits[ResourceName.ephemeralStorage],
        !limit.isZero, Quantity(value: used) > limit
      else { continue }
      return (
        .containerStorageLimit(container: part.name),
        "Container \(part.name) exceeded its local ephemeral storage limit \"\(limit.text)\". "
      )
    }
    return nil
  }
}
