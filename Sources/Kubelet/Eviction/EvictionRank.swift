import KubernetesObjects

/// Where a pod stands in the order of eviction: the smallest goes first.
///
/// Follows `rankMemoryPressure`, `rankDiskPressureFunc` and `rankPIDPressure` of [36]
/// `pkg/kubelet/eviction/helpers.go`.
public struct EvictionRank: Sendable, Hashable, Comparable {
  /// Pods without statistics go before all that have some.
  public var hasUsage: Bool
  /// Whether the pod uses more than it asked for; nil where requests do not count (processes).
  public var exceedsRequest: Bool?
  public var priority: Int32
  /// Bytes, inodes or processes beyond the request; may be negative.
  public var excess: Int64

  private var key: (Int64, Int64, Int64, Int64) {
    let unknownFirst: Int64 = hasUsage ? 1 : 0
    guard let exceedsRequest else { return (Int64(priority), unknownFirst, 0 &- excess, 0) }
    return (unknownFirst, exceedsRequest ? 0 : 1, Int64(priority), 0 &- excess)
  }

  public static func < (a: EvictionRank, b: EvictionRank) -> Bool { a.key < b.key }

  init(_ pod: EvictionPod, for signal: EvictionSignal, layout: FileSystemLayout) {
    priority = pod.spec.priority ?? 0
    hasUsage = pod.usage != nil
    exceedsRequest = signal.resource == .pids ? nil : false
    excess = 0
    guard let usage = pod.usage else { return }
    switch signal.resource {
    case .pids: excess = usage.processes
    case .memory:
      let request = EffectiveResources.requests(of: pod.spec).memory
      exceedsRequest = usage.memory > request
      excess = usage.memory &- request
    case .ephemeralStorage:
      let used = Self.disk(of: usage, parts: Self.parts(of: signal, layout)).bytes
      let request = EffectiveResources.requests(of: pod.spec).ephemeralStorage
      exceedsRequest = used > request
      excess = used &- request
    case .inodes:
      // Nobody can ask for inodes, so any use exceeds; yet the bytes asked for are taken off.
      let used = Self.disk(of: usage, parts: Self.parts(of: signal, layout)).inodes
      exceedsRequest = used > 0
      excess = used &- EffectiveResources.requests(of: pod.spec).ephemeralStorage
    }
  }

  private struct Parts: OptionSet {
    var rawValue: UInt8
    static let rootFs = Parts(rawValue: 1)
    static let logs = Parts(rawValue: 2)
    static let localVolumes = Parts(rawValue: 4)
  }

  /// What of a pod lies on the disk that a signal speaks of.
  private static func parts(of signal: EvictionSignal, _ layout: FileSystemLayout) -> Parts {
    let everything: Parts = [.rootFs, .logs, .localVolumes]
    let isNodeFs = signal == .nodeFsAvailable || signal == .nodeFsInodesFree
    let isImageFs = signal == .imageFsAvailable || signal == .imageFsInodesFree
    switch layout {
    case .shared: return everything
    case .dedicatedImages: return isNodeFs ? [.logs, .localVolumes] : [.rootFs]
    // Images are not attributed to pods.
    case .splitImages: return isImageFs ? [] : everything
    }
  }

  private static func disk(of usage: PodUsage, parts: Parts) -> DiskUsage {
    var sum = DiskUsage()
    for container in usage.containers {
      if parts.contains(.rootFs) { sum += container.rootFs }
      if parts.contains(.logs) { sum += container.logs }
    }
    if parts.contains(.localVolumes) {
      for volume in usage.localVolumes { sum += volume.disk }
    }
    return sum
  }
}
