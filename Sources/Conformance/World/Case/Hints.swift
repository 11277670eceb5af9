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

  /// By node: its taints after each change, as the recording writes them.
  private var taints: [String: [(time: Int64, taints: [String])]] = [:]

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

  mutating func note(taints list: [String], of node: String, at time: Int64) {
    taints[node, default: []].append((time, list))
  }

  /// Whether the node's next recorded taints include this NoExecute one.
  func nextTaints(of node: String, after now: Int64, include key: String) -> Bool {
    let next = taints[node]?.first { $0.time > now }
    return next?.taints.contains { $0.hasPrefix(key) && $0.hasSuffix(":NoExecute") } ?? false
  }

  /// Whether one of `nodes` gets its NoExecute taint within the 50 ms after `now`.
  func taintsSoon(_ nodes: [String], after now: Int64) -> Bool {
    nodes.contains { node in
      evictionTaints[node]?.contains { $0 >= now && $0 <= now + 50_000_000 } ?? false
    }
  }

  /// Whether one of `pods` is deleted within the five seconds after `now`.
  func deletesSoon(_ pods: [String], after now: Int64) -> Bool {
    pods.contains { pod in
      deletions[pod]?.contains { $0 >= now && $0 <= now + 5_000_000_000 } ?? false
    }
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
