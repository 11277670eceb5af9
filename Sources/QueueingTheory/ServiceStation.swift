/// A station of a closed network: what a customer asks of it, and how much of that it serves at a
/// time.
///
/// With j customers present it serves at the rate min(j, `servers`)/`demand`. Service times are
/// exponential and first come first served, or of any law and shared equally; the means are the
/// same.
public struct ServiceStation: Hashable, Sendable {
  /// The service that a customer needs in one cycle, in seconds of one server: mean service time
  /// times mean visits.
  public let demand: Double
  /// The number of servers: any number above 0, as shares of processors are; infinite for a pure
  /// delay.
  public let servers: Double
  /// The servers kept busy, on average, by others who come from outside as a Poisson stream and
  /// leave after one service; 0 by default.
  public let openLoad: Double

  /// A station with a queue.
  ///
  /// - Parameters:
  ///   - demand: Seconds of one server a cycle, at least 0.
  ///   - servers: Any number above 0.
  ///   - openLoad: Servers kept busy by outsiders, below `servers`; 0 by default. Their service
  ///     must be that of the customers, unless the station is shared equally.
  public static func queue(
    demand: Double, servers: Double = 1, openLoad: Double = 0
  ) -> ServiceStation {
    precondition(demand >= 0 && demand.isFinite && servers > 0)
    precondition(openLoad >= 0 && openLoad < servers)
    return ServiceStation(demand: demand, servers: servers, openLoad: openLoad)
  }

  /// A station at which nobody waits for another: a network's latency, a time to think.
  ///
  /// - Parameter demand: Seconds a cycle, at least 0.
  public static func delay(_ demand: Double) -> ServiceStation {
    precondition(demand >= 0 && demand.isFinite)
    return ServiceStation(demand: demand, servers: .infinity, openLoad: 0)
  }

  /// The greatest rate per second at which customers can pass: infinite for a delay.
  public var capacity: Double { (servers - openLoad) / demand }

  /// The rates per second at which 1, 2, …, `population` customers leave, outsiders averaged.
  ///
  /// - Complexity: O(`population`); with open load, times the number of outsiders that matter:
  ///   about 46/(1 − utilization) for few servers.
  func rates(upTo population: Int) -> [Double] {
    guard openLoad > 0, servers.isFinite else {
      return (1...population).map { min(Double($0), servers) / demand }
    }
    // A mixed network of product form (Baskett, Chandy, Muntz and Palacios, JACM 22, 1975): given
    // n customers, m outsiders have the weight (n + m over m) a^m / product of min(i, k) up to
    // n + m; customers then have n of the n + m shares of the service.
    var weights = UnimodalWeights()
    return (1...population).map { count in
      let customers = Double(count)
      var total = 0.0
      var served = 0.0
      weights.walk(
        upTo: .max, least: 1e-20,
        ratio: { index in
          let present = customers + Double(index)
          return openLoad / Double(index) * present / min(present, servers)
        },
        visit: { index, weight in
          let present = customers + Double(index)
          total += weight
          served += weight * min(present, servers) * (customers / present)
        })
      return served / total / demand
    }
  }
}
