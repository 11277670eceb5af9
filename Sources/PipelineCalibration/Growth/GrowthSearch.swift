import KafkaModel

/// Looks for the cheapest design of one draw.
struct GrowthSearch {
  let plan: GrowthPlan
  let parameters: CheckParameters
  let capacity: PipelineCapacity
  let load: CassandraLoad

  init(_ plan: GrowthPlan, _ parameters: CheckParameters, _ capacity: PipelineCapacity) {
    self.plan = plan
    self.parameters = parameters
    self.capacity = capacity
    load = CassandraLoad(parameters, waiting: capacity.waiting)
  }

  /// More pods than the least, as factors: with few to spare nodes have to be idle, with many
  /// connections cost more than they bring.
  private static let spare = [1.005, 1.02, 1.05, 1.1, 1.2, 1.35, 1.6, 2, 3]

  /// Nil where no design within the plan's nodes reaches the rate.
  func cheapest(rate: Double) -> GrowthDesign? {
    var best: GrowthDesign?
    for threads in plan.threadCounts.indices {
      let least = leastPods(rate: rate, threads: threads)
      var last = 0
      for spare in Self.spare {
        let pods = Int((least * spare).rounded(.up))
        guard pods > last else { continue }
        last = pods
        // Cheaper than the best at all?
        let most = best.map { nodesWorth($0.cost - fixedCost(pods: pods)) } ?? .max
        guard most >= plan.nodes.lowerBound,
          let nodes = nodes(rate: rate, pods: pods, threads: threads, most: most)
        else { continue }
        let design = self.design(rate: rate, pods: pods, threads: threads, nodes: nodes)
        if best.map({ design.cost < $0.cost }) ?? true { best = design }
      }
    }
    return best
  }

  /// Pods that would reach the rate if Cassandra took no time to wait for.
  private func leastPods(rate: Double, threads: Int) -> Double {
    let work = capacity.podWork(parameters, threads: threads)
    let alone = capacity.pods.throughput(
      threads: threads, demand: work, delay: parameters.delay + parameters.readWork)
    return max(1, rate / alone)
  }

  private func nodes(rate: Double, pods: Int, threads: Int, most: Int) -> Int? {
    func reaches(_ nodes: Int) -> Bool {
      capacity.steady(
        parameters, load, pods: Double(pods), threads: threads, nodes: Double(nodes)
      ).rate >= rate
    }
    var low = plan.nodes.lowerBound
    var high = min(plan.nodes.upperBound, most)
    guard low <= high, reaches(high) else { return nil }
    while low < high {
      let middle = (low + high) / 2
      if reaches(middle) { high = middle } else { low = middle + 1 }
    }
    return low
  }

  private func workers(pods: Int) -> Int {
    let perWorker = max(1, (plan.workerCores / capacity.pods.cores).rounded(.down))
    return Int((Double(pods) / perWorker).rounded(.up))
  }

  /// All but Cassandra and brokers, which need their own search.
  private func fixedCost(pods: Int) -> Double {
    Double(workers(pods: pods)) * plan.prices.workerHour + plan.prices.controlPlaneHour
  }

  private func nodesWorth(_ dollars: Double) -> Int {
    Int(min(1e6, max(0, dollars / plan.prices.cassandraHour)))
  }

  private func design(rate: Double, pods: Int, threads: Int, nodes: Int) -> GrowthDesign {
    let brokers = brokers(rate: rate, partitions: 2 * pods)
    let workers = workers(pods: pods)
    let prices = plan.prices
    let (cassandraCost, workerCost, brokerCost) = (
      Double(nodes) * prices.cassandraHour, Double(workers) * prices.workerHour,
      Double(brokers) * prices.brokerHour
    )
    return GrowthDesign(
      nodes: nodes, pods: pods, threads: plan.threadCounts[threads], workers: workers,
      brokers: brokers, cassandraCost: cassandraCost, workerCost: workerCost,
      brokerCost: brokerCost,
      cost: cassandraCost + workerCost + brokerCost + prices.controlPlaneHour,
      connectionFactor: 1 + parameters.perConnection * Double(pods))
  }

  /// Brokers that take a burst while all checks go on; three at least, for as many replicas.
  private func brokers(rate: Double, partitions: Int) -> Int {
    let limits = BrokerLimits()
    func take(_ brokers: Int) -> Bool {
      limits.capacity(
        of: .published, brokers: brokers, partitions: partitions, replicationFactor: 3,
        consumed: rate / Double(brokers)
      ).produce * Double(brokers) >= rate * plan.burstRatio
    }
    var high = 3
    while !take(high), high < 1_000_000 { high *= 2 }
    var low = 3
    while low < high {
      let middle = (low + high) / 2
      if take(middle) { high = middle } else { low = middle + 1 }
    }
    return high
  }
}
