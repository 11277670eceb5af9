/// Where pods were placed last time, so that the next simulation finds the place at once.
///
/// Two generations are kept: what was not used in one simulation is gone after the next. Follows
/// `simulator/scheduling/hints.go` of cluster-autoscaler 1.36.
struct Hints: Sendable {
  private var current: [UInt32: String] = [:]
  private var old: [UInt32: String] = [:]

  /// The name of the node of a pod's last place.
  subscript(pod: UInt32) -> String? {
    get { current[pod] ?? old[pod] }
    set { current[pod] = newValue }
  }

  mutating func dropOld() {
    old = current
    current = [:]
  }
}
