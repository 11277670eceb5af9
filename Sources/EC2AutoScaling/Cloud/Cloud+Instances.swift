import AWSObjects
import TimeUnits

extension Cloud {
  /// A terminated instance can be seen for about an hour (EC2 user guide, instance life cycle).
  static let visibleAfterTermination: Duration = .seconds(3_600)

  mutating func stop(
    _ texts: [String], _ now: SimulationTime
  ) throws(AWSError) -> [CloudChange] {
    let operation = "StopInstances"
    let ids = try resolve(texts, operation, now)
    for id in ids {
      switch self[id].state {
      case .running, .stopping, .stopped: continue
      case .pending, .shuttingDown, .terminated:
        throw AWSError(operation, .cannotStop("\(id)"))
      }
    }
    return ids.flatMap { self[$0].state == .running ? enter($0, .stopping, now) : [] }
  }

  mutating func start(
    _ texts: [String], _ now: SimulationTime
  ) throws(AWSError) -> [CloudChange] {
    let operation = "StartInstances"
    let ids = try resolve(texts, operation, now)
    for id in ids {
      switch self[id].state {
      case .pending, .running, .stopped: continue
      case .stopping, .shuttingDown, .terminated:
        throw AWSError(operation, .cannotStart("\(id)"))
      }
    }
    return ids.flatMap { self[$0].state == .stopped ? enter($0, .pending, now) : [] }
  }

  mutating func terminate(
    _ texts: [String], _ now: SimulationTime
  ) throws(AWSError) -> [CloudChange] {
    let ids = try resolve(texts, "TerminateInstances", now)
    return ids.flatMap { enter($0, .shuttingDown, now) }
  }

  /// The ids that the texts name; malformed ones are refused before unknown ones, as EC2 does.
  private func resolve(
    _ texts: [String], _ operation: String, _ now: SimulationTime
  ) throws(AWSError) -> [InstanceID] {
    for text in texts where !Self.isWellFormed(text) {
      throw AWSError(operation, .malformedInstanceID(text))
    }
    var ids: [InstanceID] = []
    var unknown: [String] = []
    for text in texts {
      if let id = idsByText[text], isVisible(id, now) {
        if !ids.contains(id) { ids.append(id) }
      } else {
        unknown.append(text)
      }
    }
    guard unknown.isEmpty else { throw AWSError(operation, .instancesNotFound(unknown)) }
    return ids
  }

  private func isVisible(_ id: InstanceID, _ now: SimulationTime) -> Bool {
    let instance = self[id]
    return instance.state != .terminated
      || now - instance.stateSince <= Self.visibleAfterTermination
  }

  // `i-` and 8 (until 2016) or 17 hexadecimal digits.
  private static func isWellFormed(_ text: String) -> Bool {
    let bytes = Array(text.utf8)
    guard bytes.starts(with: "i-".utf8), bytes.count == 10 || bytes.count == 19 else {
      return false
    }
    return bytes.dropFirst(2).allSatisfy {
      (0x30...0x39).contains($0) || (0x61...0x66).contains($0)
    }
  }

  /// Moves an instance on; a state that cannot follow changes nothing, since an instance may have
  /// been terminated while it was on its way to another state.
  mutating func enter(
    _ id: InstanceID, _ state: InstanceState, _ now: SimulationTime
  ) -> [CloudChange] {
    let old = self[id].state
    guard instances[Int(id.number)].enter(state, at: now) else { return [] }
    return [.instanceStateChanged(id, from: old, to: state)]
  }

