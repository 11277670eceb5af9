import KubernetesObjects
public import TimeUnits

/// What the autoscaler remembers of what it asked the cloud for, and whether it came.
///
/// Without it every loop would order again what is still on its way. Follows
/// `clusterstate/clusterstate.go` of cluster-autoscaler 1.36.
public struct ClusterStateRegistry: Sendable {
  public private(set) var backoff: NodeGroupBackoff
  /// By group.
  public private(set) var readiness: [String: Readiness] = [:]
  public private(set) var total = Readiness()
  public private(set) var ranges: [String: AcceptableRange] = [:]
  public private(set) var scaleUpRequests: [String: ScaleUpRequest] = [:]
  public private(set) var incorrectSizes: [String: IncorrectSize] = [:]
  /// When each machine without a node object was first seen, by provider id.
  public private(set) var unregisteredSince: [String: SimulationTime] = [:]
  /// The groups of those machines.
  public private(set) var unregisteredGroups: [String: String] = [:]
  /// When what was asked to go is expected to be gone, by group.
  private var scaleDownRequests: [(group: String, until: SimulationTime)] = []
  /// Creation errors that were reported before, by provider id.
  private var knownErrors: Set<String> = []

  let options: AutoscalerOptions

  public init(options: AutoscalerOptions) {
    self.options = options
    backoff = NodeGroupBackoff(options)
  }

  /// What became of requests when the cluster was looked at.
  public struct Update: Sendable, Hashable {
    /// Scale-ups that took too long, with what is to be taken back.
    public var timedOut: [(group: String, increase: Int)] = []
    /// Machines that could not be made, by group.
    public var failed: [(group: String, count: Int, error: CreationError)] = []

    public static func == (a: Update, b: Update) -> Bool {
      a.timedOut.elementsEqual(b.timedOut, by: ==) && a.failed.elementsEqual(b.failed, by: ==)
    }

    public func hash(into hasher: inout Hasher) {
      for entry in timedOut { hasher.combine(entry.group) }
      for entry in failed { hasher.combine(entry.group) }
    }
  }

  /// Takes in what the cluster and the cloud say now.
  public mutating func update(_ observation: ClusterObservation) -> Update {
    let now = observation.now
    noteUnregistered(observation)
    countReadiness(observation)
    var update = Update()
    computeRanges(observation.groups)
    update.timedOut = settleRequests(observation, now)
    update.failed = noteCreationErrors(observation.groups, now)
    computeRanges(observation.groups)
    noteIncorrectSizes(observation.groups, now)
    return update
  }

  // MARK: Counting

  private mutating func noteUnregistered(_ observation: ClusterObservation) {
    let registered = Set(observation.nodes.lazy.map { $0.node.providerID })
    var since: [String: SimulationTime] = [:]
    var groups: [String: String] = [:]
    for group in observation.groups {
      for instance in group.instances where !registered.contains(instance.providerID) {
        since[instance.providerID] = unregisteredSince[instance.providerID] ?? observation.now
        groups[instance.providerID] = group.id
      }
    }
    unregisteredSince = since
    unregisteredGroups = groups
  }

  private mutating func countReadiness(_ observation: ClusterObservation) {
    var byGroup = [Readiness](repeating: Readiness(), count: observation.groups.count)
    var seen = [Bool](repeating: false, count: observation.groups.count)
    var all = Readiness()
    let machines = observation.groups.map { Set($0.instances.lazy.map(\.providerID)) }
    for observed in observation.nodes {
      let kind = kind(of: observed, machines, observation.now)
      all.count(observed.name, as: kind)
      guard let group = observed.group else { continue }
      byGroup[group].count(observed.name, as: kind)
      seen[group] = true
    }
    for (index, group) in observation.groups.enumerated() {
      let limit = group.options.maxNodeProvisionTime ?? options.maxNodeProvisionTime
      for instance in group.instances {
        guard let since = unregisteredSince[instance.providerID] else { continue }
        let isLong = since + limit < observation.now
        byGroup[index].count(instance.providerID, as: isLong ? .longUnregistered : .unregistered)
        all.count(instance.providerID, as: isLong ? .longUnregistered : .unregistered)
        seen[index] = true
      }
    }
    readiness = [:]
    for (index, group) in observation.groups.enumerated() where seen[index] {
      readiness[group.id] = byGroup[index]
    }
    total = all
  }

  private func kind(
    of observed: ObservedNode, _ machines: [Set<String>], _ now: SimulationTime
  ) -> Readiness.Kind {
    if let group = observed.group {
      if !machines[group].contains(observed.node.providerID) { return .deleted }
    } else if observed.node.isToBeDeleted {
      // Its machine has left the group, or the cloud does not know it any more.
      return .deleted
    }
    if observed.isReady { return .ready }
    let isYoung = observed.node.metadata.creationTime + options.maxNodeStartupTime > now
    return isYoung ? .notStarted : .unready
  }

