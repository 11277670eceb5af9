import KubernetesObjects

/// Keeps pods off nodes without room for their requests, and ranks nodes by how full they would
/// be (`plugins/noderesources/fit.go` 1.36).
struct NodeResourcesFit: FilterPlugin, ScorePlugin {
  let name = PluginName.nodeResourcesFit
  let profile: SchedulerProfile
  /// False where only its scores are wanted.
  var rejects = true

  func prepare(_ cycle: inout CycleState, _ snapshot: inout SchedulerSnapshot) -> Bool {
    snapshot.caches.prepareResources(cycle.requestIndex, rows: snapshot.rows.count)
    return true
  }

  func filter(
    _ rows: inout [NodeIndex], _ cycle: inout CycleState, _ snapshot: inout SchedulerSnapshot
  ) {
    let request = Int(cycle.requestIndex)
    rows.keep { row in
      let index = Int(row)
      let version = snapshot.amounts[index].version
      if snapshot.caches.resources[request].entries[index].version != version {
        snapshot.caches.resources[request].entries[index] = verdict(
          row: index, snapshot.classes.requests[request], snapshot)
      }
      let reasons = snapshot.caches.resources[request].entries[index].reasons
      if reasons.isEmpty { return true }
      cycle.reject(row, reasons)
      return false
    }
  }

  /// Fit and scores at once: they are needed together and change together.
  private func verdict(
    row: Int, _ request: RequestShape, _ snapshot: SchedulerSnapshot
  ) -> ResourceVerdict {
    var entry = ResourceVerdict()
    entry.version = snapshot.amounts[row].version
    if rejects { entry.reasons = Self.shortage(row: row, request, snapshot, profile) }
    guard entry.reasons.isEmpty else { return entry }
    entry.fit = UInt8(clamping: ResourceScorer.fit(row, request, snapshot, profile))
    entry.balanced = UInt8(clamping: BalancedAllocation.score(row, request, snapshot, profile))
    return entry
  }

  /// Every resource that is short: `fitsRequest` 1.36.
  static func shortage(
    row: Int, _ request: RequestShape, _ snapshot: SchedulerSnapshot,
    _ profile: SchedulerProfile
  ) -> FailureReasons {
    let amounts = snapshot.amounts[row]
    var reasons = FailureReasons()
    func ask(_ wanted: Int64, _ allocatable: Int64, _ used: Int64, _ reason: FailureReasons) {
      guard wanted > 0, wanted > allocatable &- used else { return }
      reasons.formUnion(reason)
      if wanted > allocatable { reasons.formUnion(.unresolvable) }
    }
    if amounts.podCount + 1 > amounts.allocatablePods { reasons.formUnion(.tooManyPods) }
    if request.isZero { return reasons }
    ask(request.milliCPU, amounts.allocatableCPU, amounts.requestedCPU, .insufficientCPU)
    ask(
      request.memory, amounts.allocatableMemory, amounts.requestedMemory, .insufficientMemory)
    ask(
      request.storage, amounts.allocatableStorage, amounts.requestedStorage,
      .insufficientStorage)
    for scalar in request.scalars where !profile.ignores(snapshot.scalarNames[scalar.column]) {
      ask(
        scalar.value, snapshot.scalarAllocatable[scalar.column][row],
        snapshot.scalarRequested[scalar.column][row], .insufficientScalar(scalar.column))
    }
    return reasons
  }

  func score(
    _ rows: [NodeIndex], _ cycle: CycleState, _ snapshot: inout SchedulerSnapshot,
    into scores: inout [Int64]
  ) -> ScoreOutcome {
    let entries = snapshot.caches.resources[Int(cycle.requestIndex)].entries
    scores.fill(rows) { Int64(entries[$0].fit) }
    return .written
  }
}

extension SchedulerProfile {
  /// Whether the fit filter passes over an extended resource.
  fileprivate func ignores(_ resource: String) -> Bool {
    if ignoredResources.isEmpty && ignoredResourceGroups.isEmpty { return false }
    guard ResourceName.isExtended(resource) else { return false }
    let group = resource.prefix { $0 != "/" }
    return ignoredResources.contains(resource) || ignoredResourceGroups.contains(String(group))
  }
}
