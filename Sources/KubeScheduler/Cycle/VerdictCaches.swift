import KubernetesObjects

/// What is known of pairs of a pod's shape and a node, kept until the node changes.
struct VerdictCaches: Sendable {
  /// The profile that the entries were made under.
  var profile: SchedulerProfile?
  var placements: [PlacementCache] = []
  var resources: [ResourceCache] = []
  private var clock = 0

  /// More shapes of requests than this, and those unused for longest are forgotten.
  private static let resourceLimit = 512

  mutating func use(_ profile: SchedulerProfile) {
    guard self.profile != profile else { return }
    self.profile = profile
    placements.removeAll()
    resources.removeAll()
  }

  /// Makes room for the entries of a request's shape.
  mutating func prepareResources(_ request: Int32, rows: Int) {
    while resources.count <= Int(request) { resources.append(ResourceCache()) }
    clock += 1
    resources[Int(request)].lastUse = clock
    let missing = rows - resources[Int(request)].entries.count
    guard missing > 0 else { return }
    resources[Int(request)].entries += Array(repeating: ResourceVerdict(), count: missing)
    forgetResources()
  }

  private mutating func forgetResources() {
    let used = resources.indices.filter { !resources[$0].entries.isEmpty }
    guard used.count > Self.resourceLimit else { return }
    let uses = used.map { resources[$0].lastUse }.sorted()
    let threshold = uses[uses.count / 2]
    for index in used where resources[index].lastUse < threshold { resources[index].entries = [] }
  }
}

/// Verdicts that follow from a node's own facts, for one placement shape.
struct PlacementCache: Sendable {
  var seen = -1
  var verdicts: [FailureReasons] = []
  /// Untolerated PreferNoSchedule taints.
  var softTaints: [Int32] = []
  /// Summed weights of the preferred node affinity terms that match.
  var preferred: [Int32] = []
}

/// Fit and resource scores of one request shape, by row.
struct ResourceCache: Sendable {
  var entries: [ResourceVerdict] = []
  var lastUse = 0
}

struct ResourceVerdict: Sendable, BitwiseCopyable {
  var reasons = FailureReasons()
  /// The row's version it was made for; 0: none.
  var version: UInt32 = 0
  var fit: UInt8 = 0
  var balanced: UInt8 = 0
}

extension SchedulerSnapshot {
  /// Brings the verdicts of a placement shape up to date with the node log.
  mutating func refreshPlacement(_ placement: Int32, _ statics: [any NodeFactFilter]) {
    let index = Int(placement)
    while caches.placements.count <= index { caches.placements.append(PlacementCache()) }
    let seen = caches.placements[index].seen
    if seen == nodeLogEnd, caches.placements[index].verdicts.count == rows.count { return }
    let missing = rows.count - caches.placements[index].verdicts.count
    if missing > 0 {
      caches.placements[index].verdicts += Array(repeating: [], count: missing)
      caches.placements[index].softTaints += Array(repeating: 0, count: missing)
      caches.placements[index].preferred += Array(repeating: 0, count: missing)
    }
    if seen < nodeLogStart {
      for row in rows.indices { refreshPlacement(index, row: row, statics) }
    } else {
      for row in nodeLog[(seen - nodeLogStart)...] {
        refreshPlacement(index, row: Int(row), statics)
      }
    }
    caches.placements[index].seen = nodeLogEnd
  }

  private mutating func refreshPlacement(
    _ index: Int, row: Int, _ statics: [any NodeFactFilter]
  ) {
    let shape = classes.placements[index]
    var verdict = FailureReasons()
    for filter in statics {
      verdict.formUnion(filter.verdict(of: rows[row], for: shape))
      // In 1.11 the predicates after this one may still be asked; see `verdict1_11`.
      if !verdict.isEmpty, caches.profile?.era != .v1_11 { break }
    }
    caches.placements[index].verdicts[row] = verdict
    caches.placements[index].softTaints[row] = TaintToleration.untoleratedSoftTaints(
      rows[row], shape)
    caches.placements[index].preferred[row] = NodeAffinity.preference(
      rows[row], shape, caches.profile?.addedAffinity)
  }
}
