import KubernetesObjects

/// What the plugins of one cycle share: the pod, and what was worked out before the first node.
struct CycleState: Sendable {
  var key: UInt32 = 0
  var podClass: Int32 = 0
  var priority: Int32 = 0
  var placement: Int32 = 0
  var requestIndex: Int32 = 0
  /// The smallest count of each hard spread constraint.
  var spreadMinimums: [Int64] = []
  /// The filters that have nothing to say about this pod.
  var skipped: Set<PluginName> = []

  /// By row, empty for nodes that were not examined or do.
  var verdicts: [FailureReasons] = []
  /// The nodes that failed, in the order of examination.
  var failed: [NodeIndex] = []

  mutating func begin(rows: Int) {
    for row in failed { verdicts[Int(row)] = [] }
    failed.removeAll(keepingCapacity: true)
    if verdicts.count < rows {
      verdicts += Array(repeating: [], count: rows - verdicts.count)
    }
  }

  @inline(__always)
  mutating func reject(_ row: NodeIndex, _ reasons: FailureReasons) {
    verdicts[Int(row)] = reasons
    failed.append(row)
  }
}
