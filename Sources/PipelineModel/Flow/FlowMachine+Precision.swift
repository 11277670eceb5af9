import TimeUnits

// How closely a state is looked at: more closely where a small difference decides.
extension FlowMachine {
  /// A state's rates and times, and the figures of its pods.
  ///
  /// - Parameter lagging: whether the reader at a place has a backlog.
  mutating func run(
    _ reading: [Reader], isExact: Bool = false, lagging: (Int) -> Bool
  ) -> (cell: FlowCell, pods: [Int: FlowCell.Pod]) {
    let state = state(reading, lagging: lagging)
    let found = look(state, reading, isExact: isExact)
    if isExact || !isWithin(Self.critical, reading, found.pods, lagging) { return found }
    return look(state, reading, isExact: true)
  }

  private mutating func look(
    _ state: FlowCellState, _ reading: [Reader], isExact: Bool
  ) -> (cell: FlowCell, pods: [Int: FlowCell.Pod]) {
    let (cell, figures) = cells.cell(
      state, isExact: isExact, settings: settings, network: network, nodeZones: nodeZones,
      brokerZones: brokerZones)
    // Looked up by pod, never walked.
    var byPod: [Int: FlowCell.Pod] = [:]
    for (readers, cellPod) in zip(self.byPod(reading), state.pods) {
      let pod = consumers[reading[readers.lowerBound].consumer].pod
      byPod[pod] = figures[state.signature(of: cellPod)]
    }
    return (cell, byPod)
  }

  /// The figures of a solution; what lasts is looked at more closely, once, as a backlog grows or
  /// shrinks by a small difference.
  mutating func figures(
    of solution: FlowSolution, _ reading: [Reader]
  ) -> [Int: FlowCell.Pod] {
    guard !solution.hasLasted, now.nanoseconds - solution.since > Self.lasting else {
      return solution.figures
    }
    self.solution?.hasLasted = true
    let lagging = { (index: Int) in solution.lags[index] }
    guard isWithin(Self.close, reading, solution.figures, lagging) else { return solution.figures }
    let found = run(reading, isExact: true, lagging: lagging)
    cell = found.cell
    self.solution?.figures = found.pods
    return found.pods
  }

  /// Nanoseconds. Assumed: what is shorter adds little to any backlog.
  private static let lasting: Int64 = 2_000_000_000

  /// Whether a pod with a backlog can do little more or less than what comes, as a share: then the
  /// difference of both decides, and has to be known.
  private func isWithin(
    _ share: Double, _ reading: [Reader], _ figures: [Int: FlowCell.Pod], _ lagging: (Int) -> Bool
  ) -> Bool {
    byPod(reading).contains { group in
      guard group.contains(where: { lagging($0) }),
        let throughput = figures[consumers[reading[group.lowerBound].consumer].pod]?.throughput
      else { return false }
      let coming = arrivals * Double(reading[group].reduce(0) { $0 + $1.partitions.count })
      return abs(coming - throughput) < share * throughput
    }
  }

  /// Assumed: a share at which 0.2 % of the throughput are a twentieth of what a backlog grows by.
  private static let critical = 0.04
  /// Assumed: a share at which 0.3 % of the throughput are a sixtieth of what a backlog grows or
  /// shrinks by.
  private static let close = 0.2
}
