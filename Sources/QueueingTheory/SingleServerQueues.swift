/// The queue M/G/1, first come first served: Poisson arrivals, any law of service, one server.
///
/// Source: the formula of Pollaczek and Khinchine, as in R. Cooper, Introduction to Queueing
/// Theory, 2nd edition, 1981, section 5.8. A utilization of 1 or more has no steady state: the
/// means are then infinite.
public struct GeneralServiceQueue: Hashable, Sendable {
  /// Arrivals per second.
  public let arrivalRate: Double
  /// The mean service time in seconds.
  public let serviceTime: Double
  /// The variance of the service time in seconds squared: 0 for constant service, the square of
  /// the mean for exponential service.
  public let serviceVariance: Double

  /// - Parameters:
  ///   - arrivalRate: Arrivals per second, at least 0.
  ///   - serviceTime: The mean service time in seconds, at least 0.
  ///   - serviceVariance: Its variance in seconds squared, at least 0.
  public init(arrivalRate: Double, serviceTime: Double, serviceVariance: Double) {
    precondition(arrivalRate >= 0 && serviceTime >= 0 && serviceVariance >= 0)
    self.arrivalRate = arrivalRate
    self.serviceTime = serviceTime
    self.serviceVariance = serviceVariance
  }

  /// The share of time that the server is busy.
  public var utilization: Double { arrivalRate * serviceTime }

  /// The mean time in seconds between arrival and start of service.
  public var meanWait: Double {
    guard utilization < 1 else { return .infinity }
    let secondMoment = serviceVariance + serviceTime * serviceTime
    return arrivalRate * secondMoment / (2 * (1 - utilization))
  }

  /// The mean time in seconds between arrival and departure.
  public var meanResponse: Double { meanWait + serviceTime }

  /// The mean number of those who wait or are served.
  public var meanNumber: Double {
    guard utilization < 1 else { return .infinity }
    return arrivalRate * meanResponse
  }
}

/// One server shared equally by all who are present, with Poisson arrivals: M/M/1-PS, and, since
/// its means do not depend on the law of the work, M/G/1-PS.
///
/// Source: L. Kleinrock, Queueing Systems, volume 2, 1976, section 4.4. A utilization of 1 or more
/// has no steady state: the means are then infinite.
public struct ProcessorSharingQueue: Hashable, Sendable {
  /// Arrivals per second.
  public let arrivalRate: Double
  /// The mean work of an arrival, in seconds of the undivided server.
  public let serviceTime: Double

  /// - Parameters:
  ///   - arrivalRate: Arrivals per second, at least 0.
  ///   - serviceTime: The mean work of an arrival in seconds, at least 0.
  public init(arrivalRate: Double, serviceTime: Double) {
    precondition(arrivalRate >= 0 && serviceTime >= 0)
    self.arrivalRate = arrivalRate
    self.serviceTime = serviceTime
  }

  /// The share of time that the server is busy.
  public var utilization: Double { arrivalRate * serviceTime }

  /// The mean time in seconds between arrival and departure.
  public var meanResponse: Double { meanResponse(work: serviceTime) }

  /// The mean time in seconds that an arrival with `work` seconds of work stays.
  public func meanResponse(work: Double) -> Double {
    utilization < 1 ? work / (1 - utilization) : .infinity
  }

  /// The mean number of those present.
  public var meanNumber: Double {
    utilization < 1 ? utilization / (1 - utilization) : .infinity
  }
}