  private mutating func computeRanges(_ groups: [NodeGroup]) {
    ranges = [:]
    for group in groups where group.exists {
      let long = readiness[group.id]?.longUnregistered.count ?? 0
      var range = AcceptableRange(
        min: group.targetSize - long, max: group.targetSize, target: group.targetSize)
      range.min -= scaleUpRequests[group.id]?.increase ?? 0
      range.max += scaleDownRequests.count { $0.group == group.id }
      ranges[group.id] = range
    }
  }

  // MARK: Requests

  private mutating func settleRequests(
    _ observation: ClusterObservation, _ now: SimulationTime
  ) -> [(group: String, increase: Int)] {
    backoff.removeStale(at: now)
    var timedOut: [(group: String, increase: Int)] = []
    for group in observation.groups {
      guard let request = scaleUpRequests[group.id] else { continue }
      if !isStillComing(group.id) {
        scaleUpRequests[group.id] = nil
        // 1.13 forgot the failures of a group that had grown.
        if options.release == .v1_13 { backoff.removeBackoff(group.id) }
      } else if request.expectedAddTime < now {
        scaleUpRequests[group.id] = nil
        timedOut.append((group.id, request.increase))
        let error = CreationError(.other, code: "timeout", message: "Scale-up timed out")
        _ = backoff.backOff(group.id, error: error, at: now)
      }
    }
    scaleDownRequests.removeAll { $0.until <= now }
    return timedOut
  }

  private func isStillComing(_ group: String) -> Bool {
    guard let range = ranges[group] else { return false }
    return range.target > (readiness[group]?.provisioned ?? 0)
  }

  private mutating func noteCreationErrors(
    _ groups: [NodeGroup], _ now: SimulationTime
  ) -> [(group: String, count: Int, error: CreationError)] {
    var failed: [(group: String, count: Int, error: CreationError)] = []
    var current: Set<String> = []
    for group in groups {
      for instance in group.instances {
        guard let error = instance.creationError else { continue }
        current.insert(instance.providerID)
        if knownErrors.contains(instance.providerID) { continue }
        if let place = failed.firstIndex(where: {
          $0.group == group.id && $0.error.code == error.code
        }) {
          failed[place].count += 1
        } else {
          failed.append((group.id, 1, error))
        }
      }
    }
    knownErrors = current
    // What nobody but a person asked for is no scale-up, and backs nothing off.
    failed.removeAll { scaleUpRequests[$0.group] == nil || !isStillComing($0.group) }
    for failure in failed {
      _ = backoff.backOff(failure.group, error: failure.error, at: now)
      guard var request = scaleUpRequests[failure.group] else { continue }
      request.increase -= failure.count
      scaleUpRequests[failure.group] = request.increase > 0 ? request : nil
    }
    return failed
  }

  /// Notes that nodes were asked for; the time that a scale-up may take starts anew.
  public mutating func noteScaleUp(_ group: NodeGroup, by count: Int, at now: SimulationTime) {
    let limit = group.options.maxNodeProvisionTime ?? options.maxNodeProvisionTime
    var request =
      scaleUpRequests[group.id]
      ?? ScaleUpRequest(increase: 0, time: now, expectedAddTime: now + limit)
    request.increase += count
    if count > 0 {
      request.time = now
      request.expectedAddTime = now + limit
    }
    scaleUpRequests[group.id] = request.increase > 0 ? request : nil
  }

  /// Notes that a group could not be grown: it is left alone for a while.
  public mutating func noteFailedScaleUp(
    _ group: String, error: CreationError, at now: SimulationTime
  ) {
    _ = backoff.backOff(group, error: error, at: now)
  }

  /// Notes that a node was asked to go; it counts as going for five minutes.
  public mutating func noteScaleDown(_ group: String, at now: SimulationTime) {
    scaleDownRequests.append((group, now + .seconds(5 * 60)))
  }

  private mutating func noteIncorrectSizes(_ groups: [NodeGroup], _ now: SimulationTime) {
    var found: [String: IncorrectSize] = [:]
    for group in groups {
      guard let range = ranges[group.id], let readiness = readiness[group.id] else { continue }
      let unregistered = readiness.unregistered.count + readiness.longUnregistered.count
      let count = readiness.registered.count
      guard count > range.target || count < range.target - unregistered else { continue }
      let size = IncorrectSize(current: count, expected: range.target, firstObserved: now)
      if let old = incorrectSizes[group.id], old.current == count, old.expected == range.target {
        found[group.id] = old
      } else {
        found[group.id] = size
      }
    }
    incorrectSizes = found
  }
}

extension Readiness {
  enum Kind { case ready, unready, notStarted, deleted, unregistered, longUnregistered }

  mutating func count(_ name: String, as kind: Kind) {
    switch kind {
    case .ready: ready.append(name)
    case .unready: unready.append(name)
    case .notStarted: notStarted.append(name)
    case .deleted: deleted.append(name)
    case .unregistered:
      unregistered.append(name)
      return
    case .longUnregistered:
      longUnregistered.append(name)
      return
    }
    registered.append(name)
  }
}
