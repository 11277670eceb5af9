import Glibc
import Probability

/// What chance does to a backlog near critical load: how far it is from its mean, and what checks
/// that costs, as some pods have nothing to do while others have much.
///
/// A backlog is a Brownian motion with drift that is reflected where threads run out of messages
/// (Kobayashi, Application of the diffusion approximation to queueing networks I, 1974; Harrison,
/// Brownian Motion and Stochastic Flow Systems, 1985): its mean changes by the drift and by half
/// the noise times the density at the boundary. Closed by two moments: a normal law cut off at the
/// boundary, which is exact without drift (half a normal law), with a drift away from it (a normal
/// law), and in the long run with one towards it (an exponential law). While a backlog is worked
/// off, it is none with some probability and exponential otherwise.
struct FlowChance: Sendable {
  /// What threads have no room for, of a pod with a backlog or of all of them.
  struct Excess {
    /// Messages, on average.
    var mean = 0.0
    /// Messages a second that the mean grows by while there is a backlog everywhere.
    var drift = 0.0
    /// Messages² a second that the variance grows by.
    var noise = 0.0
    /// Checks a second with a backlog.
    var throughput = 0.0
    /// Whether threads have all that they have room for.
    var isFull = true

    mutating func add(_ other: Self) {
      mean += other.mean
      drift += other.drift
      noise += other.noise
      throughput += other.throughput
      isFull = isFull && other.isFull
    }
  }

  /// What holds from `at` on.
  private(set) var excess = Excess()
  private(set) var variance = 0.0
  /// Checks a second that are not done, as there is nothing to do.
  private(set) var loss = 0.0
  /// Whether a backlog that is worked off is so large that chance hardly matters to when it ends,
  /// and leaves hardly any behind.
  private var isSharp = false
  /// Nanoseconds.
  private(set) var at: Int64
  private let begun: Int64

  init(at time: Int64) { (at, begun) = (time, time) }

  /// From a time on, in nanoseconds; what was said before has held until then.
  mutating func follow(_ new: Excess, at time: Int64) {
    let seconds = Double(time - at) / 1e9
    let growth = excess.noise - (excess.mean + new.mean) * loss
    variance = max(0, variance + growth * seconds)
    at = time
    // Less than a message is none.
    let mean = max(1, new.mean)
    if new.drift < 0, excess.drift >= 0 {
      let atEnd = variance + new.noise * mean / -new.drift
      let steady = new.noise / (2 * -new.drift)
      isSharp =
        atEnd < Self.sharp * mean * mean && steady < FlowMachine.moment * new.throughput
    }
    excess = new
    if new.drift >= 0 { isSharp = false }
    loss = new.isFull && !isSharp ? min(Self.mostLoss * new.throughput, lossOfChance) : 0
  }

  private var lossOfChance: Double {
    let mean = max(1, excess.mean)
    let ratio = variance / (mean * mean)
    let steady = excess.noise / (2 * mean)
    if ratio < Self.exponential || excess.drift >= 0 {
      return steady * Self.boundaryDensity(ratio)
    }
    let some = 2 / (1 + ratio)
    return max(steady, -excess.drift * (1 - some) + some * some * steady)
  }

  /// Whether there most probably is no backlog any more, and little on average.
  func isOver(_ little: Double) -> Bool {
    excess.drift < 0 && loss > -excess.drift / 2 && excess.mean < little
  }

  /// Whether backlogs have come and gone by chance for so long that single polls do not matter.
  var isLasting: Bool { loss > 0 && at - begun > Self.lasting }

  /// Nanoseconds. Assumed: many polls of whatever size.
  private static let lasting: Int64 = 60_000_000_000

  /// Seconds until the loss has changed by a tenth or so.
  var nextLook: Double {
    guard excess.isFull, !isSharp else { return .infinity }
    let mean = max(1, excess.mean)
    let slope = excess.drift + loss
    let growth = excess.noise - 2 * mean * loss
    var seconds = Double.infinity
    // In this time the loss would bring the mean to where both are in balance.
    if loss > 0 { seconds = mean / loss }
    if loss > 0 || variance > Self.felt * mean * mean {
      if slope != 0 { seconds = min(seconds, Self.step * mean / abs(slope)) }
      if growth != 0 { seconds = min(seconds, Self.step * max(variance, 1) / abs(growth)) }
    } else {
      if slope < 0 { seconds = (mean - (variance / Self.felt).squareRoot()) / -slope }
      if growth > 0 { seconds = min(seconds, (Self.felt * mean * mean - variance) / growth) }
    }
    return max(1e-3, seconds)
  }

  /// By so much the mean or the variance may change. Assumed: a fifth, twice the share that the
  /// loss may be wrong by.
  private static let step = 0.2

  /// A pod always checks a little, so that changes can be computed.
  private static let mostLoss = 0.9

  /// Variance as a share of the mean's square: of an exponential law, and from where on it costs
  /// checks.
  private static let exponential = 0.999
  private static let felt = 0.1

  /// Variance of a backlog at its end as a share of the square of what it was: half of it is what
  /// chance adds to the time that messages wait. Assumed.
  private static let sharp = 0.05

  /// The density at the boundary times the mean, of a normal law cut off there.
  ///
  /// - Parameter ratio: the variance as a share of the mean's square.
  static func boundaryDensity(_ ratio: Double) -> Double {
    if ratio >= exponential { return 1 }
    // At 0.06 it is 3e-4.
    if ratio < 0.06 { return 0 }
    var (low, high) = (-40.0, 5.0)
    for _ in 0..<40 {
      let middle = (low + high) / 2
      let hazard = Self.hazard(middle)
      let mean = middle + hazard
      if (1 - hazard * mean) / (mean * mean) > ratio { low = middle } else { high = middle }
    }
    let hazard = Self.hazard(low)
    return hazard * (low + hazard)
  }

  /// Density over probability below.
  private static func hazard(_ place: Double) -> Double {
    guard let law = try? Normal(mean: 0, standardDeviation: 1) else { return 0 }
    return exp(-place * place / 2) / (2 * Double.pi).squareRoot() / law.cdf(place)
  }
}
