public import KubernetesObjects

/// One profile at work: filters the nodes for a pod, ranks those that do, and says why when none
/// does.
///
/// What the real scheduler remembers between cycles is in here: where the next search starts.
/// Follows `pkg/scheduler/schedule_one.go` of kube-scheduler 1.36.
public struct SchedulingCycle: Sendable {
  /// How much a decision is to tell.
  public enum Detail: Sendable {
    /// The best nodes, and the reasons only if there are none.
    case choice
    /// Every score and every reason.
    case tables
  }

  public let profile: SchedulerProfile
  /// The place in the node order where the next search starts: it moves on by what each search
  /// looked at.
  public var nextStart = 0

  let nodeFacts: [any NodeFactFilter]
  let filters: [any FilterPlugin]
  let scorers: [(plugin: any ScorePlugin, weight: Int64)]
  var state = CycleState()
  private var block: [NodeIndex] = []
  private var scores: [Int64] = []

  public init(profile: SchedulerProfile = .kubernetes1_36) {
    self.profile = profile
    nodeFacts = profile.filters.compactMap { PluginRegistry.nodeFactFilter($0, profile) }
    var filters = profile.filters.compactMap { PluginRegistry.filter($0, profile) }
    // Scores of resources are worked out where the fit is, even if nothing is to be filtered.
    if !profile.filters.contains(.nodeResourcesFit) {
      filters.append(NodeResourcesFit(profile: profile, rejects: false))
    }
    self.filters = filters
    scorers = profile.scores.compactMap { entry in
      PluginRegistry.score(entry.name, profile).map { ($0, entry.weight) }
    }
  }

  /// Decides where a pod may go. The snapshot's pods and nodes stay as they are; its running
  /// counts may be extended.
  ///
  /// - Parameters:
  ///   - budgets: consulted only if the pod fits nowhere and may preempt.
  ///   - preemptionStart: where among the candidates the search for victims starts; the real
  ///     one draws it.
  /// - Complexity: linear in the nodes looked at; for a pod of a class seen before a few
  ///   nanoseconds each.
  public mutating func decide(
    _ pod: PodRef, in snapshot: inout SchedulerSnapshot, detail: Detail = .choice,
    budgets: @autoclosure () -> [PodDisruptionBudget] = [],
    preemptionStart: @autoclosure () -> Int = 0
  ) -> SchedulingDecision {
    begin(pod, &snapshot)
    var decision = SchedulingDecision()
    if snapshot.nodeCount == 0 {
      decision.diagnosis = FitDiagnosis(
        nodeCount: 0, rejectedBy: [], message: "no nodes available to schedule pods")
      return decision
    }
    if let refusal = state.refusal {
      refuse(&decision, refusal, &snapshot)
      preempt(&decision, &snapshot, budgets, preemptionStart)
      return decision
    }
    if let nominated = snapshot.nominatedNode(of: pod.key), snapshot.rows[Int(nominated)].isPresent
    {
      decision.feasible = [nominated]
      filter(&decision.feasible, &snapshot)
    }
    if decision.feasible.isEmpty {
      state.begin(rows: snapshot.rows.count)
      decision.feasible = search(&snapshot)
    }
    if decision.feasible.isEmpty {
      diagnose(&decision, &snapshot)
      preempt(&decision, &snapshot, budgets, preemptionStart)
      return decision
    }
    if detail == .tables { decision.failures = failures(snapshot) }
    rank(&decision, &snapshot, detail)
    return decision
  }

  /// Whether a pod may stand on one node, and if not, why: the filters alone, as
  /// cluster-autoscaler and the kubelet ask.
  public mutating func check(
    _ pod: PodRef, on node: NodeIndex, in snapshot: inout SchedulerSnapshot
  ) -> FailureReasons {
    begin(pod, &snapshot)
    if state.refusal != nil { return .refusedBeforehand }
    var rows = [node]
    filter(&rows, &snapshot)
    return rows.isEmpty ? state.verdicts[Int(node)] : []
  }

  // MARK: Preparing

  mutating func begin(_ pod: PodRef, _ snapshot: inout SchedulerSnapshot) {
    let podClass = snapshot.podClass(of: pod)
    snapshot.order.refresh()
    snapshot.caches.use(profile)
    snapshot.use(hardPodAffinityWeight: profile.hardPodAffinityWeight)
    state.key = pod.key
    state.podClass = podClass
    state.priority = snapshot.classes.classes[Int(podClass)].priority
    state.placement = snapshot.classes.classes[Int(podClass)].placement
    state.requestIndex = snapshot.classes.classes[Int(podClass)].requestIndex
    state.begin(rows: snapshot.rows.count)
    snapshot.preparePlan(podClass, defaults: profile.spreadDefaults)
    snapshot.refreshPlacement(state.placement, nodeFacts)
    state.skipped.removeAll()
    if snapshot.classes.placements[Int(state.placement)].namedNodes?.isEmpty == true,
      profile.filters.contains(.nodeAffinity)
    {
      state.refuse(.nodeAffinity, "pod affinity terms conflict")
    }
    for plugin in filters where !plugin.prepare(&state, &snapshot) {
      state.skipped.insert(plugin.name)
    }
  }

  // MARK: Filtering

