import AWSObjects
import TimeUnits

// Auto Scaling user guide (2023-06), `as-enter-exit-standby.md` and `detach-instance-asg.md`.
extension Cloud {
  mutating func enterStandby(
    _ name: String, _ texts: [String], _ decrement: Bool, _ now: SimulationTime
  ) throws(AWSError) -> [CloudChange] {
    let operation = "EnterStandby"
    let places = try members(texts, of: name, operation)
    for place in places {
      let member = groups[place.group].members[place.member]
      guard member.lifecycle == .inService else {
        throw AWSError(operation, .notInService("\(member.instance)"))
      }
    }
    var changes = try shrinkDesired(name, by: decrement ? places.count : 0, operation)
    for place in places {
      let id = groups[place.group].members[place.member].instance
      changes += become(.standby, id, place.group, place.member)
    }
    // Without a smaller desired capacity the group launches in its place.
    if !decrement { changes.append(.processesChanged(group: name)) }
    return changes
  }

  mutating func exitStandby(
    _ name: String, _ texts: [String], _ now: SimulationTime
  ) throws(AWSError) -> [CloudChange] {
    let operation = "ExitStandby"
    let places = try members(texts, of: name, operation)
    let group = try groupIndex(name, operation)
    for place in places {
      let member = groups[group].members[place.member]
      guard member.lifecycle == .standby else {
        throw AWSError(operation, .notInStandby("\(member.instance)"))
      }
    }
    let old = groups[group].desiredCapacity
    let desired = old + places.count
    guard desired <= groups[group].maxSize else {
      throw AWSError(
        operation, .desiredAboveMax(desired: desired, max: groups[group].maxSize))
    }
    groups[group].desiredCapacity = desired
    var changes: [CloudChange] = [
      .desiredCapacityChanged(group: name, from: old, to: desired)
    ]
    for place in places {
      let id = groups[group].members[place.member].instance
      changes += become(.inService, id, group, place.member)
      groups[group].members[place.member].inServiceSince = now
    }
    return changes
  }

  mutating func detach(
    _ name: String, _ texts: [String], _ decrement: Bool, _ now: SimulationTime
  ) throws(AWSError) -> [CloudChange] {
    let operation = "DetachInstances"
    let places = try members(texts, of: name, operation)
    let ids = places.map { groups[$0.group].members[$0.member].instance }
    var changes = try shrinkDesired(name, by: decrement ? places.count : 0, operation)
    let group = try groupIndex(name, operation)
    for id in ids {
      guard let index = groups[group].members.firstIndex(where: { $0.instance == id }) else {
        continue
      }
      let old = groups[group].members.remove(at: index).lifecycle
      groupIndexes[Int(id.number)] = -1
      changes += cancelLaunch(of: id, now)
      changes.append(.lifecycleChanged(id, group: name, from: old, to: .detached))
    }
    if !decrement { changes.append(.processesChanged(group: name)) }
    return changes
  }

  private mutating func shrinkDesired(
    _ name: String, by count: Int, _ operation: String
  ) throws(AWSError) -> [CloudChange] {
    let group = try groupIndex(name, operation)
    let old = groups[group].desiredCapacity
    guard count > 0 else { return [] }
    guard old - count >= groups[group].minSize else {
      throw AWSError(operation, .belowMin(min: groups[group].minSize))
    }
    groups[group].desiredCapacity = old - count
    return [.desiredCapacityChanged(group: name, from: old, to: old - count)]
  }
}
