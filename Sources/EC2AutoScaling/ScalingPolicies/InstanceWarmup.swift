public import AWSObjects
public import TimeUnits

/// Which instances a policy's metric is about.
///
/// Follows the Auto Scaling user guide (2023-06), `ec2-auto-scaling-default-instance-warmup.md`: an
/// instance is left out of the metric until its warm-up has passed since InService.
public enum InstanceWarmup {
  /// The members whose metrics count, in their order.
  public static func measured(
    _ group: AutoScalingGroup, warmup: Duration?, at now: SimulationTime
  ) -> [GroupMember] {
    let span = warmup ?? group.defaultInstanceWarmup ?? .zero
    return group.members.filter { member in
      guard member.lifecycle == .inService, let since = member.inServiceSince else { return false }
      return now - since >= span
    }
  }

  /// How many are on their way into service or still warming up.
  public static func warming(
    _ group: AutoScalingGroup, warmup: Duration?, at now: SimulationTime
  ) -> Int {
    group.members.count(where: \.lifecycle.counts)
      - measured(group, warmup: warmup, at: now).count
  }
}
