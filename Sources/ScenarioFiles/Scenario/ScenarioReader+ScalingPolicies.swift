import AWSObjects
import Documents
import Scenarios
import TimeUnits

extension ScenarioReader {
  /// A scaling policy: a name, and one of `targetTracking`, `step` and `simple`.
  func scalingPolicy(_ cursor: DocumentCursor) -> ScalingPolicy? {
    guard cursor.expectMapping() else { return nil }
    let name = cursor.required("name")?.string()
    let kinds = ["targetTracking", "step", "simple"].compactMap { kind in
      cursor.field(kind).map { (kind, $0) }
    }
    cursor.reportUnknownFields()
    guard kinds.count == 1, let (kind, body) = kinds.first else {
      cursor.error("a policy is exactly one of targetTracking, step and simple")
      return nil
    }
    guard let name, body.expectMapping() else { return nil }
    let read: ScalingPolicy.Kind? =
      switch kind {
      case "targetTracking": targetTracking(body).map(ScalingPolicy.Kind.targetTracking)
      case "step": step(body).map(ScalingPolicy.Kind.step)
      default: simple(body).map(ScalingPolicy.Kind.simple)
      }
    body.reportUnknownFields()
    return read.map { ScalingPolicy(name: name, kind: $0) }
  }

  private func targetTracking(_ cursor: DocumentCursor) -> TargetTracking? {
    let target = cursor.required("target")?.positive()
    var policy = TargetTracking(
      metric: metric(cursor.field("metric")), targetValue: target ?? 50)
    if let disabled = cursor.field("disableScaleIn")?.bool() { policy.disableScaleIn = disabled }
    policy.estimatedInstanceWarmup = cursor.field("instanceWarmup")?.duration()
    return target == nil ? nil : policy
  }

  // Only machines' CPU is measured here.
  private func metric(_ cursor: DocumentCursor?) -> ScalingMetric {
    guard let cursor, let metric = cursor.word(ScalingMetric.self) else {
      return .averageCPUUtilization
    }
    if metric != .averageCPUUtilization {
      cursor.warning("nothing here measures \(metric.rawValue): the policy has no data")
    }
    return metric
  }

  private func alarm(_ cursor: DocumentCursor) -> ScalingAlarm? {
    guard let body = cursor.required("alarm"), body.expectMapping() else { return nil }
    let comparison = body.required("comparison")?.word(ScalingAlarm.Comparison.self)
    let threshold = body.required("threshold")?.nonNegative()
    var alarm = ScalingAlarm(
      metric: metric(body.field("metric")), comparison: comparison ?? .greaterThan,
      threshold: threshold ?? 0)
    if let periods = body.field("evaluationPeriods")?.count() {
      alarm.evaluationPeriods = max(1, periods)
    }
    body.reportUnknownFields()
    return comparison == nil || threshold == nil ? nil : alarm
  }

  private func step(_ cursor: DocumentCursor) -> StepScaling? {
    let alarm = alarm(cursor)
    let type = cursor.required("adjustmentType")?.word(AdjustmentType.self)
    let steps = cursor.required("steps")?.elements().compactMap { element in
      guard element.expectMapping() else { return StepScaling.Step?.none }
      let adjustment = element.required("adjustment")?.int()
      let step = StepScaling.Step(
        lowerBound: element.field("from")?.double(), upperBound: element.field("to")?.double(),
        scalingAdjustment: Int(adjustment ?? 0))
      element.reportUnknownFields()
      return adjustment == nil ? nil : step
    }
    let magnitude = cursor.field("minAdjustmentMagnitude")?.count()
    let warmup = cursor.field("instanceWarmup")?.duration()
    guard let alarm, let type, let steps else { return nil }
    var policy = StepScaling(alarm: alarm, adjustmentType: type, steps: steps)
    policy.minAdjustmentMagnitude = magnitude
    policy.estimatedInstanceWarmup = warmup
    return policy
  }

  private func simple(_ cursor: DocumentCursor) -> SimpleScaling? {
    let alarm = alarm(cursor)
    let type = cursor.required("adjustmentType")?.word(AdjustmentType.self)
    let adjustment = cursor.required("adjustment")?.int()
    let magnitude = cursor.field("minAdjustmentMagnitude")?.count()
    let cooldown = cursor.field("cooldown")?.duration()
    guard let alarm, let type, let adjustment else { return nil }
    var policy = SimpleScaling(
      alarm: alarm, adjustmentType: type, scalingAdjustment: Int(adjustment))
    policy.minAdjustmentMagnitude = magnitude
    policy.cooldown = cooldown
    return policy
  }
}