  /// RunInstances for a group: the new instance is pending, and so is its membership.
  mutating func launch(
    in group: Int, zone: AvailabilityZone, _ cause: String, _ now: SimulationTime
  ) -> [CloudChange] {
    let id = InstanceID(UInt32(instances.count))
    instances.append(
      Instance(id: id, instanceType: groups[group].instanceType, zone: zone, launchTime: now))
    groupIndexes.append(group)
    idsByText["\(id)"] = id
    var member = GroupMember(
      instance: id, zone: zone, launchSource: groups[group].launchSource)
    member.isProtectedFromScaleIn = groups[group].newInstancesProtected
    groups[group].members.append(member)
    let activity = begin(.launch, id, group, zone, cause, now)
    launchActivities.append(activity)
    return [.instanceLaunched(id, group: groups[group].name), .activityStarted(activity)]
  }

  /// Begins to terminate a member; its instance shuts down unless it already has.
  mutating func takeOut(
    _ id: InstanceID, of group: Int, _ cause: String, _ now: SimulationTime
  ) -> [CloudChange] {
    guard let index = groups[group].members.firstIndex(where: { $0.instance == id }),
      groups[group].members[index].lifecycle.counts
    else { return [] }
    let old = groups[group].members[index].lifecycle
    groups[group].members[index].lifecycle = .terminating
    var changes = cancelLaunch(of: id, now)
    let activity = begin(.terminate, id, group, self[id].zone, cause, now)
    changes += [
      .lifecycleChanged(id, group: groups[group].name, from: old, to: .terminating),
      .activityStarted(activity),
    ]
    return changes + enter(id, .shuttingDown, now)
  }

  private mutating func begin(
    _ kind: ScalingActivity.Kind, _ id: InstanceID, _ group: Int, _ zone: AvailabilityZone,
    _ cause: String, _ now: SimulationTime
  ) -> ScalingActivity.ID {
    let activity = ScalingActivity.ID(UInt32(activities.count))
    activities.append(
      ScalingActivity(
        id: activity, group: groups[group].name, kind: kind, instance: id, zone: zone,
        cause: cause, startTime: now))
    return activity
  }

  // A launch that is still in progress ends when its instance is taken out.
  private mutating func cancelLaunch(of id: InstanceID, _ now: SimulationTime) -> [CloudChange] {
    let activity = launchActivities[Int(id.number)]
    guard self[activity].status == .inProgress else { return [] }
    let index = Int(activity.number)
    activities[index].status = .cancelled
    activities[index].endTime = now
    return [.activityEnded(activity, .cancelled)]
  }

  /// Ends an activity that is in progress: a running instance comes into service, a terminated one
  /// leaves its group. A launch whose instance has stopped has failed; one whose instance is still
  /// pending goes on until it is polled again.
  mutating func endActivity(_ id: ScalingActivity.ID, _ now: SimulationTime) -> [CloudChange] {
    let activity = self[id]
    guard activity.status == .inProgress else { return [] }
    var changes: [CloudChange] = []
    var status = ScalingActivity.Status.successful
    let group = groupIndexes[Int(activity.instance.number)]
    switch activity.kind {
    case .launch:
      switch self[activity.instance].state {
      case .running: changes += bringIntoService(activity.instance, group, now)
      case .pending: return []
      default: status = .failed
      }
    case .terminate:
      changes += enter(activity.instance, .terminated, now)
      changes.append(
        .lifecycleChanged(
          activity.instance, group: activity.group, from: .terminating, to: .terminated))
      groups[group].members.removeAll { $0.instance == activity.instance }
      groupIndexes[Int(activity.instance.number)] = -1
    }
    activities[Int(id.number)].status = status
    activities[Int(id.number)].endTime = now
    return changes + [.activityEnded(id, status)]
  }

  private mutating func bringIntoService(
    _ id: InstanceID, _ group: Int, _ now: SimulationTime
  ) -> [CloudChange] {
    guard let index = groups[group].members.firstIndex(where: { $0.instance == id }),
      groups[group].members[index].lifecycle == .pending
    else { return [] }
    groups[group].members[index].lifecycle = .inService
    groups[group].members[index].inServiceSince = now
    return [
      .lifecycleChanged(id, group: groups[group].name, from: .pending, to: .inService)
    ]
  }
}
