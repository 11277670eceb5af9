import AWSObjects
import TimeUnits

extension Cloud {
  mutating func setHealth(
    _ text: String, _ healthy: Bool, _ respectGracePeriod: Bool, _ now: SimulationTime
  ) throws(AWSError) -> [CloudChange] {
    let place = try member(text, "SetInstanceHealth")
    let member = groups[place.group].members[place.member]
    guard member.isMarkedUnhealthy == healthy else { return [] }
    // API reference, SetInstanceHealth: by default the call respects the grace period.
    if !healthy, respectGracePeriod,
      HealthCheck.isShielded(member, groups[place.group], at: now)
    {
      return []
    }
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

  func member(
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

  mutating func setProtection(
    _ name: String, _ texts: [String], _ protected: Bool
  ) throws(AWSError) -> [CloudChange] {
    let places = try members(texts, of: name, "SetInstanceProtection")
    return places.compactMap { place in
      let member = groups[place.group].members[place.member]
      guard member.isProtectedFromScaleIn != protected else { return nil }
      groups[place.group].members[place.member].isProtectedFromScaleIn = protected
      return .protectionChanged(member.instance, group: name, protected: protected)
    }
  }

  mutating func setStatusChecks(
    _ id: InstanceID, _ failing: Bool, _ now: SimulationTime
  ) -> [CloudChange] {
    let number = Int(id.number)
    guard (instances[number].impairedSince != nil) != failing else { return [] }
    instances[number].impairedSince = failing ? now : nil
    return changed(id, healthy: !failing)
  }

  mutating func setTargetHealth(
    _ id: InstanceID, _ healthy: Bool, _ now: SimulationTime
  ) -> [CloudChange] {
    let group = groupIndexes[Int(id.number)]
    guard group >= 0,
      let index = groups[group].members.firstIndex(where: { $0.instance == id }),
      (groups[group].members[index].unhealthyInLoadBalancerSince == nil) != healthy
    else { return [] }
    groups[group].members[index].unhealthyInLoadBalancerSince = healthy ? nil : now
    return changed(id, healthy: healthy)
  }

  private func changed(_ id: InstanceID, healthy: Bool) -> [CloudChange] {
    group(of: id).map { [.healthChanged(id, group: $0.name, healthy: healthy)] } ?? []
  }

  /// The places of members of one group, each named once.
  func members(
    _ texts: [String], of name: String, _ operation: String
  ) throws(AWSError) -> [(group: Int, member: Int)] {
    let index = try groupIndex(name, operation)
    var places: [(group: Int, member: Int)] = []
    for text in texts {
      let place = try member(text, operation)
      guard place.group == index else { throw AWSError(operation, .instanceNotManaged(text)) }
      if !places.contains(where: { $0 == place }) { places.append(place) }
    }
    return places
  }
}
