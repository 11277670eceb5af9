import AWSObjects
public import TimeUnits

/// `OldestLaunchConfiguration`: the oldest of the configurations; templates only if there is none.
public struct OldestLaunchConfiguration: TerminationPolicy {
  public static let name = "OldestLaunchConfiguration"

  public init() {}

  public func narrow(
    _ candidates: [TerminationCandidate], at now: SimulationTime
  ) -> [TerminationCandidate] {
    let configured = candidates.filter { $0.launchSource.kind == .configuration }
    return configured.isEmpty ? candidates : configured.smallest { $0.launchSource }
  }
}

/// `OldestLaunchTemplate`: configurations before templates, then the oldest template version.
public struct OldestLaunchTemplate: TerminationPolicy {
  public static let name = "OldestLaunchTemplate"

  public init() {}

  public func narrow(
    _ candidates: [TerminationCandidate], at now: SimulationTime
  ) -> [TerminationCandidate] {
    candidates.smallest { $0.launchSource }
  }
}
