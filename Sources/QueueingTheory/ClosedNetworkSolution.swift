/// What a closed network does with each number of customers up to some number.
public struct ClosedNetworkSolution: Sendable {
  /// The network's stations.
  public let stations: [ServiceStation]
  /// Cycles per second with 1, 2, … customers.
  public let throughputs: [Double]
  /// The stations at which customers may wait, by index.
  var queues: [Int: Queue]

  /// One station and the rest of the network, which is absent where there is no other station.
  struct Queue: Sendable {
    var part: FlowEquivalent
    var rest: FlowEquivalent?
    /// Mean numbers with 1, 2, … customers.
    var meanNumbers: [Double]

    init(part: FlowEquivalent, rest: FlowEquivalent?) {
      self.part = part
      self.rest = rest
      meanNumbers =
        rest.map(part.meanNumbers(beside:)) ?? part.rates.indices.map { Double($0 + 1) }
    }
  }

  /// The greatest number of customers solved for.
  public var population: Int { throughputs.count }

  /// Cycles per second with `population` customers, at least 1 and at most those solved for.
  public func throughput(population: Int) -> Double { throughputs[population - 1] }

  /// The mean time of a cycle in seconds.
  public func cycleTime(population: Int) -> Double {
    Double(population) / throughput(population: population)
  }

  /// The mean number of customers at a station.
  public func meanNumber(at station: Int, population: Int) -> Double {
    if let queue = queues[station] { return queue.meanNumbers[population - 1] }
    return throughput(population: population) * stations[station].demand
  }

  /// The mean time in seconds that a cycle spends at a station, waiting and service together.
  public func residenceTime(at station: Int, population: Int) -> Double {
    guard queues[station] != nil else { return stations[station].demand }
    return meanNumber(at: station, population: population) / throughput(population: population)
  }

  /// The share of a station's servers that work, for outsiders too; 0 for a delay.
  public func utilization(at station: Int, population: Int) -> Double {
    let station = stations[station]
    return (throughput(population: population) * station.demand + station.openLoad)
      / station.servers
  }

  /// The probabilities of 0, 1, …, `population` customers at a station with a queue and a demand.
  ///
  /// - Returns: `nil` for a delay, or for a station that asks for no service.
  /// - Complexity: O(`population`).
  public func distribution(at station: Int, population: Int) -> [Double]? {
    guard let queue = queues[station] else { return nil }
    guard let rest = queue.rest else {
      return (0...population).map { $0 == population ? 1 : 0 }
    }
    return queue.part.distribution(population: population, beside: rest)
  }
}
