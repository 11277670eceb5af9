import QueueingTheory

/// What pods do while the nodes' other load is that of a given total: one evaluation of the fixed
/// point.
struct PodRates {
  let model: SteadyState
  /// Checks a second of all pods.
  private(set) var total = 0.0
  /// By class, of one pod.
  private(set) var perPod: [Double] = []
  private(set) var greatest: [Double] = []
  /// Mean seconds of a read at its node.
  private(set) var cassandraResidence = 0.0
  /// What the nodes' work is multiplied by.
  let factor: Double
  /// Core seconds of a read, with all factors.
  let read: Double
  /// Servers of a node kept busy by writes, digests and pods without a backlog.
  private let open: Double

  init(_ model: SteadyState, total guess: Double, _ saturated: [Bool]) {
    self.model = model
    let nodes = model.nodes
    let cores = Double(nodes.cores)
    let plain = guess * model.nodeDemand / (Double(nodes.nodes) * cores)
    // The utilization includes what waiting adds: from below, as it is below 1.
    var factor = model.factor(utilization: 0)
    if model.demands.perWaiting > 0 {
      for _ in 0..<40 { factor = model.factor(utilization: min(SteadyState.full, plain * factor)) }
    }
    self.factor = factor
    read = model.demands.read * factor
    let offered = model.pods.indices.reduce(0.0) {
      saturated[$1] ? $0 : $0 + Double(model.pods[$1].pods) * model.pods[$1].offered!
    }
    let others = guess * (model.nodeDemand - model.demands.read) + offered * model.demands.read
    open = min(others * factor / Double(nodes.nodes), SteadyState.full * cores)
    settle(saturated, offered: offered)
  }

  private mutating func settle(_ saturated: [Bool], offered: Double) {
    let classes = model.pods.indices.filter { saturated[$0] }
    var closed = 0.0
    cassandraResidence = residence(closedLoad: 0)
    perPod = model.pods.map { $0.offered ?? 0 }
    if !classes.isEmpty {
      closed = balance(classes)
      cassandraResidence = residence(closedLoad: closed * read / Double(model.nodes.nodes))
      var rates = classes.map { podThroughput($0, cassandra: cassandraResidence) }
      let population = classes.reduce(0) { $0 + model.pods[$1].pods * model.pods[$1].threads }
      if population <= model.exactPopulation, read > 0 {
        let scale = exactScale(classes, rates)
        rates = rates.map { $0 * scale }
        // Little's law over a cycle tells what the nodes take of it.
        let first = classes[0]
        cassandraResidence = residence(of: first, throughput: rates[0])
      }
      for (index, rate) in zip(classes, rates) { perPod[index] = rate }
      closed = zip(classes, rates).reduce(0) { $0 + Double(model.pods[$1.0].pods) * $1.1 }
    }
    total = offered + closed
    greatest = model.pods.indices.map {
      saturated[$0] ? perPod[$0] : podThroughput($0, cassandra: cassandraResidence)
    }
  }

  // MARK: Mean field

  /// Mean seconds of a read at a node where reads of pods with a backlog keep so many servers busy.
  private func residence(closedLoad: Double) -> Double {
    guard read > 0 else { return 0 }
    let load = min(open + closedLoad, SteadyState.full * Double(model.nodes.cores))
    return MultiServerQueue(
      arrivalRate: load / read, serviceTime: read, servers: model.nodes.cores
    ).meanResponse
  }

  /// Reads a second of all pods with a backlog at which the pods' rate and the nodes' time agree.
  private func balance(_ classes: [Int]) -> Double {
    func demanded(_ rate: Double) -> Double {
      let time = residence(closedLoad: rate * read / Double(model.nodes.nodes))
      return classes.reduce(0) {
        $0 + Double(model.pods[$1].pods) * podThroughput($1, cassandra: time)
      }
    }
    guard read > 0 else { return demanded(0) }
    let left = max(0, SteadyState.full * Double(model.nodes.cores) - open)
    var (low, high) = (0.0, min(left * Double(model.nodes.nodes) / read, demanded(0)))
    for _ in 0..<50 where high - low > 1e-10 * high {
      let middle = (low + high) / 2
      if demanded(middle) > middle { low = middle } else { high = middle }
    }
    return (low + high) / 2
  }

