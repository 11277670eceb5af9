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
  public static func deletionCost(_ annotations: Labels) -> Int64 {
    guard let text = annotations["controller.kubernetes.io/pod-deletion-cost"],
      text.first != "+", let cost = Int32(text), text == String(cost)
    else { return 0 }
    return Int64(cost)
  }
}

/// Which pods go first. Follows `ActivePodsWithRanks.Less` of controller_utils.go, 1.36, and
/// `ActivePods.Less` for 1.11, which knows neither cost nor colocation and compares exact times.
///
/// The relation of 1.36 is no order: of two pods that became ready in different seconds of one age
/// bucket the smaller uid goes first, two of the same second are equal, and so a before b before c
/// before a can be. What the real controller then deletes depends on the order in which a hash map
/// hands out the pods. `Selection` says what is certain and `admits` what is possible.
public struct DeletionOrder: Sendable {
  public var now: SimulationTime
  public var release: KubernetesRelease

  public init(now: SimulationTime, release: KubernetesRelease = .v1_36) {
    self.now = now
    self.release = release
  }

  /// Victims by index into the candidates.
  public struct Selection: Sendable, Hashable {
    /// Go in any case.
    public var certain: [Int]
    /// Of these, `take` go.
    public var contested: [Int]
    public var take: Int
  }

  /// Selects `count` of `candidates`. Complexity: n log n comparisons.
  public func selection(_ count: Int, of candidates: [DeletionCandidate]) -> Selection {
    guard count < candidates.count else {
      return Selection(certain: Array(candidates.indices), contested: [], take: 0)
    }
    guard count > 0 else { return Selection(certain: [], contested: [], take: 0) }
    let ranked = candidates.indices.sorted {
      let verdict = compareClasses(candidates[$0], candidates[$1])
      return verdict == 0 ? $0 < $1 : verdict < 0
    }
    func isAlike(_ index: Int) -> Bool {
      compareClasses(candidates[ranked[index]], candidates[ranked[count - 1]]) == 0
    }
    var start = count - 1
    while start > 0, isAlike(start - 1) { start -= 1 }
    var end = count
    while end < ranked.count, isAlike(end) { end += 1 }
    return Selection(
      certain: Array(ranked[..<start]), contested: ranked[start..<end].sorted(),
      take: count - start)
  }

  /// One possible outcome: what goes if the pods come in the order of their uids.
  ///
  /// Complexity: n log n, but quadratic in pods of one second that differ in restarts.
  public func victims(_ count: Int, of candidates: [DeletionCandidate]) -> [Int] {
    let selection = selection(count, of: candidates)
    var order = selection.contested.sorted {
      (candidates[$0].uid, $0) < (candidates[$1].uid, $1)
    }
    // Insertion, as the real sort does with few elements: defined for any relation.
    for end in order.indices.dropFirst() {
      var place = end
      while place > 0, compare(candidates[order[place]], candidates[order[place - 1]]) < 0 {
        order.swapAt(place, place - 1)
        place -= 1
      }
    }
    return selection.certain + order.prefix(selection.take)
  }

  /// Whether the real controller may take just these of the contested.
  ///
  /// A sort may leave the pods in any sequence in which none stands right before one that goes
  /// before it. Complexity: cubic in the number of contested pods.
  public func admits(
    _ chosen: [Int], of selection: Selection, candidates: [DeletionCandidate]
  ) -> Bool {
    guard chosen.count == selection.take, chosen.allSatisfy(selection.contested.contains) else {
      return false
    }
    let rest = selection.contested.filter { !chosen.contains($0) }
    guard !chosen.isEmpty, !rest.isEmpty else { return true }
    func mayFollow(_ a: Int, _ b: Int) -> Bool { compare(candidates[b], candidates[a]) >= 0 }
    let last = chosen.filter { end in Self.reaches(end, chosen, mayFollow) }
    let first = rest.filter { start in Self.reaches(start, rest) { mayFollow($1, $0) } }
    return last.contains { end in first.contains { mayFollow(end, $0) } }
  }

  // Of any two pods one may follow the other, so that every set can be put in sequence, and a pod
  // may stand at the end exactly if a chain leads to it from every other one.
  private static func reaches(
    _ target: Int, _ set: [Int], _ mayFollow: (Int, Int) -> Bool
  ) -> Bool {
    var reached: Set<Int> = [target]
    var frontier = [target]
    while let next = frontier.popLast() {
      for other in set where !reached.contains(other) && mayFollow(other, next) {
        reached.insert(other)
        frontier.append(other)
      }
    }
    return reached.count == set.count
  }

  // MARK: Comparison

  /// Negative if `a` goes before `b`, 0 if they are equal. Not transitive in 1.36.
  public func compare(_ a: DeletionCandidate, _ b: DeletionCandidate) -> Int {
    let classes = compareClasses(a, b)
    if classes != 0 { return classes }
    if let since = a.readySince, let otherSince = b.readySince, since != otherSince {
      return compareAges(since, otherSince, a.uid, b.uid)
    }
    if a.restarts != b.restarts { return a.restarts > b.restarts ? -1 : 1 }
    if a.created != b.created { return compareAges(a.created, b.created, a.uid, b.uid) }
    return 0
  }

  /// The part of the comparison that is an order: what stands between classes of pods.
  private func compareClasses(_ a: DeletionCandidate, _ b: DeletionCandidate) -> Int {
    if a.isBound != b.isBound { return a.isBound ? 1 : -1 }
    let phases = Self.ordinal(a.phase) - Self.ordinal(b.phase)
    if phases != 0 { return phases }
    if (a.readySince == nil) != (b.readySince == nil) { return a.readySince == nil ? -1 : 1 }
    guard release == .v1_36 else { return 0 }
    if a.deletionCost != b.deletionCost { return a.deletionCost < b.deletionCost ? -1 : 1 }
    if a.colocated != b.colocated { return a.colocated > b.colocated ? -1 : 1 }
    if let since = a.readySince, let otherSince = b.readySince {
      return ageBucket(since) - ageBucket(otherSince)
    }
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
