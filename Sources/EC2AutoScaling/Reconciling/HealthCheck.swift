public import AWSObjects
public import TimeUnits

/// Which members of a group are unhealthy.
///
/// Follows the Auto Scaling user guide (2023-06), `ec2-auto-scaling-health-checks.md`: an instance
/// in any state but running is unhealthy at once, also within the grace period, which begins with
/// InService and shields from failed status checks and from the load balancer. Failed status checks
/// are tolerated for a few minutes. A pending instance on its way to running is not yet judged, nor
/// is one in Standby.
public enum HealthCheck {
  public struct Finding: Sendable, Hashable {
    public var instance: InstanceID
    public var reason: UnhealthyReason
  }

  /// The unhealthy members in the order of joining; those already being terminated left out.
  ///
  /// `instances` is indexed by id number, as in `Cloud`.
  public static func unhealthyMembers(
    of group: AutoScalingGroup, instances: [Instance], at now: SimulationTime,
    parameters: AutoScalingParameters = AutoScalingParameters()
  ) -> [Finding] {
    group.members.compactMap { member in
      guard member.lifecycle.counts else { return nil }
      let instance = instances[Int(member.instance.number)]
      return reason(member, instance, group, now, parameters).map {
        Finding(instance: member.instance, reason: $0)
      }
    }
  }

  private static func reason(
    _ member: GroupMember, _ instance: Instance, _ group: AutoScalingGroup,
    _ now: SimulationTime, _ parameters: AutoScalingParameters
  ) -> UnhealthyReason? {
    if member.isMarkedUnhealthy { return .markedUnhealthy }
    guard !group.suspends(.healthCheck) else { return nil }
    switch instance.state {
    case .stopping, .stopped, .shuttingDown, .terminated: return .notRunning(instance.state)
    case .pending, .running: break
    }
    guard !isShielded(member, group, at: now) else { return nil }
    if let since = instance.impairedSince, now - since >= parameters.statusCheckTolerance.value {
      return .statusChecksFailed
    }
    if group.healthCheckType == .elb, member.unhealthyInLoadBalancerSince != nil {
      return .loadBalancer
    }
    return nil
  }

  /// Whether the grace period shields a member; it begins when the instance comes into service.
  public static func isShielded(
    _ member: GroupMember, _ group: AutoScalingGroup, at now: SimulationTime
  ) -> Bool {
    guard let since = member.inServiceSince else { return true }
    return now - since < group.healthCheckGracePeriod
  }

  /// When the next finding may come without anything else happening: the end of a grace period or
  /// of a tolerance; nil if none is running.
  public static func nextLook(
    at group: AutoScalingGroup, instances: [Instance], at now: SimulationTime,
    parameters: AutoScalingParameters = AutoScalingParameters()
  ) -> SimulationTime? {
    group.members.compactMap { member -> SimulationTime? in
      guard member.lifecycle == .inService, let since = member.inServiceSince else { return nil }
      let graceEnds = since + group.healthCheckGracePeriod
      var times: [SimulationTime] = []
      if let impaired = instances[Int(member.instance.number)].impairedSince {
        times.append(max(graceEnds, impaired + parameters.statusCheckTolerance.value))
      }
      if group.healthCheckType == .elb, member.unhealthyInLoadBalancerSince != nil {
        times.append(graceEnds)
      }
      return times.filter { $0 > now }.min()
    }.min()
  }
}
