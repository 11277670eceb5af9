public import AWSObjects
public import TimeUnits

/// Actions at given times.
///
/// Follows the Auto Scaling user guide (2023-06), `ec2-auto-scaling-scheduled-scaling.md`. While
/// ScheduledActions is suspended they are passed over, not made up for
/// (`as-suspend-resume-processes.md`).
public enum ScheduledActions {
  /// The time of an action after `now`, nil if there is none.
  public static func next(_ action: ScheduledAction, after now: SimulationTime) -> SimulationTime? {
    if action.startTime > now { return action.startTime }
    guard let every = action.every, every > .zero else { return nil }
    let elapsed = (now - action.startTime).nanoseconds
    let times = elapsed / every.nanoseconds + 1
    return action.startTime.advanced(byNanoseconds: times * every.nanoseconds)
  }

  /// The bounds and capacity after an action: what it leaves open is moved between the new bounds.
  public static func apply(
    _ action: ScheduledAction, to group: AutoScalingGroup
  ) -> (minSize: Int, maxSize: Int, desiredCapacity: Int) {
    let maxSize = action.maxSize ?? group.maxSize
    let minSize = min(action.minSize ?? group.minSize, maxSize)
    let wanted = action.desiredCapacity ?? group.desiredCapacity
    return (minSize, maxSize, min(max(wanted, minSize), maxSize))
  }
}
