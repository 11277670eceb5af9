import AWSObjects
import TimeUnits

/// How many of the merely unhealthy are replaced now.
///
/// Follows the Auto Scaling user guide (2023-06), `ec2-auto-scaling-health-checks.md`, "How Amazon
/// EC2 Auto Scaling minimizes downtime": what no longer runs or was marked by `SetInstanceHealth`
/// is replaced at once; others at most 10 percent of desired at a time, one at a time in a small
/// group, and the next only when the new ones are in service and warm.
enum ReplacementWave {
  /// The findings that are acted on now, in their order.
  static func select(
    _ findings: [HealthCheck.Finding], _ group: AutoScalingGroup, at now: SimulationTime,
    _ parameters: AutoScalingParameters
  ) -> [HealthCheck.Finding] {
    guard findings.contains(where: { !$0.reason.isImmediate }) else { return findings }
    let share = group.desiredCapacity * parameters.replacementWavePercent.value / 100
    let warmup = group.defaultInstanceWarmup ?? .zero
    let ready = group.members.count { member in
      guard member.lifecycle == .inService, let since = member.inServiceSince else { return false }
      return now - since >= warmup
    }
    let immediate = findings.count(where: \.reason.isImmediate)
    let missing = max(0, group.desiredCapacity - ready) + immediate
    var room = max(0, max(1, share) - missing)
    return findings.filter { finding in
      if finding.reason.isImmediate { return true }
      room -= 1
      return room >= 0
    }
  }
}

extension UnhealthyReason {
  /// Whether the instance is replaced at once, however many there are.
  var isImmediate: Bool {
    switch self {
    case .notRunning, .markedUnhealthy, .interruptionNoticed: true
    case .statusChecksFailed, .loadBalancer: false
    }
  }
}
