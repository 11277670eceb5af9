/// How many nodes may go at a time.
///
/// Follows `core/scaledown/budgets/budgets.go` of cluster-autoscaler 1.36.
public enum ScaleDownBudgets {
  public typealias Candidate = (node: String, group: Int)

  /// The nodes that may go now: empty ones first, each list group by group in order of first
  /// appearance.
  public static func crop(
    empty: [Candidate], drain: [Candidate], emptyInProgress: Int, drainInProgress: Int,
    options: AutoscalerOptions
  ) -> (empty: [Candidate], drain: [Candidate]) {
    if options.release == .v1_13 {
      return crop113(empty: empty, drain: drain, drainInProgress: drainInProgress, options)
    }
    let budget = options.maxScaleDownParallelism - emptyInProgress - drainInProgress
    let emptyNow = Array(grouped(empty).prefix(max(0, budget)))
    let drainBudget = min(
      budget - emptyNow.count, options.maxDrainParallelism - drainInProgress)
    return (emptyNow, Array(grouped(drain).prefix(max(0, drainBudget))))
  }

  /// So many empty nodes, or else one to drain if none is (`core/scale_down.go` 1.13).
  private static func crop113(
    empty: [Candidate], drain: [Candidate], drainInProgress: Int, _ options: AutoscalerOptions
  ) -> (empty: [Candidate], drain: [Candidate]) {
    guard drainInProgress == 0 else { return ([], []) }
    guard empty.isEmpty else {
      return (Array(empty.prefix(max(0, options.maxEmptyBulkDelete))), [])
    }
    return ([], Array(drain.prefix(1)))
  }

  private static func grouped(_ nodes: [Candidate]) -> [Candidate] {
    var order: [Int] = []
    for node in nodes where !order.contains(node.group) { order.append(node.group) }
    return order.flatMap { group in nodes.filter { $0.group == group } }
  }
}
