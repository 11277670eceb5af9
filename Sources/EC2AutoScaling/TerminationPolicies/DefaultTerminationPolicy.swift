public import TimeUnits

/// `Default`: what the allocation strategy would no longer take, then the oldest launch
/// configuration, else the oldest launch template version; of those the one closest to its next
/// billing hour.
public struct DefaultTerminationPolicy: TerminationPolicy {
  public static let name = "Default"

  public init() {}

  public func narrow(
    _ candidates: [TerminationCandidate], at now: SimulationTime
  ) -> [TerminationCandidate] {
    let aligned = AllocationStrategyPolicy().narrow(candidates, at: now)
    let oldest = aligned.smallest { $0.launchSource }
    return ClosestToNextInstanceHour().narrow(oldest, at: now)
  }
}
