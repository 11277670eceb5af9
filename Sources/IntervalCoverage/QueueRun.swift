import Probability
import QueueingTheory
import SimulationKernel

/// Waits in M/M/1 by Lindley's recurrence: W ← max(0, W + S − A), from an empty queue
/// (D. Lindley, 1952).
struct QueueRun: Sendable {
  /// Arrivals per second.
  static let arrivalRate = 0.8

  private let interarrival: Exponential
  private let service: Exponential
  private var arrivals: RandomStream
  private var services: RandomStream
  private var wait = 0.0

  /// - Parameter serviceTime: the mean, in seconds; below 1.25 for a steady state.
  init(serviceTime: Double = 1, _ streams: RandomStreams, run: Int = 0) {
    // Both means are above 0.
    guard let interarrival = try? Exponential(mean: 1 / Self.arrivalRate),
      let service = try? Exponential(mean: serviceTime)
    else { fatalError() }
    self.interarrival = interarrival
    self.service = service
    arrivals = streams.stream("coverage.arrivals", entity: UInt64(run))
    services = streams.stream("coverage.services", entity: UInt64(run))
  }

  /// The mean wait of a steady queue.
  static func meanWait(serviceTime: Double = 1) -> Double {
    GeneralServiceQueue(
      arrivalRate: arrivalRate, serviceTime: serviceTime,
      serviceVariance: serviceTime * serviceTime
    ).meanWait
  }

  /// The wait of the next customer; 0 for the first.
  mutating func next() -> Double {
    let wait = wait
    let step = service.sample(using: &services) - interarrival.sample(using: &arrivals)
    self.wait = max(0, wait + step)
    return wait
  }

  /// The mean wait of `count` customers after `skipped` others.
  mutating func mean(of count: Int, after skipped: Int) -> Double {
    for _ in 0..<skipped { _ = next() }
    var sum = 0.0
    for _ in 0..<count { sum += next() }
    return sum / Double(count)
  }

  /// The waits of `count` customers after `skipped` others.
  mutating func waits(_ count: Int, after skipped: Int = 0) -> [Double] {
    for _ in 0..<skipped { _ = next() }
    return (0..<count).map { _ in next() }
  }
}
