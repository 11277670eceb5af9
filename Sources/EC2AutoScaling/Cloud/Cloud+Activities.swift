import AWSObjects
import TimeUnits

extension Cloud {
  /// Begins to terminate a member; its instance shuts down unless it already has, or waits for the
  /// group's terminating hooks.
  mutating func takeOut(
    _ id: InstanceID, of group: Int, _ cause: String, _ now: SimulationTime
  ) -> [CloudChange] {
    guard let index = groups[group].members.firstIndex(where: { $0.instance == id }) else {
      return []
    }
    let old = groups[group].members[index].lifecycle
    guard old.counts || old.isWarmed else { return [] }
    let hooks = self[id].state == .running ? groups[group].hooks(.terminating) : []
    let next: LifecycleState =
      old.isWarmed ? .warmedTerminating : hooks.isEmpty ? .terminating : .terminatingWait
    groups[group].members[index].lifecycle = next
    groups[group].members[index].waits = []
    memories[group].rebalancing.removeAll { $0 == id }
    var changes = cancelLaunch(of: id, now)
    let activity = begin(.terminate, id, group, self[id].zone, cause, now)
    changes.append(
      .lifecycleChanged(id, group: groups[group].name, from: old, to: next))
    if next == .terminatingWait {
      activities[Int(activity.number)].status = .midLifecycleAction
      changes.append(.activityStarted(activity))
      return changes + beginWaits(id, group, index, hooks, now)
    }
    changes.append(.activityStarted(activity))
    return changes + enter(id, .shuttingDown, now)
  }

  // A launch that is still in progress ends when its instance is taken out.
  mutating func cancelLaunch(of id: InstanceID, _ now: SimulationTime) -> [CloudChange] {
    let activity = launchActivities[Int(id.number)]
    guard self[activity].status.isOpen else { return [] }
    let index = Int(activity.number)
    activities[index].status = .cancelled
    activities[index].endTime = now
    return [.activityEnded(activity, .cancelled)]
  }

  /// Ends an activity that is in progress: a running instance comes into service, a terminated one
  /// leaves its group. A launch whose instance has stopped has failed; one whose instance is still
  /// pending, or waits for its hooks, goes on until it is polled again.
  mutating func endActivity(_ id: ScalingActivity.ID, _ now: SimulationTime) -> [CloudChange] {
    let activity = self[id]
    guard activity.status == .inProgress, let instance = activity.instance else { return [] }
    var changes: [CloudChange] = []
    var status = ScalingActivity.Status.successful
    let group = groupIndexes[Int(instance.number)]
    switch activity.kind {
    case .launch:
      switch self[instance].state {
      case .running:
        guard !waitsForHooks(instance, group) else {
          activities[Int(id.number)].status = .midLifecycleAction
          return []
        }
        changes +=
          activity.place == .intoWarmPool
          ? prepare(instance, group, now) : bringIntoService(instance, group, now)
      case .pending: return []
      default: status = .failed
      }
    case .terminate:
      changes += enter(instance, .terminated, now)
      changes += leave(instance, group, activity.group)
    }
    activities[Int(id.number)].status = status
    activities[Int(id.number)].endTime = now
    if group >= 0, status == .successful { memories[group].lastActivityEnd = now }
    return changes + [.activityEnded(id, status)]
  }

  private mutating func leave(
    _ id: InstanceID, _ group: Int, _ name: String
  ) -> [CloudChange] {
    guard group >= 0,
      let index = groups[group].members.firstIndex(where: { $0.instance == id })
    else { return [] }
    let old = groups[group].members[index].lifecycle
    groups[group].members.remove(at: index)
    groupIndexes[Int(id.number)] = -1
    return [.lifecycleChanged(id, group: name, from: old, to: .terminated)]
  }

  mutating func bringIntoService(
    _ id: InstanceID, _ group: Int, _ now: SimulationTime
  ) -> [CloudChange] {
    guard group >= 0,
      let index = groups[group].members.firstIndex(where: { $0.instance == id }),
      groups[group].members[index].lifecycle.isPending
    else { return [] }
    let old = groups[group].members[index].lifecycle
    groups[group].members[index].lifecycle = .inService
    groups[group].members[index].inServiceSince = now
    memories[group].rebalancing.removeAll { $0 == id }
    return [
      .lifecycleChanged(id, group: groups[group].name, from: old, to: .inService)
    ]
  }

  /// Forgets the activities of the past, so that no cooldown is left over from them.
  public mutating func forgetActivityTimes() {
    for index in memories.indices { memories[index].lastActivityEnd = nil }
  }
}
