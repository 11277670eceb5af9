public import AWSObjects

/// Step scaling: which step a metric falls into, and the capacity it asks for.
///
/// Follows the Auto Scaling user guide (2023-06), `as-scaling-simple-step.md`.
public enum StepScalingRule {
  /// The step of a metric: above the threshold the lower bound belongs to the step, below it the
  /// upper one. Nil if the alarm does not breach or no step holds the metric.
  public static func step(for metric: Double, _ policy: StepScaling) -> StepScaling.Step? {
    let alarm = policy.alarm
    guard alarm.comparison.holds(metric, alarm.threshold) else { return nil }
    let beyond = metric - alarm.threshold
    return policy.steps.first { step in
      let lower = step.lowerBound ?? -.infinity
      let upper = step.upperBound ?? .infinity
      return alarm.comparison.isAbove
        ? lower <= beyond && beyond < upper : lower < beyond && beyond <= upper
    }
  }

  /// The desired capacity that a breaching metric asks for, nil if it asks for none.
  ///
  /// Instances that are warming up count as there already, so that another breach within the
  /// warm-up adds only what is beyond them; nothing is taken away meanwhile.
  public static func desiredCapacity(
    for metric: Double, _ policy: StepScaling, desired: Int, warming: Int
  ) -> Int? {
    guard let step = step(for: metric, policy) else { return nil }
    let target = CapacityAdjustment.apply(
      step.scalingAdjustment, policy.adjustmentType, to: desired - warming,
      minMagnitude: policy.minAdjustmentMagnitude)
    if target > desired { return target }
    return target < desired && warming == 0 ? target : nil
  }

  /// What is wrong with a list of steps, as sentences; none if nothing is.
  public static func problems(in steps: [StepScaling.Step]) -> [String] {
    var found: [String] = []
    if steps.isEmpty { found.append("a step scaling policy needs at least one step adjustment") }
    for step in steps {
      switch (step.lowerBound, step.upperBound) {
      case (nil, nil) where steps.count > 1:
        found.append("the upper and lower bound cannot both be null in one step adjustment")
      case (let lower?, let upper?) where lower >= upper:
        found.append("a step's lower bound \(lower) is not below its upper bound \(upper)")
      default: break
      }
    }
    let ordered = steps.sorted { ($0.lowerBound ?? -.infinity) < ($1.lowerBound ?? -.infinity) }
    for (step, next) in zip(ordered, ordered.dropFirst())
    where (step.upperBound ?? .infinity) != (next.lowerBound ?? -.infinity) {
      let isGap = (step.upperBound ?? .infinity) < (next.lowerBound ?? -.infinity)
      found.append("the ranges of the step adjustments \(isGap ? "have a gap" : "overlap")")
    }
    if let least = ordered.first?.lowerBound, least < 0 {
      found.append("with a negative lower bound one step adjustment needs a null lower bound")
    }
    if let last = ordered.last, let most = last.upperBound, most > 0 {
      found.append("with a positive upper bound one step adjustment needs a null upper bound")
    }
    return found
  }
}
