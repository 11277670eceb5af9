public import TimeUnits

/// What one pass of the eviction manager comes to.
public enum EvictionDecision: Sendable {
  /// Nothing to do until the next pass, one monitoring interval later.
  case rest(RestReason)
  /// Pods beyond a limit of their own, to be ended one after the other in this order.
  case exceedLimits([PodEviction])
  /// The node lacks something. All thresholds are equally good to act on: the real program takes
  /// the first of a hash map.
  case starved([Starvation])
}

public enum RestReason: Sendable, Hashable {
  /// No threshold is met.
  case nothingStarved
  /// Only soft thresholds are met, the first of them since this time.
  case graceNotOver(since: SimulationTime)
  /// Thresholds are met, by statistics that the last pass already acted on.
  case statisticsNotNewer
}

/// A threshold to act on.
public struct Starvation: Sendable, Hashable {
  public var threshold: EvictionThreshold
  /// What the node gives up before a pod must go, in this order; afterwards ask
  /// `EvictionManager.isResolved(by:)` with new statistics.
  public var nodeReclaims: [NodeReclaim]

  public var resource: StarvedResource { threshold.signal.resource }

  /// The Warning the node's event shows, with reason `EvictionThresholdMet`.
  public var eventMessage: String { "Attempting to reclaim \(resource.rawValue)" }

  public static let eventReason = "EvictionThresholdMet"
}

/// Disk the node itself can free.
public enum NodeReclaim: Sendable, Hashable, CaseIterable {
  case deadContainers
  case unusedImages
}

/// One pod to end: phase Failed, reason Evicted.
public struct PodEviction: Sendable, Hashable {
  public enum Grounds: Sendable, Hashable {
    /// First in the order of eviction while the node lacked something.
    case starvation(StarvedResource, EvictionRank)
    case emptyDirLimit(volume: String)
    case podStorageLimit
    case containerStorageLimit(container: String)
  }

  /// The pod's position in the list that was given.
  public var pod: Int
  /// What the pod gets to shut down, whatever its own grace period.
  public var gracePeriod: Duration
  public var grounds: Grounds
  /// Equally good texts: with several thresholds met for one resource the real program names any.
  public var texts: [PodEvictionText]

  /// The reason of status and event.
  public static let reason = "Evicted"

  /// Whether the pod also gets the condition DisruptionTarget, reason TerminationByKubelet; a pod
  /// that broke a limit of its own does not.
  public var isDisruption: Bool {
    if case .starvation = grounds { true } else { false }
  }

  public static let disruptionReason = "TerminationByKubelet"
}

/// Who goes for a starved resource.
public struct EvictionVictims: Sendable, Hashable {
  /// Equally good, in the order given; one of them goes. Empty if nobody may be evicted.
  public var best: [PodEviction]
  /// Critical pods that stood before them and are spared, by position.
  public var spared: [Int]
}
