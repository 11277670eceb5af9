public import TimeUnits

/// `Default`: the oldest launch configuration, else the oldest launch template version; of those
/// the one closest to its next billing hour.
public struct DefaultTerminationPolicy: TerminationPolicy {
  public static let name = "Default"

  public init() {}

  public func narrow(
    _ candidates: [TerminationCandidate], at now: SimulationTime
  ) -> [TerminationCandidate] {
    let oldest = candidates.smallest { $0.launchSource }
    return ClosestToNextInstanceHour().narrow(oldest, at: now)
  }
}
