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
    for policy in group.terminationPolicies where TerminationPolicies.named(policy) == nil {
      throw AWSError(operation, .unknownTerminationPolicy(policy))
    }
    var created = group
    created.members = []
    groups.append(created)
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
    _ name: String, _ desired: Int, _ now: SimulationTime
  ) throws(AWSError) -> [CloudChange] {
    let operation = "SetDesiredCapacity"
    let index = try groupIndex(name, operation)
    let group = groups[index]
    if desired > group.maxSize {
      throw AWSError(operation, .desiredAboveMax(desired: desired, max: group.maxSize))
    }
    if desired < group.minSize {
      throw AWSError(operation, .desiredBelowMin(desired: desired, min: group.minSize))
    }
    let cause = ActivityCause.desiredCapacitySet(from: group.desiredCapacity, to: desired)
    return changeDesired(index, to: desired, cause, now)
  }

  private mutating func changeDesired(
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

  mutating func setHealth(_ text: String, _ healthy: Bool) throws(AWSError) -> [CloudChange] {
    let place = try member(text, "SetInstanceHealth")
    let member = groups[place.group].members[place.member]
    guard member.isMarkedUnhealthy == healthy else { return [] }
    groups[place.group].members[place.member].isMarkedUnhealthy = !healthy
    return [
      .healthChanged(member.instance, group: groups[place.group].name, healthy: healthy)
    ]
  }

  /// `TerminateInstanceInAutoScalingGroup`: one victim by name, replaced unless desired shrinks.
  mutating func terminateInGroup(
    _ text: String, _ decrement: Bool, _ now: SimulationTime
  ) throws(AWSError) -> [CloudChange] {
    let operation = "TerminateInstanceInAutoScalingGroup"
    let place = try member(text, operation)
    let group = groups[place.group]
    let victim = group.members[place.member]
    guard victim.lifecycle.counts else { return [] }
    if decrement, group.desiredCapacity <= group.minSize {
      throw AWSError(operation, .desiredEqualsMin(group.minSize))
    }
    var changes: [CloudChange] = []
    var shrinking: ActivityCause.Shrinking?
    if decrement {
      let old = group.desiredCapacity
      groups[place.group].desiredCapacity = old - 1
      changes.append(.desiredCapacityChanged(group: group.name, from: old, to: old - 1))
      shrinking = ActivityCause.Shrinking(from: old, to: old - 1)
    }
    let cause = ActivityCause.userTerminated(victim.instance, shrinking: shrinking)
    return changes
      + takeOut(victim.instance, of: place.group, cause.sentence(at: calendar(now)), now)
  }

  private func member(
    _ text: String, _ operation: String
  ) throws(AWSError) -> (group: Int, member: Int) {
    if let id = idsByText[text], groupIndexes[Int(id.number)] >= 0 {
      let group = groupIndexes[Int(id.number)]
      if let member = groups[group].members.firstIndex(where: { $0.instance == id }) {
        return (group, member)
      }
    }
    throw AWSError(operation, .instanceNotManaged(text))
  }
}
