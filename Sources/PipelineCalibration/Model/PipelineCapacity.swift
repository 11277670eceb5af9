import Glibc

/// The greatest steady rate of the whole: pods that are closed networks of their threads, and
/// Cassandra behind all of them.
///
/// The equations are those of `experiments/anomalia-machina-10/design.md`; some 10 evaluations of
/// two tables a solution.
public struct PipelineCapacity: Sendable {
  /// A number of pods, each with so many threads and cores, and of Cassandra nodes.
  public struct Design: Hashable, Sendable {
    public var pods: Int
    /// Threads a pod.
    public var threads: Int
    public var nodes: Int

    public init(pods: Int, threads: Int, nodes: Int) {
      self.pods = pods
      self.threads = threads
      self.nodes = nodes
    }
  }

  /// What a design reaches while there is always another message.
  public struct Steady: Hashable, Sendable {
    /// Checks a second.
    public var rate: Double
    /// The share of Cassandra's cores that work.
    public var cassandraUtilization: Double
    /// The share of the pods' cores that work.
    public var podUtilization: Double
  }

  let pods: PodTable
  let waiting: WaitingTable
  /// Of the threads of `pods`, by number.
  private let threadIndices: [Int: Int]

  /// - Parameters:
  ///   - pods: throughputs of a pod; its number of cores holds for every pod.
  ///   - nodeCores: cores of a Cassandra node.
  public init(pods: PodTable, nodeCores: Int) {
    self.init(pods: pods, waiting: WaitingTable(servers: nodeCores))
  }

  init(pods: PodTable, waiting: WaitingTable) {
    self.pods = pods
    self.waiting = waiting
    threadIndices = Dictionary(
      uniqueKeysWithValues: pods.threadCounts.enumerated().map { ($1, $0) })
  }

  /// The steady state of a design; its number of threads must be a tabulated one.
  public func steady(_ parameters: CheckParameters, _ design: Design) -> Steady {
    steady(
      parameters, CassandraLoad(parameters, waiting: waiting), pods: Double(design.pods),
      threads: threadIndices[design.threads]!, nodes: Double(design.nodes))
  }

  /// CPU seconds of a check in a pod with so many threads.
  @inline(__always)
  func podWork(_ parameters: CheckParameters, threads index: Int) -> Double {
    let excess = Double(pods.threadCounts[index]) / max(pods.cores, 1) - 1
    return parameters.podWork * (1 + parameters.perThread * max(0, excess))
  }

  /// - Parameter load: of the same parameters.
  func steady(
    _ parameters: CheckParameters, _ load: CassandraLoad, pods count: Double, threads: Int,
    nodes: Double
  ) -> Steady {
    let work = podWork(parameters, threads: threads)
    let connections = 1 + parameters.perConnection * count
    let read = load.readWork * connections
    let supply = nodes * load.cores / (load.checkWork * connections)
    let demand = count / work
    let others = 1 - 1 / (count * Double(self.pods.threadCounts[threads]))
    // Pods slow down as the nodes get busier; what the nodes do by then grows up to their peak.
    @inline(__always)
    func rates(_ utilization: Double) -> (pods: Double, nodes: Double) {
      let queue = load.queue(utilization, others: others)
      let inflation = 1 + load.perWaiting * queue
      let cycle = parameters.delay + read * inflation * (1 + queue)
      return (
        demand * pods.throughput(threads, logRatio: log(cycle / work)),
        supply * utilization / inflation
      )
    }
    let idle = rates(0).pods
    guard idle > 0 else { return Steady(rate: 0, cassandraUtilization: 0, podUtilization: 0) }
    var low = 0.0
    var high = load.peak
    let top = rates(high)
    if top.pods > top.nodes {
      // Too many threads for the nodes: beyond the peak there is exactly one solution.
      (low, high) = (high, 1 - 1e-9)
    }
    let utilization = Self.crossing(low, high) { utilization in
      let (pods, nodes) = rates(utilization)
      return pods - nodes
    }
    let rate = rates(utilization).nodes
    return Steady(
      rate: rate, cassandraUtilization: utilization,
      podUtilization: min(1, rate * work / (count * pods.cores)))
  }

  /// Where a function that falls through 0 does so, in y = −ln(1 − ρ): false position with halved
  /// weights (the Illinois method: M. Dowell and P. Jarratt, BIT 11, 1971).
  @inline(__always)
  private static func crossing(
    _ low: Double, _ high: Double, _ value: (Double) -> Double
  ) -> Double {
    var (left, right) = (-log1p(-low), -log1p(-high))
    var (leftValue, rightValue) = (value(low), value(high))
    guard leftValue > 0 else { return low }
    guard rightValue < 0 else { return high }
    let scale = leftValue - rightValue
    var side = 0
    for _ in 0..<100 {
      let middle = (left * rightValue - right * leftValue) / (rightValue - leftValue)
      let found = value(-expm1(-middle))
      if abs(found) < 1e-9 * scale || right - left < 1e-9 { return -expm1(-middle) }
      if found > 0 {
        (left, leftValue) = (middle, found)
        if side == 1 { rightValue /= 2 }
        side = 1
      } else {
        (right, rightValue) = (middle, found)
        if side == -1 { leftValue /= 2 }
        side = -1
      }
    }
    return -expm1(-(left + right) / 2)
  }
}
