import AWSObjects
import TimeUnits

extension Cloud {
  mutating func putPolicy(
    _ name: String, _ policy: ScalingPolicy
  ) throws(AWSError) -> [CloudChange] {
    let index = try groupIndex(name, "PutScalingPolicy")
    try Self.check(policy)
    groups[index].scalingPolicies.removeAll { $0.name == policy.name }
    groups[index].scalingPolicies.append(policy)
    memories[index].targetTracking[policy.name] = nil
    return [.policiesChanged(group: name)]
  }

  static func check(_ policy: ScalingPolicy) throws(AWSError) {
    guard case .step(let rule) = policy.kind,
      let problem = StepScalingRule.problems(in: rule.steps).first
    else { return }
    throw AWSError("PutScalingPolicy", .invalidStepAdjustments("\(policy.name): \(problem)"))
  }

  mutating func deletePolicy(
    _ name: String, _ policy: String
  ) throws(AWSError) -> [CloudChange] {
    let operation = "DeletePolicy"
    let index = try groupIndex(name, operation)
    guard groups[index].scalingPolicies.contains(where: { $0.name == policy }) else {
      throw AWSError(operation, .policyNotFound(policy))
    }
    groups[index].scalingPolicies.removeAll { $0.name == policy }
    return [.policiesChanged(group: name)]
  }

  /// A policy never leaves the bounds (user guide 2023-06, `asg-capacity-limits.md`).
  mutating func executePolicy(
    _ name: String, _ policy: String, _ wanted: Int, _ now: SimulationTime
  ) -> [CloudChange] {
    guard let index = groups.firstIndex(where: { $0.name == name }) else { return [] }
    let group = groups[index]
    let desired = min(max(wanted, group.minSize), group.maxSize)
    return changeDesired(
      index, to: desired,
      .policy(policy, from: group.desiredCapacity, to: desired), now)
  }

  mutating func execute(
    _ action: ScheduledAction, _ name: String, _ now: SimulationTime
  ) throws(AWSError) -> [CloudChange] {
    let index = try groupIndex(name, "BatchPutScheduledUpdateGroupAction")
    let old = groups[index]
    guard !old.suspends(.scheduledActions) else { return [] }
    let new = ScheduledActions.apply(action, to: old)
    groups[index].minSize = new.minSize
    groups[index].maxSize = new.maxSize
    var changes: [CloudChange] = []
    if new.minSize != old.minSize || new.maxSize != old.maxSize {
      changes.append(.boundsChanged(group: name, minSize: new.minSize, maxSize: new.maxSize))
    }
    let cause = ActivityCause.scheduledAction(
      action.name, min: new.minSize, max: new.maxSize, desired: new.desiredCapacity,
      from: old.desiredCapacity, to: new.desiredCapacity)
    return changes + changeDesired(index, to: new.desiredCapacity, cause, now)
  }
}
