import Glibc

/// The queue M/M/c in the steady state: Poisson arrivals, exponential service, `servers` equal
/// servers, first come first served.
///
/// Means of number and time also hold for processor sharing among the servers; the tails do not.
/// With an offered load of `servers` or more there is no steady state: waiting is certain, means
/// are infinite, tails are 1.
public struct MultiServerQueue: Hashable, Sendable {
  /// Arrivals per second.
  public let arrivalRate: Double
  /// The mean service time in seconds.
  public let serviceTime: Double
  /// The number of servers.
  public let servers: Int
  /// The probability that an arrival waits: Erlang's C.
  public let waitingProbability: Double

  /// - Parameters:
  ///   - arrivalRate: Arrivals per second, at least 0.
  ///   - serviceTime: The mean service time in seconds, above 0.
  ///   - servers: The number of servers, at least 1.
  /// - Complexity: O(`servers`); every property then takes constant time.
  public init(arrivalRate: Double, serviceTime: Double, servers: Int) {
    precondition(arrivalRate >= 0 && serviceTime > 0 && serviceTime.isFinite && servers >= 1)
    self.arrivalRate = arrivalRate
    self.serviceTime = serviceTime
    self.servers = servers
    waitingProbability = Erlang.waitingProbability(
      offeredLoad: arrivalRate * serviceTime, servers: servers)
  }

  /// The mean number of busy servers that the arrivals ask for.
  public var offeredLoad: Double { arrivalRate * serviceTime }

  /// The share of the servers that the arrivals ask for; 1 and more is too much.
  public var utilization: Double { offeredLoad / Double(servers) }

  /// Whether there is a steady state.
  public var isStable: Bool { idle > 0 }

  /// The mean number of idle servers.
  private var idle: Double { Double(servers) - offeredLoad }

  /// The mean time in seconds between arrival and start of service.
  public var meanWait: Double {
    isStable ? waitingProbability * serviceTime / idle : .infinity
  }

  /// The mean time in seconds between arrival and departure.
  public var meanResponse: Double { meanWait + serviceTime }

  /// The mean number of those who wait.
  public var meanWaitingNumber: Double {
    isStable ? waitingProbability * offeredLoad / idle : .infinity
  }

  /// The mean number of those who wait or are served.
  public var meanNumber: Double { meanWaitingNumber + offeredLoad }

  /// The probability of waiting longer than `time` seconds.
  public func waitTail(_ time: Double) -> Double {
    guard isStable, time >= 0 else { return 1 }
    return waitingProbability * exp(-idle * time / serviceTime)
  }

  /// The shortest time in seconds that a share `probability` of the arrivals does not outwait.
  public func waitQuantile(_ probability: Double) -> Double {
    precondition((0...1).contains(probability))
    guard isStable else { return .infinity }
    let waiting = 1 - probability
    guard waiting < waitingProbability else { return 0 }
    return serviceTime / idle * log(waitingProbability / waiting)
  }

  /// The probability of staying, waiting and service together, longer than `time` seconds.
  public func responseTail(_ time: Double) -> Double {
    guard isStable, time >= 0 else { return 1 }
    let services = time / serviceTime
    // Waiting falls at the rate `idle`, service at the rate 1: with one idle server on average the
    // two rates meet, and the quotient becomes its limit.
    let gap = idle - 1
    let mixed = abs(gap * services) < 1e-300 ? services : -expm1(-gap * services) / gap
    return exp(-services) * (1 + waitingProbability * mixed)
  }
}
