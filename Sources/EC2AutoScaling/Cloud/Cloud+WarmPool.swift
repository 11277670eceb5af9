import AWSObjects
import TimeUnits

// Auto Scaling user guide (2023-06), `ec2-auto-scaling-warm-pools.md`.
extension Cloud {
  mutating func carryOut(
    _ decision: WarmPools.Decision, in name: String, _ now: SimulationTime
  ) -> [CloudChange] {
    guard let group = groups.firstIndex(where: { $0.name == name }) else { return [] }
    let cause = ActivityCause.warmPool(from: decision.actualSize, to: decision.desiredSize)
      .sentence(at: calendar(now))
    var changes: [CloudChange] = []
    for id in decision.terminations { changes += takeOut(id, of: group, cause, now) }
    for zone in decision.launches {
      changes += launch(
        in: group,
        CapacityPool(instanceType: groups[group].instanceType, zone: zone), cause, now,
        lifecycle: .warmedPending)
    }
    return changes
  }

  /// A launched instance of the pool is prepared: it stops, hibernates or just waits.
  mutating func prepare(
    _ id: InstanceID, _ group: Int, _ now: SimulationTime
  ) -> [CloudChange] {
    guard let index = groups[group].members.firstIndex(where: { $0.instance == id }),
      groups[group].members[index].lifecycle == .warmedPending
    else { return [] }
    if groups[group].warmPool?.poolState == .running { return rest(id, group, index) }
    return enter(id, .stopping, now)
  }

  mutating func rest(_ id: InstanceID, _ group: Int, _ member: Int) -> [CloudChange] {
    let state: LifecycleState =
      switch groups[group].warmPool?.poolState ?? .stopped {
      case .stopped: .warmedStopped
      case .running: .warmedRunning
      case .hibernated: .warmedHibernated
      }
    return become(state, id, group, member)
  }

  /// A warm start: the instance is started if it has stopped, and counts from now on.
  mutating func start(
    warm id: InstanceID, in group: Int, _ cause: String, _ now: SimulationTime
  ) -> [CloudChange] {
    guard let index = groups[group].members.firstIndex(where: { $0.instance == id }),
      groups[group].members[index].lifecycle.isReadyInWarmPool
    else { return [] }
    groups[group].members[index].isWarmStart = true
    var changes = become(.pending, id, group, index)
    let activity = begin(.launch, id, group, self[id].zone, cause, now)
    activities[Int(activity.number)].place = .fromWarmPool
    launchActivities[Int(id.number)] = activity
    changes.append(.activityStarted(activity))
    if self[id].state == .running {
      changes.append(.warmInstanceTaken(id, group: groups[group].name))
      return changes
    }
    return changes + enter(id, .pending, now)
  }

  /// Scale-in with a reuse policy: the instance goes back to the pool.
  mutating func returnToPool(
    _ id: InstanceID, of group: Int, _ now: SimulationTime
  ) -> [CloudChange] {
    guard let index = groups[group].members.firstIndex(where: { $0.instance == id }),
      groups[group].members[index].lifecycle.counts
    else { return [] }
    groups[group].members[index].inServiceSince = nil
    let changes = cancelLaunch(of: id, now) + become(.warmedPending, id, group, index)
    if groups[group].warmPool?.poolState == .running, self[id].state == .running {
      return changes + rest(id, group, index)
    }
    return changes + enter(id, .stopping, now)
  }
}
