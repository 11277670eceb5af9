import KubernetesObjects

/// What a recording tells about choices the real program makes by chance: it is followed wherever
/// it is among the equally good ones, and nowhere else.
struct Hints {
  private var uids: [String: UID] = [:]
  /// By pod: when a controller deleted it, in nanoseconds.
  private var deletions: [String: [Int64]] = [:]
  /// By node: when it got a NoExecute taint.
  private var evictionTaints: [String: [Int64]] = [:]
  /// By node: when a DaemonSet's pod was created for it.
  private var creations: [String: [Int64]] = [:]

  init() {}

  mutating func note(uid: UID, of pod: String) { uids[pod] = uid }
  mutating func note(deletionOf pod: String, at time: Int64) {
    deletions[pod, default: []].append(time)
  }
  mutating func note(evictionTaintOf node: String, at time: Int64) {
    evictionTaints[node, default: []].append(time)
  }
  mutating func note(creationFor place: String, at time: Int64) {
    creations[place, default: []].append(time)
  }

  func uid(of pod: String) -> UID? { uids[pod] }

  /// The pods in the order in which the recording deletes them next; the others after them.
  func byDeletion(_ pods: [String], after now: Int64) -> [String] {
    ordered(pods, by: deletions, after: now)
  }

  func byEvictionTaint(_ nodes: [String], after now: Int64) -> [String] {
    ordered(nodes, by: evictionTaints, after: now)
  }

  func byCreation(_ places: [String], after now: Int64) -> [String] {
    ordered(places, by: creations, after: now)
  }

  private func ordered(
    _ names: [String], by times: [String: [Int64]], after now: Int64
  ) -> [String] {
    // Half a second of slack, since the two clocks may be some milliseconds apart.
    func next(_ name: String) -> Int64 {
      times[name]?.first { $0 > now - 500_000_000 } ?? .max
    }
    return names.enumerated()
      .map { (next($0.element), $0.offset, $0.element) }
      .sorted { ($0.0, $0.1) < ($1.0, $1.1) }
      .map(\.2)
  }
}
