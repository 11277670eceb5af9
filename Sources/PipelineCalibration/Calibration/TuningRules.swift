/// What "tuned" and "untuned" mean, applied to one draw.
struct TuningRules {
  let plan: CalibrationPlan
  let parameters: CheckParameters
  let capacity: PipelineCapacity
  /// The same with the cores of a pod where workers are fixed.
  let fixedWorkers: PipelineCapacity
  let load: CassandraLoad

  init(
    _ plan: CalibrationPlan, _ parameters: CheckParameters, _ capacity: PipelineCapacity,
    fixedWorkers: PipelineCapacity
  ) {
    self.plan = plan
    self.parameters = parameters
    self.capacity = capacity
    self.fixedWorkers = fixedWorkers
    load = CassandraLoad(parameters, waiting: capacity.waiting)
  }

  func rate(pods: Int, threads: Int, nodes: Int) -> Double {
    capacity.steady(parameters, load, pods: Double(pods), threads: threads, nodes: Double(nodes))
      .rate
  }

  /// The index of the best number of threads for one pod on the small cluster's nodes: who tunes
  /// there and no more.
  func frozenThreads() -> Int {
    let nodes = plan.shape.smallNodes
    let bounds = plan.threadCounts.indices.map { bound(pods: 1, threads: $0, nodes: nodes) }
    var rates = [Double](repeating: 0, count: bounds.count)
    var greatest = 0.0
    // The most promising first: what cannot come near the greatest is not solved.
    for index in bounds.indices.sorted(by: { (bounds[$1], $0) < (bounds[$0], $1) }) {
      guard bounds[index] >= greatest * (1 - plan.goodEnough) else { break }
      rates[index] = rate(pods: 1, threads: index, nodes: nodes)
      greatest = max(greatest, rates[index])
    }
    return rates.firstIndex { $0 >= greatest * (1 - plan.goodEnough) }!
  }

  /// What no steady state exceeds: threads that never wait, or cores that never idle.
  private func bound(pods: Int, threads: Int, nodes: Int) -> Double {
    let work = capacity.podWork(parameters, threads: threads)
    let connections = 1 + parameters.perConnection * Double(pods)
    let cycle = parameters.delay + work + parameters.readWork * connections
    return min(
      Double(pods * plan.threadCounts[threads]) / cycle,
      Double(pods) * plan.shape.podCores / work,
      Double(nodes * plan.shape.nodeCores) / (parameters.cassandraWork * connections))
  }

  /// Whether a tuned system can be neither too slow nor too fast for a range of rates; most draws
  /// are told apart so without looking at all designs.
  func mayBeTuned(nodes: Int, within range: ClosedRange<Double>) -> Bool {
    let counts = podCounts(nodes: nodes)
    var isReached = false
    for pods in counts.reversed() {
      for threads in plan.threadCounts.indices
      where bound(pods: pods, threads: threads, nodes: nodes) >= range.lowerBound {
        let rate = rate(pods: pods, threads: threads, nodes: nodes)
        if rate > range.upperBound { return false }
        if rate >= range.lowerBound { isReached = true }
      }
    }
    return isReached
  }

  /// Pods in proportion to nodes.
  func proportional(threads: Int, nodes: Int) -> Double {
    rate(pods: plan.proportionalPods(nodes: nodes), threads: threads, nodes: nodes)
  }

  /// Pods in proportion to nodes, on workers that are not.
  func onFixedWorkers(threads: Int, nodes: Int) -> Double {
    fixedWorkers.steady(
      parameters, load, pods: Double(plan.proportionalPods(nodes: nodes)), threads: threads,
      nodes: Double(nodes)
    ).rate
  }

  /// Pods added, a tenth more at a time, as long as that brings something.
  func whileItHelps(threads: Int, nodes: Int) -> Double {
    var pods = 1
    var reached = rate(pods: 1, threads: threads, nodes: nodes)
    while pods < 100 * nodes {
      let more = max(pods + 1, pods * 11 / 10)
      let next = rate(pods: more, threads: threads, nodes: nodes)
      guard next >= reached * (1 + plan.goodEnough) else { break }
      (pods, reached) = (more, next)
    }
    return reached
  }

  /// The greatest rate of any pods and threads on the workers, and the fewest pods, then threads,
  /// that reach about as much.
  func tuned(nodes: Int) -> TunedDesign {
    let counts = podCounts(nodes: nodes)
    var greatest = 0.0
    var rates: [[Double]] = []
    for pods in counts {
      let row = plan.threadCounts.indices.map { rate(pods: pods, threads: $0, nodes: nodes) }
      greatest = max(greatest, row.max()!)
      rates.append(row)
    }
    let enough = greatest * (1 - plan.goodEnough)
    let row = rates.firstIndex { $0.contains { $0 >= enough } }!
    let threads = rates[row].firstIndex { $0 >= enough }!
    return TunedDesign(
      pods: counts[row], threads: plan.threadCounts[threads], rate: greatest,
      cycleTime: Double(counts[row] * plan.threadCounts[threads]) / rates[row][threads])
  }

  /// Numbers of pods of a tuned system that has the workers of so many nodes.
  private func podCounts(nodes: Int) -> [Int] {
    let most = max(1, Int(plan.workerCores(nodes: nodes) / plan.shape.podCores))
    var counts: [Int] = []
    for step in 1...plan.podSteps {
      let count = max(1, most * step / plan.podSteps)
      if counts.last != count { counts.append(count) }
    }
    return counts
  }
}

/// Pods and threads that were chosen for a number of nodes.
public struct TunedDesign: Hashable, Sendable {
  public var pods: Int
  public var threads: Int
  /// The greatest rate in checks a second.
  public var rate: Double
  /// Seconds from taking a message to the end of its check, by Little's law.
  public var cycleTime: Double
}
