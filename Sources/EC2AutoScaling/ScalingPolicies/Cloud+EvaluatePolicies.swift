public import AWSObjects
public import TimeUnits

extension Cloud {
  /// What a policy wants of its group.
  public struct PolicyOrder: Sendable, Hashable {
    public var policy: String
    /// Not yet held between min and max.
    public var desired: Int
  }

  /// One period's metrics for all policies of a group; remembers what they have seen.
  ///
  /// Several policies that want something at once: the largest capacity wins (Auto Scaling user
  /// guide 2023-06, `as-scale-based-on-demand.md`, "Multiple dynamic scaling policies"). While
  /// AlarmNotification is suspended none is called.
  public mutating func executePolicies(
    ofGroup index: Int, metrics: [ScalingMetric: Double?], at now: SimulationTime
  ) -> PolicyOrder? {
    let group = groups[index]
    guard !group.suspends(.alarmNotification) else { return nil }
    var orders: [PolicyOrder] = []
    var proposals: [(proposal: TargetTrackingRule.Proposal, mayScaleIn: Bool)] = []
    var tracking = ""
    for policy in group.scalingPolicies where policy.isEnabled {
      switch policy.kind {
      case .targetTracking(let rule):
        var memory = memories[index].targetTracking[policy.name] ?? TargetTrackingMemory()
        let measured = InstanceWarmup.measured(
          group, warmup: rule.estimatedInstanceWarmup, at: now)
        let proposal = TargetTrackingRule.decide(
          metrics[rule.metric] ?? nil, rule, measured: measured.count,
          desired: group.desiredCapacity, memory: &memory, parameters: parameters)
        memories[index].targetTracking[policy.name] = memory
        if tracking.isEmpty || proposal != .hold { tracking = policy.name }
        proposals.append((proposal, !rule.disableScaleIn))
      case .step(let rule):
        guard let metric = metrics[rule.alarm.metric] ?? nil,
          breaches(metric, rule.alarm, policy.name, index)
        else { continue }
        let warming = InstanceWarmup.warming(
          group, warmup: rule.estimatedInstanceWarmup, at: now)
        if let desired = StepScalingRule.desiredCapacity(
          for: metric, rule, desired: group.desiredCapacity, warming: warming)
        {
          orders.append(PolicyOrder(policy: policy.name, desired: desired))
        }
      case .simple(let rule):
        guard let metric = metrics[rule.alarm.metric] ?? nil,
          breaches(metric, rule.alarm, policy.name, index),
          blockingActivity(index, rule.cooldown, now) == nil
        else { continue }
        let desired = CapacityAdjustment.apply(
          rule.scalingAdjustment, rule.adjustmentType, to: group.desiredCapacity,
          minMagnitude: rule.minAdjustmentMagnitude)
        orders.append(PolicyOrder(policy: policy.name, desired: desired))
      }
    }
    if let desired = TargetTrackingRule.combine(proposals) {
      orders.append(PolicyOrder(policy: tracking, desired: desired))
    }
    return orders.max { $0.desired < $1.desired }
  }

  // A step or simple policy's alarm: so many points in a row.
  private mutating func breaches(
    _ metric: Double, _ alarm: ScalingAlarm, _ policy: String, _ index: Int
  ) -> Bool {
    var memory = memories[index].targetTracking[policy] ?? TargetTrackingMemory()
    memory.above = alarm.comparison.holds(metric, alarm.threshold) ? memory.above + 1 : 0
    memories[index].targetTracking[policy] = memory
    return memory.above >= alarm.evaluationPeriods
  }
}