  /// One pod with all threads busy, Cassandra a delay.
  private func podThroughput(_ index: Int, cassandra: Double) -> Double {
    network(index, cassandra: cassandra).throughputs(upTo: model.pods[index].threads).last!
  }

  private func network(_ index: Int, cassandra: Double) -> ClosedNetwork {
    let pod = model.pods[index]
    let waiting = outside(pod, cassandra: cassandra) + cassandra
    return ClosedNetwork(stations: [
      .delay(max(waiting, 1e-9)),
      .queue(demand: model.checkWork(pod), servers: max(pod.effectiveCores, 1e-6)),
    ])
  }

  /// Mean seconds of a cycle at neither the pod's CPU nor the node that has the read.
  ///
  /// What a read waits for digests beyond its own work: the longest of r like times, each
  /// exponential, is H_r of one.
  func outside(_ pod: SteadyPods, cassandra: Double) -> Double {
    let required = model.demands.readsRequired
    let digests = stride(from: 2, through: required, by: 1).reduce(0.0) { $0 + 1 / Double($1) }
    return pod.roundTrip + pod.handOver + digests * cassandra
  }

  /// Mean seconds at the pod's CPU.
  func podResidence(_ index: Int) -> Double {
    let pod = model.pods[index]
    let work = model.checkWork(pod)
    guard work > 0 else { return 0 }
    if pod.offered == nil || perPod[index] >= greatest[index] {
      let rest = outside(pod, cassandra: cassandraResidence) + cassandraResidence
      return max(work, Double(pod.threads) / perPod[index] - rest)
    }
    // At most N at a time: the closed network with as many customers as give this rate.
    let solution = network(index, cassandra: cassandraResidence).solution(upTo: pod.threads)
    let rates = solution.throughputs
    guard let above = rates.firstIndex(where: { $0 >= perPod[index] }), above > 0 else {
      return solution.residenceTime(at: 1, population: 1)
    }
    let share = (perPod[index] - rates[above - 1]) / (rates[above] - rates[above - 1])
    let low = solution.residenceTime(at: 1, population: above)
    return low + share * (solution.residenceTime(at: 1, population: above + 1) - low)
  }

  // MARK: Product form

  /// What all rates are to be multiplied by, as pods and nodes hold a fixed number of customers.
  private func exactScale(_ classes: [Int], _ rates: [Double]) -> Double {
    let closed = zip(classes, rates).reduce(0.0) { $0 + Double(model.pods[$1.0].pods) * $1.1 }
    guard closed > 0 else { return 1 }
    let outs = classes.map { index in
      CountLaw.podCustomersAway(
        model.pods[index], work: model.checkWork(model.pods[index]),
        delay: outside(model.pods[index], cassandra: cassandraResidence),
        away: cassandraResidence
      ).sum(of: model.pods[index].pods)
    }
    let away = outs.dropFirst().reduce(outs[0]) { $0.sum(with: $1) }
    let node = CountLaw.nodeCustomers(
      model.nodes, read: read, open: open, arrivalRate: closed / Double(model.nodes.nodes),
      most: away.last)
    let held = node.sum(of: model.nodes.nodes, most: away.last)
    let mean = away.meanRate(beside: held, arrivalRate: closed, away: cassandraResidence)
    return mean / closed
  }

  private func residence(of index: Int, throughput: Double) -> Double {
    let pod = model.pods[index]
    var (low, high) = (0.0, Double(pod.threads) / throughput)
    for _ in 0..<60 where high - low > 1e-12 {
      let middle = (low + high) / 2
      let rate = network(index, cassandra: middle).throughputs(upTo: pod.threads).last!
      if rate > throughput { low = middle } else { high = middle }
    }
    return (low + high) / 2
  }
}
