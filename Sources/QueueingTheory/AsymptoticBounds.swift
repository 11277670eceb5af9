/// What a closed network cannot exceed, and what it cannot fall short of.
///
/// Without outsiders the upper bound of the throughput holds whatever the laws of the service
/// times; the lower one is for networks of product form.
///
/// Source: P. Denning and J. Buzen, The Operational Analysis of Queueing Network Models, Computing
/// Surveys 10, 1978; here with several servers a station.
public struct AsymptoticBounds: Hashable, Sendable {
  /// The time of a cycle in seconds of a customer who never waits for another: D + Z.
  public let shortestCycleTime: Double
  /// The seconds between two customers at the slowest station when it never idles: D_max, its
  /// demand by its servers; 0 in a network of delays.
  public let bottleneckTime: Double
  private let network: ClosedNetwork

  fileprivate init(_ network: ClosedNetwork) {
    self.network = network
    let busy = network.stations.filter { $0.demand > 0 }
    shortestCycleTime = busy.reduce(0) { $0 + 1 / $1.rates(upTo: 1)[0] }
    bottleneckTime = busy.map { 1 / $0.capacity }.max()!
  }

  /// The number of customers at which the two upper bounds meet, N* = (D + Z)/D_max: below it
  /// customers lack, above it they queue; infinite in a network of delays.
  public var optimumPopulation: Double { shortestCycleTime / bottleneckTime }

  /// The throughput per second that `population` customers cannot exceed.
  public func greatestThroughput(population: Int) -> Double {
    min(Double(population) / shortestCycleTime, 1 / bottleneckTime)
  }

  /// The throughput per second that `population` customers reach even if all queue at one place at
  /// a time.
  ///
  /// - Complexity: O(stations × `population`).
  public func leastThroughput(population: Int) -> Double {
    let seconds = network.stations.filter { $0.demand > 0 }.reduce(0) {
      $0 + 1 / $1.rates(upTo: population).last!
    }
    return 1 / seconds
  }

  /// The time of a cycle in seconds that `population` customers cannot fall short of.
  public func leastCycleTime(population: Int) -> Double {
    Double(population) / greatestThroughput(population: population)
  }
}

extension ClosedNetwork {
  /// The network's bounds, without solving it.
  public var bounds: AsymptoticBounds { AsymptoticBounds(self) }
}
