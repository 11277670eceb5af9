public import KubernetesObjects

extension SchedulingCycle {
  /// The place in `order` of the first node on which a pod may stand, tried from `start` on and
  /// round; nil if there is none.
  ///
  /// The filters alone, as cluster-autoscaler asks them: nothing is ranked. Cordoned nodes are
  /// passed over, whatever the pod tolerates, and so are nodes that `accepts` refuses. Follows
  /// `RunFiltersUntilPassingNode` in `simulator/clustersnapshot/predicate/plugin_runner.go` of
  /// cluster-autoscaler 1.36.
  ///
  /// - Complexity: linear in the nodes tried.
  public mutating func firstFit(
    _ pod: PodRef, among order: [NodeIndex], from start: Int, in snapshot: inout SchedulerSnapshot,
    where accepts: (NodeIndex) -> Bool
  ) -> Int? {
    let count = order.count
    if count == 0 { return nil }
    begin(pod, &snapshot)
    if state.refusal != nil { return nil }
    var examined = 0
    var length = 1
    var block: [NodeIndex] = []
    while examined < count {
      block.removeAll(keepingCapacity: true)
      let end = min(count, examined + length)
      for offset in examined..<end {
        let node = order[(start + offset) % count]
        if !snapshot.rows[Int(node)].unschedulable, accepts(node) { block.append(node) }
      }
      if !block.isEmpty { filter(&block, &snapshot) }
      if let found = block.first {
        return (examined..<end).lazy.map { (start + $0) % count }.first { order[$0] == found }
      }
      examined = end
      length = min(length * 4, 256)
    }
    return nil
  }
}

extension SchedulerSnapshot {
  /// Forgets which pods wait for victims to leave.
  public mutating func removeNominations() {
    for nomination in nominations { removeNomination(of: nomination.key) }
  }

  /// What the pods on a node ask for in all, and what it has.
  ///
  /// - Complexity: constant.
  public func use(of node: NodeIndex) -> (requested: ResourceVector, allocatable: ResourceVector) {
    let amounts = amounts[Int(node)]
    return (
      ResourceVector(
        milliCPU: amounts.requestedCPU, memory: amounts.requestedMemory,
        ephemeralStorage: amounts.requestedStorage),
      ResourceVector(
        milliCPU: amounts.allocatableCPU, memory: amounts.allocatableMemory,
        ephemeralStorage: amounts.allocatableStorage)
    )
  }

  /// Whether a pod of a lower priority than this stands anywhere.
  public func hasPods(below priority: Int32) -> Bool { priorities.hasAny(below: priority) }
}