  /// The feasible nodes, as many as are sought, from where the last search ended.
  private mutating func search(_ snapshot: inout SchedulerSnapshot) -> [NodeIndex] {
    let all = snapshot.nodeCount
    if let named = snapshot.classes.placements[Int(state.placement)].namedNodes {
      return searchNamed(named, &snapshot)
    }
    let wanted = profile.feasibleNodesToFind(among: all)
    var feasible: [NodeIndex] = []
    feasible.reserveCapacity(wanted)
    var block: [NodeIndex] = []
    swap(&block, &self.block)
    defer { swap(&block, &self.block) }
    var examined = 0
    nextStart %= all
    while feasible.count < wanted && examined < all {
      // A block no longer than what is still sought ends exactly where a search one by one does.
      let length = min(wanted - feasible.count, all - examined)
      block.removeAll(keepingCapacity: true)
      let start = (nextStart + examined) % all
      let upper = min(start + length, all)
      block.append(contentsOf: snapshot.order.rows[start..<upper])
      if upper - start < length {
        block.append(contentsOf: snapshot.order.rows[..<(length - (upper - start))])
      }
      filter(&block, &snapshot)
      feasible.append(contentsOf: block)
      examined += length
    }
    nextStart = (nextStart + examined) % all
    return feasible
  }

  /// Only nodes that the pod's affinity names are examined; the rest share one verdict.
  private mutating func searchNamed(
    _ names: [String], _ snapshot: inout SchedulerSnapshot
  ) -> [NodeIndex] {
    var rows = names.compactMap { snapshot.node(named: $0) }
    let named = rows
    nextStart = (nextStart + rows.count) % snapshot.nodeCount
    filter(&rows, &snapshot)
    for row in snapshot.order.rows where !named.contains(row) {
      state.reject(row, [.notNamed, .unresolvable])
    }
    return rows
  }

  /// Takes the nodes that do not do out of `rows`, in order, and notes why.
  mutating func filter(_ rows: inout [NodeIndex], _ snapshot: inout SchedulerSnapshot) {
    if !snapshot.nominations.isEmpty { filterNominated(&rows, &snapshot) }
    if profile.era == .v1_11 {
      filter1_11(&rows, &snapshot)
      return
    }
    let placement = Int(state.placement)
    rows.keep { row in
      let verdict = snapshot.caches.placements[placement].verdicts[Int(row)]
      if verdict.isEmpty { return true }
      state.reject(row, verdict)
      return false
    }
    for plugin in filters where !rows.isEmpty {
      if !state.skipped.isEmpty, state.skipped.contains(plugin.name) { continue }
      plugin.filter(&rows, &state, &snapshot)
    }
  }

  // MARK: Ranking

  private mutating func rank(
    _ decision: inout SchedulingDecision, _ snapshot: inout SchedulerSnapshot, _ detail: Detail
  ) {
    let count = decision.feasible.count
    if count == 1, detail == .choice {
      decision.best = decision.feasible
      return
    }
    var totals = [Int64](repeating: 0, count: count)
    var scores: [Int64] = []
    swap(&scores, &self.scores)
    defer { swap(&scores, &self.scores) }
    scores.removeAll(keepingCapacity: true)
    scores.append(contentsOf: totals)
    var common: Int64 = 0
    for (plugin, weight) in scorers {
      switch plugin.score(decision.feasible, state, &snapshot, into: &scores) {
      case .skipped: continue
      case .uniform(let score):
        common &+= score &* weight
        if detail == .choice { continue }
        for index in scores.indices { scores[index] = score }
      case .written:
        totals.add(scores, times: weight)
      }
      if detail == .tables {
        decision.scores.append(
          PluginScores(plugin: plugin.name, values: scores.map { $0 &* weight }))
      }
    }
    let most = totals.max() ?? 0
    decision.bestTotal = most &+ common
    for index in totals.indices where totals[index] == most {
      decision.best.append(decision.feasible[index])
    }
    if detail == .tables { decision.totals = totals.map { $0 &+ common } }
  }

  // MARK: Explaining

  private func failures(_ snapshot: SchedulerSnapshot) -> [NodeFailure] {
    state.failed.map { NodeFailure(node: $0, reasons: state.verdicts[Int($0)]) }
  }

  /// Says that no node will do, whatever it is.
  private mutating func refuse(
    _ decision: inout SchedulingDecision, _ refusal: CycleState.Refusal,
    _ snapshot: inout SchedulerSnapshot
  ) {
    for row in snapshot.order.rows { state.reject(row, [.refusedBeforehand, .unresolvable]) }
    decision.failures = failures(snapshot)
    decision.diagnosis = FitDiagnosis(
      nodeCount: snapshot.nodeCount, rejectedBy: [refusal.plugin],
      message: profile.era == .v1_11
        ? refusal.message
        : "0/\(snapshot.nodeCount) nodes are available: \(refusal.message).")
    decision.diagnosis?.refusal = refusal.message
  }

  private func diagnose(
    _ decision: inout SchedulingDecision, _ snapshot: inout SchedulerSnapshot
  ) {
    decision.failures = failures(snapshot)
    var counts = ReasonCounts()
    var plugins: Set<PluginName> = []
    for failure in decision.failures { counts.add(failure.reasons) }
    for entry in counts.counts { if let plugin = entry.reasons.plugin { plugins.insert(plugin) } }
    decision.diagnosis = FitDiagnosis(
      nodeCount: snapshot.nodeCount,
      rejectedBy: PluginName.allCases.filter(plugins.contains),
      message: FitDiagnosis.summary(
        nodeCount: snapshot.nodeCount, counts.texts(profile, snapshot)))
  }
}
