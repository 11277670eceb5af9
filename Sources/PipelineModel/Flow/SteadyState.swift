import QueueingTheory

/// The steady state of consumer pods and Cassandra: rates, times and utilizations, without playing
/// a message.
///
/// Each pod with messages enough is a closed network of N customers: a delay z + z_h, its CPU with
/// k servers and demand d_p' = d_p (1 + ε max(0, N/k − 1)), and Cassandra with n nodes of c servers
/// and demand d_r' = d_r (1 + βH)(1 + ηJ), H connections of a node, J requests that wait at it per
/// core. Writes, digests and the pods that are offered less than they can take come to the nodes
/// from outside: ρ_c = X (d_r' + RF d_w')/(n c).
///
/// All pods share the nodes. Up to `exactPopulation` threads the network of all saturated pods is
/// solved by its product form: pods that hold N − m customers and nodes that hold M = Σm have the
/// weight Π f(N − m)/m! · M! g(M), so no Poisson arrivals from other pods are assumed. With more
/// threads each pod sees Cassandra as a delay W(ρ_c) of M/M/c, which errs by about
/// 1/(threads + nodes).
///
/// One scalar is sought, the total throughput X, at which what the nodes' load leaves to the pods
/// is X again. It is started from the last solution.
///
/// Not in it: batches (the event machine's writes travel with the next read) and service that is
/// first come, first served with unequal work; a saturated run differs by up to 2 % where Cassandra
/// waits matter. A hand-over with growing sleeps has no product form: give its mean as `handOver`.
///
/// Source: P. Denning and J. Buzen, Computing Surveys 10, 1978; F. Baskett, K. Chandy, R. Muntz and
/// F. Palacios, JACM 22, 1975.
public struct SteadyState: Sendable {
  public let pods: [SteadyPods]
  public let demands: CheckDemands
  public let nodes: SteadyNodes
  /// By the order of `pods`.
  public internal(set) var states: [SteadyPodState] = []
  /// X: checks a second of all pods.
  public internal(set) var throughput = 0.0
  /// ρ_c: the share of the nodes' cores that works.
  public internal(set) var cassandraUtilization = 0.0
  /// Mean number of requests at a node, in service and waiting.
  public internal(set) var requestsPerNode = 0.0
  /// Evaluations that the last solution took.
  public internal(set) var evaluations = 0
  /// Threads of all saturated pods up to which the product form is used. The default is 1 000.
  public var exactPopulation = 1_000

  /// A pipeline, solved.
  ///
  /// - Parameters:
  ///   - previous: a solution of something similar, which saves evaluations.
  ///   - exactPopulation: threads up to which the product form is used; 0 for a fast estimate.
  /// - Complexity: some ten evaluations, each O(threads² of a class), and O(all threads²) where
  ///   the product form is used.
  public init(
    pods: [SteadyPods], demands: CheckDemands, nodes: SteadyNodes,
    from previous: SteadyState? = nil,
    exactPopulation: Int = 1_000
  ) {
    precondition(!pods.isEmpty, "a steady state of at least one pod")
    self.pods = pods
    self.demands = demands
    self.nodes = nodes
    self.exactPopulation = exactPopulation
    solve(from: previous?.throughput)
  }

  // MARK: Loads

  /// What a node's work is multiplied by: connections, and what waits.
  func factor(utilization: Double) -> Double {
    let connections = pods.reduce(0) { $0 + $1.pods } * demands.connectionsPerPod
    let fixed = (1 + demands.perConnection * Double(connections)) / nodes.speed
    guard demands.perWaiting > 0 else { return fixed }
    return fixed * inflation(utilization: utilization)
  }

  /// 1 + ηJ, with J the waiting work per core in reads. The work that waits grows with it, so it is
  /// taken at the utilization that includes it.
  private func inflation(utilization: Double) -> Double {
    let load = min(utilization, Self.full) * Double(nodes.cores)
    let waiting = Erlang.waitingProbability(offeredLoad: load, servers: nodes.cores)
    return 1 + demands.perWaiting * waiting / (Double(nodes.cores) - load)
  }

  /// No closed form holds beyond this utilization.
  static let full = 0.9999

