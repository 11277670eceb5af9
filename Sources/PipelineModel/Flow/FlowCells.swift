import NetworkModel

/// The runs of states that a flow has met, by what they depend on.
struct FlowCells: Sendable {
  private var known: [[UInt64]: (cell: FlowCell, pods: [[UInt64]: FlowCell.Pod])] = [:]
  private(set) var runs = 0
  /// Checks that are counted of a state without and with a backlog: enough for a p99 within 3 %,
  /// and for a throughput within 0.2 %.
  var steadyChecks = 150_000
  var laggingChecks = 150_000
  var effort = 1.0

  /// A state's rates and times, and the figures of a pod by its signature.
  ///
  /// - Parameter isExact: whether many more checks are to be counted.
  mutating func cell(
    _ state: FlowCellState, isExact: Bool = false, settings: PipelineSettings, network: Network,
    nodeZones: [ZoneID], brokerZones: [ZoneID]
  ) -> (cell: FlowCell, pods: [[UInt64]: FlowCell.Pod]) {
    // States of which the same pods are played are one.
    let signatures = state.ordered().signatures
    let scale = FlowScale(
      signatures: signatures, nodes: settings.nodeCores.count, copies: settings.replicationFactor)
    let words = state.words(signatures: scale.pods.map { signatures[$0] })
    if let found = known[words + [1]] { return found }
    let key = words + [isExact ? 1 : 0]
    if let found = known[key] { return found }
    runs += 1
    let estimate = Self.estimate(state, settings, network, nodeZones)
    var run = FlowCellRun(
      state, scale, seed: FlowCellState.hash(words), settings: settings, network: network,
      nodeZones: nodeZones, brokerZones: brokerZones)
    let isLagging = state.pods.contains { $0.consumers.contains(where: \.isLagging) }
    var cell = run.measured(
      checks: Int(
        Double(isLagging ? laggingChecks : steadyChecks) * effort * (isExact ? Self.exact : 1)),
      expected: estimate.rate,
      cycle: estimate.cycle)
    if isLagging { cell.correct(state, estimate.closed, settings, network, nodeZones) }
    var pods: [[UInt64]: FlowCell.Pod] = [:]
    for (signature, pod) in run.bySignature(cell) { pods[signature] = pod }
    known[key] = (cell, pods)
    return (cell, pods)
  }

  /// So many times the checks for a throughput within 0.1 %.
  private static let exact = 8.0

  /// Threads of a pod in closed forms. Assumed: beyond it the number hardly matters.
  private static let mostThreads = 64

  /// About how many checks a second there will be, of those the pods' with a backlog, and how long
  /// one takes: closed forms.
  static func estimate(
    _ state: FlowCellState, _ settings: PipelineSettings, _ network: Network, _ zones: [ZoneID]
  ) -> (rate: Double, closed: Double, cycle: Double) {
    var classes: [SteadyPods] = []
    let (pods, signatures) = state.ordered()
    for index in pods.indices {
      let pod = pods[index]
      // The cost grows with the square of the threads: a large pod is like several small ones.
      let parts = max(1, pod.threads / Self.mostThreads)
      if index > 0, signatures[index] == signatures[index - 1] {
        classes[classes.count - 1].pods += parts
        continue
      }
      let trip = zones.reduce(0) { $0 + network.meanRoundTrip(from: pod.zone, to: $1) }
      let partitions = pod.consumers.reduce(0) { $0 + $1.partitions.count }
      var like = SteadyPods(
        pods: parts, threads: pod.threads / parts, cores: pod.cores / Double(parts),
        roundTrip: trip / Double(zones.count) / 1e9,
        offered: pod.consumers.contains(where: \.isLagging)
          ? nil : state.rate * Double(partitions) / Double(parts))
      like.speed = pod.speed
      like.limit = pod.limit.map { $0 / Double(parts) }
      classes.append(like)
    }
    let up = state.nodeSpeeds.filter { $0 > 0 }
    var nodes = SteadyNodes(
      nodes: max(1, up.count),
      cores: max(1, settings.nodeCores.reduce(0, +) / settings.nodeCores.count))
    nodes.speed = up.isEmpty ? 1 : up.reduce(0, +) / Double(up.count)
    let steady = SteadyState(
      pods: classes, demands: CheckDemands(settings), nodes: nodes, exactPopulation: 0)
    let closed = zip(classes, steady.states).reduce(0.0) {
      $1.0.offered == nil ? $0 + Double($1.0.pods) * $1.1.throughput : $0
    }
    return (steady.throughput, closed, steady.states.map(\.cycleTime).max()!)
  }
}

extension FlowCell {
  /// Takes from the throughput what chance put into it: how much work the run's checks drew is
  /// known, and closed forms say what a little more of it does to the rate.
  mutating func correct(
    _ state: FlowCellState, _ closed: Double, _ settings: PipelineSettings, _ network: Network,
    _ zones: [ZoneID]
  ) {
    // With nodes that are down or work that waiting adds the mean is not known so well.
    guard closed > 0, settings.costs.perWaiting == 0, state.nodeSpeeds.allSatisfy({ $0 > 0 })
    else { return }
    var drawn = settings
    let checkWork = settings.pod.checkCPU
    if checkWork > 0, settings.pod.threadOverhead == 0, podSeconds > 0 {
      drawn.pod.checkCPU = Self.plausible(podSeconds, checkWork)
    }
    let connections = (state.pods.count + state.idlePods) * settings.connectionsPerPod
    let nodeWork =
      (Double(settings.readsRequired) * settings.costs.read
        + Double(settings.replicationFactor) * settings.costs.write)
      * (1 + settings.costs.perConnection * Double(connections))
    if nodeWork > 0, nodeSeconds > 0 {
      let share = Self.plausible(nodeSeconds, nodeWork) / nodeWork
      drawn.costs.read *= share
      drawn.costs.write *= share
    }
    let estimate = FlowCells.estimate(state, drawn, network, zones).closed
    guard estimate > 0 else { return }
    for index in pods.indices where pods[index].isLagging {
      pods[index].throughput *= closed / estimate
    }
  }

  /// What is far from the mean is no chance, so it is left alone.
  private static func plausible(_ drawn: Double, _ mean: Double) -> Double {
    abs(drawn / mean - 1) < 0.03 ? drawn : mean
  }
}
