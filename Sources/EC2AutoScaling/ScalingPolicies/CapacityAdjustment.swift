public import AWSObjects

/// What a policy's number makes of a capacity.
///
/// Follows the Auto Scaling user guide (2023-06), `as-scaling-simple-step.md`, "Scaling adjustment
/// types": a percentage is rounded toward zero, but what lies between 0 and 1 counts as 1;
/// `MinAdjustmentMagnitude` is the least change of a percentage.
public enum CapacityAdjustment {
  public static func apply(
    _ adjustment: Int, _ type: AdjustmentType, to capacity: Int, minMagnitude: Int? = nil
  ) -> Int {
    switch type {
    case .exactCapacity: return adjustment
    case .changeInCapacity: return max(0, capacity + adjustment)
    case .percentChangeInCapacity:
      // Of whole numbers the quotient is exact, and Swift's division rounds toward zero.
      let hundredths = capacity * adjustment
      var change = hundredths / 100
      if change == 0 { change = hundredths.signum() }
      if let least = minMagnitude, change.magnitude < least.magnitude {
        change = adjustment.signum() * least
      }
      return max(0, capacity + change)
    }
  }
}
