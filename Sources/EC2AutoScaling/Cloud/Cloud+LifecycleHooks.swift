import AWSObjects
import TimeUnits

extension Cloud {
  /// An instance gets into a state; on its way into service it may have to wait, and in the warm
  /// pool it is ready when it has stopped.
  mutating func arrive(
    _ id: InstanceID, _ state: InstanceState, _ now: SimulationTime
  ) -> [CloudChange] {
    let changes = enter(id, state, now)
    let group = groupIndexes[Int(id.number)]
    guard !changes.isEmpty, group >= 0,
      let index = groups[group].members.firstIndex(where: { $0.instance == id })
    else { return changes }
    let old = groups[group].members[index].lifecycle
    switch (state, old) {
    case (.running, .pending):
      let hooks = groups[group].hooks(.launching)
      guard !hooks.isEmpty else { return changes }
      return changes + become(.pendingWait, id, group, index)
        + beginWaits(id, group, index, hooks, now)
    case (.stopped, .warmedPending): return changes + rest(id, group, index)
    default: return changes
    }
  }

  mutating func become(
    _ lifecycle: LifecycleState, _ id: InstanceID, _ group: Int, _ member: Int
  ) -> [CloudChange] {
    let old = groups[group].members[member].lifecycle
    guard old != lifecycle else { return [] }
    groups[group].members[member].lifecycle = lifecycle
    return [.lifecycleChanged(id, group: groups[group].name, from: old, to: lifecycle)]
  }

  mutating func beginWaits(
    _ id: InstanceID, _ group: Int, _ member: Int, _ hooks: [LifecycleHook],
    _ now: SimulationTime
  ) -> [CloudChange] {
    hooks.map { hook in
      let wait = LifecycleWait(hook: hook.name, since: now)
      groups[group].members[member].waits.append(wait)
      return .lifecycleHookWaits(
        id, hook: hook.name, deadline: LifecycleHooks.deadline(of: wait, hook: hook))
    }
  }

  func waitsForHooks(_ id: InstanceID, _ group: Int) -> Bool {
    guard group >= 0 else { return false }
    return groups[group].members.first { $0.instance == id }?.lifecycle == .pendingWait
  }

  mutating func completeLifecycleAction(
    _ name: String, _ hook: String, _ text: String, _ result: LifecycleHook.Result,
    _ now: SimulationTime
  ) throws(AWSError) -> [CloudChange] {
    let operation = "CompleteLifecycleAction"
    let place = try members([text], of: name, operation)[0]
    let member = groups[place.group].members[place.member]
    guard member.waits.contains(where: { $0.hook == hook }) else {
      throw AWSError(operation, .noSuchLifecycleAction(instance: text, hook: hook))
    }
    return settle(member.instance, place.group, place.member, hook, result, now)
  }

  mutating func recordHeartbeat(
    _ name: String, _ hook: String, _ text: String, _ now: SimulationTime
  ) throws(AWSError) -> [CloudChange] {
    let operation = "RecordLifecycleActionHeartbeat"
    let place = try members([text], of: name, operation)[0]
    let member = groups[place.group].members[place.member]
    guard let wait = member.waits.firstIndex(where: { $0.hook == hook }),
      let rule = groups[place.group].lifecycleHooks.first(where: { $0.name == hook })
    else {
      throw AWSError(operation, .noSuchLifecycleAction(instance: text, hook: hook))
    }
    groups[place.group].members[place.member].waits[wait].lastHeartbeat = now
    let renewed = groups[place.group].members[place.member].waits[wait]
    return [
      .lifecycleHookWaits(
        member.instance, hook: hook, deadline: LifecycleHooks.deadline(of: renewed, hook: rule))
    ]
  }

  mutating func expireHook(
    _ id: InstanceID, _ hook: String, _ now: SimulationTime
  ) -> [CloudChange] {
    let group = groupIndexes[Int(id.number)]
    guard group >= 0,
      let index = groups[group].members.firstIndex(where: { $0.instance == id }),
      let wait = groups[group].members[index].waits.first(where: { $0.hook == hook }),
      let rule = groups[group].lifecycleHooks.first(where: { $0.name == hook }),
      now >= LifecycleHooks.deadline(of: wait, hook: rule)
    else { return [] }
    return settle(id, group, index, hook, rule.defaultResult, now)
  }

  private mutating func settle(
    _ id: InstanceID, _ group: Int, _ member: Int, _ hook: String,
    _ result: LifecycleHook.Result, _ now: SimulationTime
  ) -> [CloudChange] {
    groups[group].members[member].waits.removeAll { $0.hook == hook }
    let open = groups[group].members[member].waits.count
    let isLaunch = groups[group].members[member].lifecycle == .pendingWait
    switch LifecycleHooks.outcome(of: result, isLaunch ? .launching : .terminating, open: open) {
    case .waits: return []
    case .abandons:
      let activity = launchActivities[Int(id.number)]
      activities[Int(activity.number)].statusMessage =
        "Instance failed to complete user's Lifecycle Action: Lifecycle Action was abandoned: "
        + "Lifecycle Action Completed with ABANDON Result"
      let cause = ActivityCause.lifecycleActionAbandoned.sentence(at: calendar(now))
      return takeOut(id, of: group, cause, now)
        + [.healthChanged(id, group: groups[group].name, healthy: false)]
    case .proceeds:
      groups[group].members[member].waits = []
      return isLaunch
        ? proceedIntoService(id, group, member, now) : proceedOut(id, group, member, now)
    }
  }

  private mutating func proceedIntoService(
    _ id: InstanceID, _ group: Int, _ member: Int, _ now: SimulationTime
  ) -> [CloudChange] {
    let changes = become(.pendingProceed, id, group, member)
    let activity = launchActivities[Int(id.number)]
    // The service has looked already and found it waiting; else its next look is still to come.
    guard self[activity].status == .midLifecycleAction else { return changes }
    activities[Int(activity.number)].status = .inProgress
    return changes + endActivity(activity, now)
  }

  private mutating func proceedOut(
    _ id: InstanceID, _ group: Int, _ member: Int, _ now: SimulationTime
  ) -> [CloudChange] {
    var changes = become(.terminatingProceed, id, group, member)
    for index in activities.indices
    where activities[index].instance == id && activities[index].status == .midLifecycleAction {
      activities[index].status = .inProgress
      changes.append(.activityProceeds(activities[index].id))
    }
    return changes + enter(id, .shuttingDown, now)
  }
}
