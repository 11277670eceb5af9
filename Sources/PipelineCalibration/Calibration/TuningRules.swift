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
    capacity.steady(parameters, load, pods: Double(pods), threads: threads, nodes: Double(nodes)).rate
  }

  /// The index of the best number of threads for one pod on the small cluster's nodes: who tunes
  /// there and no more.
  func frozenThreads() -> Int {
    best(plan.threadCounts.indices.map { rate(pods: 1, threads: $0, nodes: plan.shape.smallNodes) })
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
    let most = max(1, Int(plan.workerCores(nodes: nodes) / plan.shape.podCores))
    var counts: [Int] = []
    for step in 1...plan.podSteps {
      let count = max(1, most * step / plan.podSteps)
      if counts.last != count { counts.append(count) }
    }
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

  /// The first index whose rate is about the greatest.
  private func best(_ rates: [Double]) -> Int {
    let enough = rates.max()! * (1 - plan.goodEnough)
    return rates.firstIndex { $0 >= enough }!
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