  /// Core seconds that a check takes of all nodes, without factors.
  var nodeDemand: Double {
    Double(demands.readsRequired) * demands.read
      + Double(demands.replicationFactor) * demands.write
  }

  /// The work of a check in its pod in seconds of one core at full speed.
  func checkWork(_ pod: SteadyPods) -> Double {
    let excess = max(0, Double(pod.threads) / max(pod.cores, 1) - 1)
    return demands.check * (1 + demands.threadOverhead * excess)
  }

  /// The greatest rate that any bound leaves to pods with a backlog and those that are offered
  /// less.
  var greatestTotal: Double {
    let nodes =
      Double(nodes.nodes * nodes.cores) * Self.full / (nodeDemand * factor(utilization: 0))
    let threads = pods.reduce(0.0) { sum, pod in
      let rate = Double(pod.threads) / max(1e-12, pod.roundTrip + pod.handOver + demands.read)
      let cores = checkWork(pod) > 0 ? pod.effectiveCores / checkWork(pod) : .infinity
      return sum + Double(pod.pods) * min(rate, cores, pod.offered ?? .infinity)
    }
    return min(nodes, threads)
  }

  // MARK: Solution

  private mutating func solve(from start: Double?) {
    // Who is offered more than it can take has a backlog: found by starting with none of them.
    var saturated = pods.map { $0.offered == nil }
    while true {
      let total = fixedPoint(saturated, from: start)
      evaluate(total, saturated)
      let over = pods.indices.filter {
        !saturated[$0] && pods[$0].offered! > states[$0].greatestThroughput
      }
      guard !over.isEmpty else { return }
      for index in over { saturated[index] = true }
    }
  }

  /// The total at which the pods do what the nodes' load lets them do: the difference falls in it.
  private mutating func fixedPoint(_ saturated: [Bool], from start: Double?) -> Double {
    var (low, high) = (0.0, greatestTotal)
    var guess = start.map { min(max($0, 0.01 * high), 0.99 * high) } ?? 0.7 * high
    evaluations = 0
    var (lowValue, highValue) = (Double.infinity, -Double.infinity)
    while high - low > 1e-9 * high, evaluations < 60 {
      let rates = PodRates(self, total: guess, saturated)
      evaluations += 1
      let difference = rates.total - guess
      if abs(difference) < 1e-7 * guess { return guess }
      if difference > 0 {
        (low, lowValue) = (guess, difference)
      } else {
        (high, highValue) = (guess, difference)
      }
      guess = Self.next(low, lowValue, high, highValue, after: guess + difference)
    }
    return (low + high) / 2
  }

  /// Inside the bounds: the chord where both ends are known, else what the last one proposed.
  private static func next(
    _ low: Double, _ lowValue: Double, _ high: Double, _ highValue: Double, after proposal: Double
  ) -> Double {
    let middle = (low + high) / 2
    guard lowValue.isFinite, highValue.isFinite else {
      return proposal > low && proposal < high ? (proposal + middle) / 2 : middle
    }
    let chord = low + (high - low) * lowValue / (lowValue - highValue)
    // A chord that hugs one end is helped by the middle.
    let margin = 0.02 * (high - low)
    return chord < low + margin || chord > high - margin ? (chord + middle) / 2 : chord
  }

  private mutating func evaluate(_ total: Double, _ saturated: [Bool]) {
    let rates = PodRates(self, total: total, saturated)
    throughput = rates.total
    let cores = Double(nodes.nodes * nodes.cores)
    cassandraUtilization = rates.total * nodeDemand * rates.factor / cores
    let read = rates.cassandraResidence
    requestsPerNode =
      rates.total / Double(nodes.nodes)
      * (read + (nodeDemand - demands.read) * rates.factor / max(1e-12, rates.read) * read)
    states = pods.indices.map { index in
      let pod = pods[index]
      let rate = rates.perPod[index]
      let work = checkWork(pod)
      let residence = rates.podResidence(index)
      return SteadyPodState(
        throughput: rate, greatestThroughput: rates.greatest[index], podResidence: residence,
        cassandraResidence: read,
        cycleTime: rates.outside(pod, cassandra: read) + read + residence,
        podUtilization: rate * work / pod.effectiveCores, isSaturated: saturated[index])
    }
  }
}
