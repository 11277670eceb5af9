public import TimeUnits

/// Whether a group may be grown, and if not, why.
public enum ScaleUpSafety: Sendable, Hashable {
  case safe
  case unhealthy
  case backedOff(CreationError)
}

extension ClusterStateRegistry {
  /// Whether enough nodes are ready for anything to be done at all: not if more than
  /// `ok-total-unready-count` and more than `max-total-unready-percentage` are unready.
  public var isClusterHealthy: Bool {
    let unready = total.unready.count
    if unready <= options.okTotalUnreadyCount { return true }
    let limit = options.maxTotalUnreadyPercentage / 100 * Double(total.registered.count)
    return Double(unready) <= limit
  }

  /// Whether a group has as many ready nodes as were asked for, but for a few.
  public func isHealthy(_ group: String) -> Bool {
    guard let range = ranges[group] else { return false }
    guard let readiness = readiness[group] else {
      // No node is known: right if none is wanted, or all are still on their way.
      return range.target == 0 || range.min == 0
    }
    let missing = max(0, range.min - readiness.ready.count)
    let known =
      readiness.ready.count + readiness.unready.count + readiness.notStarted.count
    return missing <= options.okTotalUnreadyCount
      || Double(missing) <= options.maxTotalUnreadyPercentage / 100 * Double(known)
  }

  public func safety(of group: String, at now: SimulationTime) -> ScaleUpSafety {
    if !isHealthy(group) { return .unhealthy }
    if backoff.isBackedOff(group, at: now), let entry = backoff.entry(group) {
      return .backedOff(entry.error)
    }
    return .safe
  }

  /// Machines that were asked for and are not ready nodes yet, and the node objects among them.
  ///
  /// In 1.36 only while a scale-up of the group is under way and not backed off: what a person
  /// asked the cloud for is not waited for.
  public func upcoming(
    in group: NodeGroup, at now: SimulationTime
  ) -> (count: Int, registered: [String]) {
    guard group.exists, let range = ranges[group.id] else { return (0, []) }
    if options.release != .v1_13 {
      guard scaleUpRequests[group.id] != nil, !backoff.isBackedOff(group.id, at: now) else {
        return (0, [])
      }
    }
    let readiness = readiness[group.id] ?? Readiness()
    let there =
      readiness.ready.count + readiness.unready.count + readiness.longUnregistered.count
    let count = range.target - there
    return count > 0 ? (count, readiness.notStarted) : (0, [])
  }
}
