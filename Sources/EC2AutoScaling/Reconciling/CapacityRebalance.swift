import AWSObjects

/// Capacity Rebalancing: what EC2 is about to take is replaced ahead of its end.
///
/// Follows the Auto Scaling user guide (2023-06), `ec2-auto-scaling-capacity-rebalancing.md`: the
/// group launches first, and terminates the instance at risk when the new one is in service. The
/// two minutes' notice stands in for EC2's earlier recommendation, which is not modeled.
enum CapacityRebalance {
  /// Leaves the instances at risk out of what counts; adds them to the replacements once there are
  /// enough others in service.
  static func setAside(
    _ counted: inout [GroupMember], _ group: AutoScalingGroup, _ instances: [Instance],
    _ decision: inout GroupDecision
  ) {
    guard group.capacityRebalance else { return }
    let atRisk = counted.filter { instances[Int($0.instance.number)].interruptedAt != nil }
    guard !atRisk.isEmpty else { return }
    let names = Set(atRisk.map(\.instance))
    counted.removeAll { names.contains($0.instance) }
    let ready = counted.count { $0.lifecycle == .inService }
    guard ready >= group.desiredCapacity, !group.suspends(.terminate) else { return }
    decision.replacements += atRisk.map {
      GroupDecision.Replacement(instance: $0.instance, reason: .interruptionNoticed)
    }
  }
}
