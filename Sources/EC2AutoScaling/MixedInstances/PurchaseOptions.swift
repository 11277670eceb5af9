public import AWSObjects

/// How a mixed group divides its capacity between on demand and spot.
///
/// Follows the Auto Scaling user guide (2023-06), `ec2-auto-scaling-mixed-instances-groups.md`,
/// "Control the proportion of On-Demand Instances": the base first, then a percentage of the rest,
/// rounded up in favor of on demand.
public enum PurchaseOptions {
  /// The on-demand instances among so many.
  public static func onDemandCapacity(of policy: MixedInstancesPolicy, total: Int) -> Int {
    let base = min(total, policy.onDemandBaseCapacity)
    let share = (total - base) * policy.onDemandPercentageAboveBaseCapacity
    return base + (share + 99) / 100
  }

  /// What the next launch buys.
  public static func next(
    onDemand: Int, spot: Int, of policy: MixedInstancesPolicy
  ) -> PurchaseOption {
    onDemand < onDemandCapacity(of: policy, total: onDemand + spot + 1) ? .onDemand : .spot
  }

  /// Which of the two goes when the group shrinks to `desired`.
  public static func surplus(
    onDemand: Int, spot: Int, of policy: MixedInstancesPolicy, desired: Int
  ) -> PurchaseOption {
    onDemand > onDemandCapacity(of: policy, total: desired) || spot == 0 ? .onDemand : .spot
  }
}
