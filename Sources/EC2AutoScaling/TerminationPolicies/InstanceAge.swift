public import TimeUnits

/// `OldestInstance`: the earliest launch.
public struct OldestInstance: TerminationPolicy {
  public static let name = "OldestInstance"

  public init() {}

  public func narrow(
    _ candidates: [TerminationCandidate], at now: SimulationTime
  ) -> [TerminationCandidate] {
    candidates.smallest { $0.launchTime }
  }
}

/// `NewestInstance`: the latest launch.
public struct NewestInstance: TerminationPolicy {
  public static let name = "NewestInstance"

  public init() {}

  public func narrow(
    _ candidates: [TerminationCandidate], at now: SimulationTime
  ) -> [TerminationCandidate] {
    candidates.smallest { -$0.launchTime.nanoseconds }
  }
}

/// `ClosestToNextInstanceHour`: the least time left of the hour that began at a launch, in whole
/// seconds, since billing is by the second.
public struct ClosestToNextInstanceHour: TerminationPolicy {
  public static let name = "ClosestToNextInstanceHour"

  public init() {}

  public func narrow(
    _ candidates: [TerminationCandidate], at now: SimulationTime
  ) -> [TerminationCandidate] {
    candidates.smallest { candidate in
      let age = (now.nanoseconds - candidate.launchTime.nanoseconds) / 1_000_000_000
      return 3_600 - age % 3_600
    }
  }
}
