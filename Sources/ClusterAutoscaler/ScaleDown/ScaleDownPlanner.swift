import KubeScheduler
import KubernetesObjects
import TimeUnits

/// Which nodes are not needed, for how long they have not been, and which may go now.
///
/// Follows `core/scaledown/planner/planner.go` and `eligibility/eligibility.go` of
/// cluster-autoscaler 1.36.
public struct ScaleDownPlanner: Sendable {
  public internal(set) var unneeded = UnneededNodes()
  public private(set) var unremovable = UnremovableNodes()
  /// The largest share of a resource that is asked for on each node looked at.
  public private(set) var utilization: [String: UtilizationInfo] = [:]
  private var simulator = RemovalSimulator()
  private var latestUpdate: SimulationTime?
  /// The shortest time between two loops so far.
  var minUpdateInterval: Duration
  let options: AutoscalerOptions

  public init(options: AutoscalerOptions) {
    self.options = options
    minUpdateInterval = max(options.scaleDownUnneededTime, .nanoseconds(1))
  }

  /// The time that passes while the loop is stopped does not count.
  public mutating func forgetUnneeded() { unneeded.clear() }

  /// The candidates in the order in which they are to be looked at: nodes of groups above their
  /// minimum, those without pods to move first, then those that were unneeded before.
  ///
  /// Follows `processors/scaledowncandidates` 1.36; equals keep the order given.
  public func candidates(
    _ observation: ClusterObservation, in snapshot: ClusterSnapshot, deleting: Set<String>,
    budgets: RemainingBudgets
  ) -> [ObservedNode] {
    let context = drainContext(observation, budgets)
    var ranked: [(rank: Int, offset: Int)] = []
    for (offset, observed) in observation.nodes.enumerated() {
      guard let group = observed.group, !deleting.contains(observed.name) else { continue }
      let target = observation.groups[group]
      guard target.targetSize > target.minSize else { continue }
      var rank = unneeded.contains(observed.name) ? 1 : 2
      if isEmpty(observed.node, observation, snapshot, context) { rank -= 2 }
      ranked.append((rank, offset))
    }
    return ranked.sorted { ($0.rank, $0.offset) < ($1.rank, $1.offset) }
      .map { observation.nodes[$0.offset] }
  }

  private func isEmpty(
    _ node: Node, _ observation: ClusterObservation, _ snapshot: ClusterSnapshot,
    _ context: DrainContext
  ) -> Bool {
    guard let index = snapshot.node(named: node.name) else { return false }
    let pods = snapshot.pods(on: index)
    var found: [AutoscalerPod] = []
    for key in pods {
      guard let pod = observation.pod(key) else { continue }
      // A pod that has to move, or may not, is enough; most nodes end here.
      if pod.isRecreatable, !pod.metadata.isTerminating, !pod.status.phase.isTerminal {
        return false
      }
      found.append(AutoscalerPod(key: key, pod))
    }
    if case .success(let moving) = Drainability.podsToMove(found, in: context) {
      return moving.pods.isEmpty
    }
    return false
  }

  func drainContext(
    _ observation: ClusterObservation, _ budgets: RemainingBudgets
  ) -> DrainContext {
    DrainContext(
      now: observation.now, options: options, budgets: budgets,
      controllers: observation.controllers)
  }

  /// Judges every candidate and brings the timers up to date.
  ///
  /// - Parameters:
  ///   - candidates: in the order in which they are to be judged.
  ///   - snapshot: the cluster with pending pods placed; it stays as it is.
  ///   - deleting: the nodes that are on their way out.
  ///   - timedOut: asked before each simulation with the number done.
  public mutating func update(
    _ candidates: [ObservedNode], _ observation: ClusterObservation, in snapshot: ClusterSnapshot,
    deleting: Set<String>, budgets: inout RemainingBudgets
  ) {
    let now = observation.now
    if let latestUpdate { minUpdateInterval = min(minUpdateInterval, now - latestUpdate) }
    latestUpdate = now
    var snapshot = snapshot
    unremovable.begin(Set(observation.nodes.lazy.map(\.name)), at: now)
    utilization = [:]
    let limit = unneededLimit
    let recheck = now + options.unremovableNodeRecheckTimeout
    // Where pods may go: registered nodes that stay. Indexes of the imagined cluster are stable.
    var isDestination: [Bool] = []
    func allow(_ node: NodeIndex, _ allowed: Bool) {
      while isDestination.count <= Int(node) { isDestination.append(false) }
      isDestination[Int(node)] = allowed
    }
    for observed in observation.nodes where !deleting.contains(observed.name) {
      if let index = snapshot.node(named: observed.name) { allow(index, true) }
    }
    var removable: [RemovableNode] = []
    let eligible = candidates.filter { isEligible($0, observation, snapshot) }
    for observed in eligible {
      if removable.count >= limit { break }
      let context = drainContext(observation, budgets)
      let index = snapshot.node(named: observed.name)
      let verdict = simulator.simulate(
        observed.node, in: &snapshot, context: context, pod: observation.pod,
        destinations: { Int($0) < isDestination.count && isDestination[Int($0)] })
      switch verdict {
      case .unremovable(let node): unremovable.add(node, until: recheck)
      case .removable(var node):
        if let index { allow(index, false) }
        let pods = node.pods.map(\.pod)
        node.isRisky = !budgets.canRemove(pods).inParallel
        budgets.remove(pods)
        removable.append(node)
      }
    }
    unneeded.update(removable, at: now)
    simulator.dropOldHints()
  }

