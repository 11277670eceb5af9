public import AWSObjects
public import TimeUnits

/// What a group remembers of refused launches: which pools of the present round, and since when
/// nothing has been launched.
///
/// A group whose launch fails tries another zone, and keeps retrying (Auto Scaling user guide
/// 2023-06, `auto-scaling-benefits.md` and `ts-as-instancelaunchfailure.md`); AWS suspends a group
/// that has failed for more than 24 hours (`as-suspend-resume-processes.md`). How the retries are
/// spaced is a parameter, since no document says.
public struct LaunchFailures: Sendable, Hashable {
  /// Refused in the present round, in order.
  public private(set) var refused: [CapacityPool] = []
  /// The first failure since the last success.
  public private(set) var failingSince: SimulationTime?
  /// Rounds in a row that ended without a launch.
  public private(set) var rounds = 0
  /// When the next round begins; nil if nothing was refused.
  public private(set) var retryAt: SimulationTime?

  public init() {}

  public mutating func failed(
    _ pool: CapacityPool, at now: SimulationTime, _ parameters: AutoScalingParameters
  ) {
    if failingSince == nil { failingSince = now }
    if let retryAt, now >= retryAt {
      refused = []
      rounds += 1
    }
    if !refused.contains(pool) { refused.append(pool) }
    retryAt = now + Self.pause(rounds: rounds, parameters)
  }

  public mutating func succeeded() {
    failingSince = nil
    rounds = 0
  }

  /// The pools that are not tried now.
  public func avoided(at now: SimulationTime) -> [CapacityPool] {
    guard let retryAt, now < retryAt else { return [] }
    return refused
  }

  /// Whether AWS suspends the group's launches now.
  public func areTooOld(at now: SimulationTime, _ parameters: AutoScalingParameters) -> Bool {
    guard let failingSince else { return false }
    return now - failingSince > parameters.administrativeSuspension.value
  }

  /// The pause after a round: doubled each time up to the longest.
  public static func pause(rounds: Int, _ parameters: AutoScalingParameters) -> Duration {
    var pause = parameters.retryPause.value
    for _ in 0..<min(rounds, 32) where pause < parameters.retryPauseMax.value { pause *= 2 }
    return min(pause, parameters.retryPauseMax.value)
  }
}
