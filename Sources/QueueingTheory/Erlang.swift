/// Erlang's two formulas for `servers` equal servers and Poisson arrivals.
///
/// Source: R. Cooper, Introduction to Queueing Theory, 2nd edition, 1981, sections 3.3 and 3.5.
public enum Erlang {
  /// Erlang's B: the share of arrivals lost when nobody may wait (M/G/c/c).
  ///
  /// - Parameters:
  ///   - offeredLoad: Arrival rate times mean service time, in servers kept busy; at least 0.
  ///   - servers: The number of servers, at least 0.
  /// - Returns: A probability; 0 where it is too small for a `Double`.
  /// - Complexity: O(`servers`).
  public static func lossProbability(offeredLoad: Double, servers: Int) -> Double {
    precondition(offeredLoad >= 0 && offeredLoad.isFinite && servers >= 0)
    // The recursion over servers only adds and divides positive numbers: no factorial, no powers.
    var loss = 1.0
    for count in stride(from: 1, through: servers, by: 1) {
      let lost = offeredLoad * loss
      loss = lost / (Double(count) + lost)
      if loss == 0 { break }
    }
    return loss
  }

  /// Erlang's C: the share of arrivals that find every server busy and wait (M/M/c).
  ///
  /// - Parameters:
  ///   - offeredLoad: Arrival rate times mean service time, in servers kept busy; at least 0.
  ///   - servers: The number of servers, at least 1.
  /// - Returns: A probability; 1 for an offered load that the servers cannot carry.
  /// - Complexity: O(`servers`).
  public static func waitingProbability(offeredLoad: Double, servers: Int) -> Double {
    precondition(servers >= 1)
    let loss = lossProbability(offeredLoad: offeredLoad, servers: servers)
    let idle = Double(servers) - offeredLoad
    guard idle > 0 else { return 1 }
    return Double(servers) * loss / (idle + offeredLoad * loss)
  }
}
