import AWSObjects
import TimeUnits

extension Cloud {
  mutating func create(
    _ group: AutoScalingGroup, _ now: SimulationTime
  ) throws(AWSError) -> [CloudChange] {
    let operation = "CreateAutoScalingGroup"
    guard !groups.contains(where: { $0.name == group.name }) else {
      throw AWSError(operation, .groupExists(group.name))
    }
    try Self.checkBounds(operation, group.minSize, group.maxSize, group.desiredCapacity)
    guard !group.zones.isEmpty else { throw AWSError(operation, .noZones) }
    if let problem = TerminationPolicies.problem(in: group.terminationPolicies) {
      throw AWSError(operation, problem)
    }
    for policy in group.scalingPolicies { try Self.check(policy) }
    // User guide 2023-06, `ec2-auto-scaling-warm-pools.md`, limitations.
    if group.warmPool != nil, group.mixedInstancesPolicy != nil {
      throw AWSError("PutWarmPool", .warmPoolWithMixedInstances)
    }
    var created = group
    created.members = []
    groups.append(created)
    memories.append(GroupMemory())
    let cause = ActivityCause.groupCreated(from: 0, to: group.desiredCapacity)
    openRequests.append(group.desiredCapacity > 0 ? [cause.sentence(at: calendar(now))] : [])
    return [
      .groupCreated(group.name),
      .desiredCapacityChanged(group: group.name, from: 0, to: group.desiredCapacity),
    ]
  }

  mutating func update(
    _ name: String, _ minSize: Int?, _ maxSize: Int?, _ desired: Int?, _ now: SimulationTime
  ) throws(AWSError) -> [CloudChange] {
    let operation = "UpdateAutoScalingGroup"
    let index = try groupIndex(name, operation)
    let old = groups[index]
    let newMin = minSize ?? old.minSize
    let newMax = maxSize ?? old.maxSize
    // API reference, UpdateAutoScalingGroup: bounds given without a desired capacity move it.
    let newDesired = desired ?? min(max(old.desiredCapacity, newMin), max(newMin, newMax))
    try Self.checkBounds(operation, newMin, newMax, newDesired)
    groups[index].minSize = newMin
    groups[index].maxSize = newMax
    var changes: [CloudChange] = []
    if newMin != old.minSize || newMax != old.maxSize {
      changes.append(.boundsChanged(group: name, minSize: newMin, maxSize: newMax))
    }
    let cause = ActivityCause.constraintsUpdated(
      min: newMin, max: newMax, desired: newDesired, from: old.desiredCapacity, to: newDesired)
    return changes + changeDesired(index, to: newDesired, cause, now)
  }

  mutating func setDesired(
    _ name: String, _ desired: Int, _ honorCooldown: Bool, _ now: SimulationTime
  ) throws(AWSError) -> [CloudChange] {
    let operation = "SetDesiredCapacity"
    let index = try groupIndex(name, operation)
    let group = groups[index]
    if honorCooldown, let activity = blockingActivity(index, nil, now) {
      throw AWSError(operation, .scalingActivityInProgress(activity))
    }
    if desired > group.maxSize {
      throw AWSError(operation, .desiredAboveMax(desired: desired, max: group.maxSize))
    }
    if desired < group.minSize {
      throw AWSError(operation, .desiredBelowMin(desired: desired, min: group.minSize))
    }
    let cause = ActivityCause.desiredCapacitySet(from: group.desiredCapacity, to: desired)
    return changeDesired(index, to: desired, cause, now)
  }

  /// The activity that keeps a group from a change that honors the cooldown, nil if none does.
  func blockingActivity(_ index: Int, _ cooldown: Duration?, _ now: SimulationTime) -> String? {
    let name = groups[index].name
    let mine = activities.last { $0.group == name && $0.status.isOpen }
    switch Cooldown.state(
      of: groups[index], inProgress: mine?.id, lastActivityEnd: memories[index].lastActivityEnd,
      cooldown: cooldown, at: now)
    {
    case .free: return nil
    case .activityInProgress(let id): return "\(id.number)"
    case .coolingDown:
      return activities.last { $0.group == name }.map { "\($0.id.number)" } ?? "-"
    }
  }

  mutating func changeDesired(
    _ index: Int, to desired: Int, _ cause: ActivityCause, _ now: SimulationTime
  ) -> [CloudChange] {
    let old = groups[index].desiredCapacity
    guard desired != old else { return [] }
    groups[index].desiredCapacity = desired
    openRequests[index].append(cause.sentence(at: calendar(now)))
    return [.desiredCapacityChanged(group: groups[index].name, from: old, to: desired)]
  }

  private static func checkBounds(
    _ operation: String, _ minSize: Int, _ maxSize: Int, _ desired: Int
  ) throws(AWSError) {
    for (name, value) in [
      ("minSize", minSize), ("maxSize", maxSize), ("desiredCapacity", desired),
    ] where value < 0 {
      throw AWSError(operation, .negativeSize(name: name, value: value))
    }
    guard minSize <= maxSize else {
      throw AWSError(operation, .maxBelowMin(min: minSize, max: maxSize))
    }
    guard minSize <= desired, desired <= maxSize else {
      throw AWSError(
        operation, .desiredOutsideBounds(desired: desired, min: minSize, max: maxSize))
    }
  }

  mutating func changeProcesses(
    _ operation: String, _ name: String,
    _ change: (inout Set<AutoScalingGroup.Process>) -> Void
  ) throws(AWSError) -> [CloudChange] {
    let index = try groupIndex(name, operation)
    let before = groups[index].suspendedProcesses
    change(&groups[index].suspendedProcesses)
    return groups[index].suspendedProcesses == before ? [] : [.processesChanged(group: name)]
  }
}
