public import AWSObjects

/// Which members of a group are unhealthy.
///
/// Follows the Auto Scaling user guide (2023-06), `ec2-auto-scaling-health-checks.md`: an instance
/// in any state but running is unhealthy at once, also within the grace period, which shields only
/// from failed status checks. A pending instance on its way to running is not yet judged.
public enum HealthCheck {
  public struct Finding: Sendable, Hashable {
    public var instance: InstanceID
    public var reason: UnhealthyReason
  }

  /// The unhealthy members in the order of joining; those already being terminated left out.
  ///
  /// `instances` is indexed by id number, as in `Cloud`.
  public static func unhealthyMembers(
    of group: AutoScalingGroup, instances: [Instance]
  ) -> [Finding] {
    group.members.compactMap { member in
      guard member.lifecycle.counts else { return nil }
      if member.isMarkedUnhealthy {
        return Finding(instance: member.instance, reason: .markedUnhealthy)
      }
      guard !group.suspends(.healthCheck) else { return nil }
      let state = instances[Int(member.instance.number)].state
      switch state {
      case .pending, .running: return nil
      case .stopping, .stopped, .shuttingDown, .terminated:
        return Finding(instance: member.instance, reason: .notRunning(state))
      }
    }
  }
}