  /// How many unneeded nodes are worth knowing of: `unneededNodesLimit` in `planner.go` 1.36.
  private var unneededLimit: Int {
    let parallelism = options.maxScaleDownParallelism
    let interval = max(1, minUpdateInterval.nanoseconds)
    let loops = max(options.scaleDownUnneededTime.nanoseconds, interval) / interval
    let extra = unneeded.entries.count + 2 * parallelism
    return min(extra, parallelism * Int(clamping: loops) + parallelism)
  }

  private mutating func isEligible(
    _ observed: ObservedNode, _ observation: ClusterObservation, _ snapshot: ClusterSnapshot
  ) -> Bool {
    if unremovable.isRecent(observed.name) {
      unremovable.add(UnremovableNode(name: observed.name, reason: .recentlyUnremovable))
      return false
    }
    if let reason = ineligibility(observed, observation, snapshot) {
      unremovable.add(UnremovableNode(name: observed.name, reason: reason))
      return false
    }
    return true
  }

  /// Why a node is not looked at; nil if it is.
  mutating func ineligibility(
    _ observed: ObservedNode, _ observation: ClusterObservation, _ snapshot: ClusterSnapshot
  ) -> UnremovableReason? {
    let node = observed.node
    let unixTime = observation.now + .seconds(observation.epochSeconds)
    if node.isBeingDeleted(at: unixTime) { return .currentlyBeingDeleted }
    if node.hasScaleDownDisabled { return .scaleDownDisabledAnnotation }
    guard let group = observed.group else { return .notAutoscaled }
    if !observed.isReady, !options.scaleDownUnreadyEnabled { return .scaleDownUnreadyDisabled }
    guard let index = snapshot.node(named: node.name) else { return .noNodeInfo }
    let pods = snapshot.pods(on: index).compactMap(observation.pod)
    let overrides = observation.groups[group].options
    do throws(UtilizationError) {
      let info = try Utilization.of(
        node: node, pods: pods, options: options, group: overrides, at: observation.now)
      utilization[node.name] = info
      if !observed.isReady { return nil }
      let isGPU = GPUResource.names.contains(info.resource)
      let threshold =
        isGPU
        ? overrides.scaleDownGPUUtilizationThreshold ?? options.scaleDownGPUUtilizationThreshold
        : overrides.scaleDownUtilizationThreshold ?? options.scaleDownUtilizationThreshold
      let isLow =
        options.release == .v1_13 ? info.value < threshold : info.value <= threshold
      return isLow ? nil : .notUnderutilized
    } catch {
      return .unexpectedError
    }
  }

  // MARK: What may go now

  /// The nodes that have been unneeded for long enough, in the order of `entries`, the risky ones
  /// last.
  ///
  /// - Parameters:
  ///   - order: a permutation of the unneeded nodes; they are taken from an unordered table, and
  ///     the first ones use up what the groups may lose.
  ///   - deletionsInProgress: by the index of the group.
  public mutating func removable(
    _ observation: ClusterObservation, order: [Int], deletionsInProgress: [Int]
  ) -> (empty: [RemovableNode], drain: [RemovableNode]) {
    var sizes = observation.groups.map(\.targetSize)
    var limits = ClusterLimits(observation.nodes.lazy.map(\.node), options)
    var nodes: [String: ObservedNode] = [:]
    for observed in observation.nodes { nodes[observed.name] = observed }
    let entries = order.map { unneeded.entries[$0] }
    var empty: [RemovableNode] = []
    var drain: [RemovableNode] = []
    for entry in entries.filter(\.node.isEmpty) + entries.filter({ !$0.node.isEmpty }) {
      guard let observed = nodes[entry.node.name] else { continue }
      let reason = blocking(
        entry, observed, observation, &sizes, &limits, deletionsInProgress)
      if let reason {
        unremovable.add(UnremovableNode(name: entry.node.name, reason: reason))
      } else if entry.node.isEmpty {
        empty.append(entry.node)
      } else {
        drain.append(entry.node)
      }
    }
    return (empty, drain.filter { !$0.isRisky } + drain.filter(\.isRisky))
  }

  private func blocking(
    _ entry: UnneededNodes.Entry, _ observed: ObservedNode, _ observation: ClusterObservation,
    _ sizes: inout [Int], _ limits: inout ClusterLimits, _ deletionsInProgress: [Int]
  ) -> UnremovableReason? {
    if observed.node.hasScaleDownDisabled { return .scaleDownDisabledAnnotation }
    guard let group = observed.group else { return .notAutoscaled }
    let overrides = observation.groups[group].options
    if observed.isReady {
      let time = overrides.scaleDownUnneededTime ?? options.scaleDownUnneededTime
      if entry.since + time >= observation.now { return .notUnneededLongEnough }
    } else {
      let time = overrides.scaleDownUnreadyTime ?? options.scaleDownUnreadyTime
      if entry.since + time >= observation.now { return .notUnreadyLongEnough }
    }
    if sizes[group] - deletionsInProgress[group] <= observation.groups[group].minSize {
      return .nodeGroupMinSizeReached
    }
    if !limits.tryRemoving(observed.node) { return .minimalResourceLimitExceeded }
    sizes[group] -= 1
    return nil
  }
}

extension Node {
  /// The annotation that keeps a node from being scaled down.
  var hasScaleDownDisabled: Bool {
    metadata.annotations["cluster-autoscaler.kubernetes.io/scale-down-disabled"] == "true"
  }
}
