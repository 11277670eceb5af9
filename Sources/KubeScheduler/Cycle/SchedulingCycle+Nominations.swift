extension SchedulingCycle {
  /// Takes out the nodes that would not do once the pods nominated there, of this pod's priority
  /// or a higher one, had come.
  ///
  /// Follows `RunFilterPluginsWithNominatedPods` 1.36: such nodes have to pass with the nominated
  /// pods, and then without them.
  mutating func filterNominated(
    _ rows: inout [NodeIndex], _ snapshot: inout SchedulerSnapshot
  ) {
    let key = state.key
    let priority = state.priority
    let relevant = snapshot.nominations.filter { $0.key != key && $0.priority >= priority }
    if relevant.isEmpty { return }
    rows.keep { row in
      let coming = relevant.filter { $0.node == row }
      if coming.isEmpty { return true }
      let verdict = withPods(coming, on: row, &snapshot) { $0.verdict(row, &$1) }
      if verdict.isEmpty { return true }
      state.reject(row, verdict)
      return false
    }
  }

  /// Runs `body` as if the nominated pods stood on the node already.
  private mutating func withPods<Result>(
    _ coming: [Nomination], on row: NodeIndex, _ snapshot: inout SchedulerSnapshot,
    _ body: (inout SchedulingCycle, inout SchedulerSnapshot) -> Result
  ) -> Result {
    let pods = snapshot.rows[Int(row)].pods
    for pod in coming {
      let entry = PodEntry(
        key: pod.key, podClass: pod.podClass, priority: pod.priority, startTime: .max)
      snapshot.place(entry, on: row)
    }
    let result = body(&self, &snapshot)
    for _ in coming { snapshot.take(at: snapshot.rows[Int(row)].pods.count - 1, from: row) }
    snapshot.rows[Int(row)].pods = pods
    return result
  }

  /// What the filters say of one node in the snapshot as it is now, nominations aside.
  ///
  /// Filters that were skipped for the pod stay skipped, whatever has been added since: so does
  /// the real scheduler.
  mutating func verdict(
    _ row: NodeIndex, _ snapshot: inout SchedulerSnapshot
  ) -> FailureReasons {
    let skipped = state.skipped
    let minimums = state.spreadMinimums
    let failedBefore = state.failed.count
    for plugin in filters where !skipped.contains(plugin.name) {
      _ = plugin.prepare(&state, &snapshot)
    }
    let nominations = snapshot.nominations
    snapshot.nominations = []
    var rows = [row]
    filter(&rows, &snapshot)
    snapshot.nominations = nominations
    state.skipped = skipped
    state.spreadMinimums = minimums
    guard rows.isEmpty else { return [] }
    let verdict = state.verdicts[Int(row)]
    state.verdicts[Int(row)] = []
    state.failed.removeLast(state.failed.count - failedBefore)
    return verdict
  }
}
