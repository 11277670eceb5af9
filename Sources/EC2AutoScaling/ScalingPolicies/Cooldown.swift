public import AWSObjects
public import TimeUnits

/// The pause between scaling activities of simple policies, and of `SetDesiredCapacity` with
/// `HonorCooldown`.
///
/// Follows the Auto Scaling user guide (2023-06), `ec2-auto-scaling-scaling-cooldowns.md`: while an
/// activity is in progress, and for the cooldown after it, nothing else is started. Target
/// tracking, step scaling, scheduled actions, health replacement and plain `SetDesiredCapacity` do
/// not wait.
public enum Cooldown {
  public enum State: Sendable, Hashable {
    case free
    case activityInProgress(ScalingActivity.ID)
    case coolingDown(until: SimulationTime)
  }

  /// - Parameter cooldown: The policy's own, or nil for the group's default.
  public static func state(
    of group: AutoScalingGroup, inProgress: ScalingActivity.ID?, lastActivityEnd: SimulationTime?,
    cooldown: Duration? = nil, at now: SimulationTime
  ) -> State {
    if let inProgress { return .activityInProgress(inProgress) }
    guard let lastActivityEnd else { return .free }
    let until = lastActivityEnd + (cooldown ?? group.defaultCooldown)
    return now < until ? .coolingDown(until: until) : .free
  }
}
