public import TimeUnits

/// `AllocationStrategy`: the instance whose pool the group's allocation strategy would take last.
public struct AllocationStrategyPolicy: TerminationPolicy {
  public static let name = "AllocationStrategy"

  public init() {}

  public func narrow(
    _ candidates: [TerminationCandidate], at now: SimulationTime
  ) -> [TerminationCandidate] {
    candidates.smallest { -$0.allocationRank }
  }
}
