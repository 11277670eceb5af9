public import KubernetesObjects
public import TimeUnits

/// What a ReplicaSet looks at when it has one pod too many: everything victims are ranked by.
public struct DeletionCandidate: Sendable, Hashable {
  public var uid: UID
  public var isBound: Bool
  public var phase: PodStatus.Phase
  public var readySince: SimulationTime?
  /// `controller.kubernetes.io/pod-deletion-cost`, 0 by default; lower goes first.
  public var deletionCost: Int64
  /// Active pods of the same owner (of all its ReplicaSets) on the same node.
  public var colocated: Int64
  public var restarts: Int32
  public var created: SimulationTime

  public init(
    uid: UID, isBound: Bool, phase: PodStatus.Phase, readySince: SimulationTime? = nil,
    deletionCost: Int64 = 0, colocated: Int64 = 0, restarts: Int32 = 0, created: SimulationTime
  ) {
    self.uid = uid
    self.isBound = isBound
    self.phase = phase
    self.readySince = readySince
    self.deletionCost = deletionCost
    self.colocated = colocated
    self.restarts = restarts
    self.created = created
  }

  public init(_ pod: Pod, colocated: Int64 = 0) {
    self.init(
      uid: pod.metadata.uid, isBound: pod.nodeName != nil, phase: pod.status.phase,
      readySince: pod.status.readySince,
      deletionCost: Self.deletionCost(pod.metadata.annotations), colocated: colocated,
      restarts: pod.status.containers.map(\.restartCount).max() ?? 0,
      created: pod.metadata.creationTime)
  }

  /// The cost an annotation gives: an Int32 as `strconv` writes it; anything else counts as 0.
  static func deletionCost(_ annotations: Labels) -> Int64 {
    guard let text = annotations["controller.kubernetes.io/pod-deletion-cost"],
      text.first != "+", let cost = Int32(text), text == String(cost)
    else { return 0 }
    return Int64(cost)
  }
}

/// Which pods go first. Follows `ActivePodsWithRanks.Less` of controller_utils.go, 1.36, and
/// `ActivePods.Less` for 1.11, which knows neither cost nor colocation and compares exact times.
public struct DeletionOrder: Sendable {
  public var now: SimulationTime
  public var release: KubernetesRelease

  public init(now: SimulationTime, release: KubernetesRelease = .v1_36) {
    self.now = now
    self.release = release
  }

  /// The victims as groups in the order they go: within a group all are equally good, and `take`
  /// says how many of it are to be deleted (all, but for the last group).
  public struct Group: Sendable, Hashable {
    /// Indices into the candidates.
    public var members: [Int]
    public var take: Int
  }

  /// Chooses `count` of `candidates`.
  ///
  /// Complexity: n log n comparisons.
  public func victims(_ count: Int, of candidates: [DeletionCandidate]) -> [Group] {
    guard count > 0 else { return [] }
    guard count < candidates.count else {
      return [Group(members: Array(candidates.indices), take: candidates.count)]
    }
    let ranked = candidates.indices.sorted {
      let verdict = compare(candidates[$0], candidates[$1])
      return verdict == 0 ? $0 < $1 : verdict < 0
    }
    var groups: [Group] = []
    var start = 0
    var left = count
    while left > 0 {
      var end = start + 1
      while end < ranked.count, compare(candidates[ranked[start]], candidates[ranked[end]]) == 0 {
        end += 1
      }
      let take = min(left, end - start)
      groups.append(Group(members: ranked[start..<end].sorted(), take: take))
      left -= take
      start = end
    }
    return groups
  }

  /// Negative if `a` goes before `b`, 0 if the real controller picks by chance.
  public func compare(_ a: DeletionCandidate, _ b: DeletionCandidate) -> Int {
    if a.isBound != b.isBound { return a.isBound ? 1 : -1 }
    let phases = Self.ordinal(a.phase) - Self.ordinal(b.phase)
    if phases != 0 { return phases }
    if (a.readySince == nil) != (b.readySince == nil) { return a.readySince == nil ? -1 : 1 }
    if release == .v1_36 {
      if a.deletionCost != b.deletionCost { return a.deletionCost < b.deletionCost ? -1 : 1 }
      if a.colocated != b.colocated { return a.colocated > b.colocated ? -1 : 1 }
    }
    if let since = a.readySince, let otherSince = b.readySince, since != otherSince {
      return compareAges(since, otherSince, a.uid, b.uid)
    }
    if a.restarts != b.restarts { return a.restarts > b.restarts ? -1 : 1 }
    if a.created != b.created { return compareAges(a.created, b.created, a.uid, b.uid) }
    return 0
  }

  private func compareAges(
    _ a: SimulationTime, _ b: SimulationTime, _ uid: UID, _ otherUID: UID
  ) -> Int {
    guard release == .v1_36 else { return a > b ? -1 : 1 }
    let difference = ageBucket(a) - ageBucket(b)
    if difference != 0 { return difference }
    return uid < otherUID ? -1 : 1
  }

  /// Floor of the binary logarithm of the age in nanoseconds; -1 for no age at all.
  private func ageBucket(_ time: SimulationTime) -> Int {
    let age = now.nanoseconds - time.nanoseconds
    return age > 0 ? age.bitWidth - 1 - age.leadingZeroBitCount : -1
  }

  private static func ordinal(_ phase: PodStatus.Phase) -> Int {
    switch phase {
    case .pending: 0
    case .unknown: 1
    case .running, .succeeded, .failed: 2
    }
  }
}
