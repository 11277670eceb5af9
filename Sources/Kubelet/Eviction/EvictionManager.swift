import KubernetesObjects
public import TimeUnits

/// The kubelet's eviction manager: ends pods before the machine runs out of something.
///
/// Follows `pkg/kubelet/eviction` of Kubernetes 1.36. A pass runs every monitoring interval; after
/// an eviction it waits for the pod's clean-up, asking every second for at most 30, and goes on
/// at once. What it knows is an explicit value, so that a pass is a function of its arguments.
public struct EvictionManager: Sendable {
  /// Default of the kubelet.
  public static let monitoringInterval = Duration.seconds(10)
  public static let cleanupTimeout = Duration.seconds(30)
  public static let cleanupPollInterval = Duration.seconds(1)
  /// What a pod gets when there is no time to lose.
  public static let immediateGracePeriod = Duration.seconds(1)

  public var configuration: EvictionConfiguration

  public init(_ configuration: EvictionConfiguration) { self.configuration = configuration }

  /// One pass over the node's statistics and its active pods.
  ///
  /// Complexity: linear in thresholds and pods.
  public func synchronize(
    _ memory: inout EvictionMemory, observations: SignalObservations, pods: [EvictionPod],
    at now: SimulationTime
  ) -> EvictionDecision {
    let news = observe(observations, &memory, at: now)
    let overLimits = pods.indices.compactMap { index in
      StorageLimits.eviction(of: pods[index], at: index, layout: configuration.layout)
    }
    if !overLimits.isEmpty { return .exceedLimits(overLimits) }
    let starving = configuration.thresholds.indices.filter { memory.isUnresolved[$0] }
    guard !starving.isEmpty else {
      let since = memory.metSince.compactMap { $0 }.min()
      return .rest(since.map { .graceNotOver(since: $0) } ?? .nothingStarved)
    }
    let fresh = starving.filter { news[$0] }
    guard !fresh.isEmpty else { return .rest(.statisticsNotNewer) }
    // Memory goes before everything else; the rest has no order.
    let thresholds = fresh.map { configuration.thresholds[$0] }
    let forMemory = thresholds.filter { $0.signal.resource == .memory }
    return .starved(
      (forMemory.isEmpty ? thresholds : forMemory).map {
        Starvation(threshold: $0, nodeReclaims: nodeReclaims(for: $0.signal))
      })
  }

  /// Whether, after the node gave up what it could, no threshold is met any more; soft ones count
  /// whatever their grace period, and all of them with their minimum to reclaim.
  public func isResolved(by observations: SignalObservations) -> Bool {
    !configuration.thresholds.contains { threshold in
      observations[threshold.signal].map { threshold.isMet(by: $0, reclaiming: true) } ?? false
    }
  }

  /// Brings the memory up to date; returns, by threshold, whether its statistics are news.
  private func observe(
    _ observations: SignalObservations, _ memory: inout EvictionMemory, at now: SimulationTime
  ) -> [Bool] {
    let thresholds = configuration.thresholds
    if memory.metSince.count != thresholds.count {
      memory.metSince = Array(repeating: nil, count: thresholds.count)
      memory.isUnresolved = Array(repeating: false, count: thresholds.count)
    }
    var observed: PressureConditions = []
    var news = [Bool](repeating: false, count: thresholds.count)
    for (index, threshold) in thresholds.enumerated() {
      var isMet = false
      if let seen = observations[threshold.signal] {
        isMet =
          threshold.isMet(by: seen)
          || (memory.isUnresolved[index] && threshold.isMet(by: seen, reclaiming: true))
        news[index] = Self.isNews(seen, after: memory.lastObservations[threshold.signal])
      }
      let since = isMet ? memory.metSince[index] ?? now : nil
      memory.metSince[index] = since
      memory.isUnresolved[index] = since.map { now - $0 >= threshold.gracePeriod } ?? false
      if isMet { observed.insert(threshold.signal.resource.condition) }
    }
    memory.lastObservations = observations
    memory.conditions = []
    for (index, each) in PressureConditions.each.enumerated() {
      if observed.contains(each.condition) { memory.lastObserved[index] = now }
      guard let last = memory.lastObserved[index] else { continue }
      if now - last < configuration.pressureTransitionPeriod {
        memory.conditions.insert(each.condition)
      }
    }
    return news
  }

  private static func isNews(
    _ seen: SignalObservations.Observation, after last: SignalObservations.Observation?
  ) -> Bool {
    guard let last, let time = seen.time else { return true }
    return last.time.map { time > $0 } ?? true
  }

  /// What can be freed on the disk a signal speaks of.
  private func nodeReclaims(for signal: EvictionSignal) -> [NodeReclaim] {
    guard signal.resource.condition == .disk else { return [] }
    let isNodeFs = signal == .nodeFsAvailable || signal == .nodeFsInodesFree
    let isImageFs = signal == .imageFsAvailable || signal == .imageFsInodesFree
    switch configuration.layout {
    case .shared: return [.deadContainers, .unusedImages]
    case .dedicatedImages: return isNodeFs ? [] : [.deadContainers, .unusedImages]
    case .splitImages: return isImageFs ? [.unusedImages] : [.deadContainers]
    }
  }
}
