import AWSObjects
public import TimeUnits

extension Cloud {
  /// RunInstances for a group: the new instance is pending, and so is its membership; or EC2
  /// refuses, and all there is to see is a failed activity.
  mutating func launch(
    in group: Int, _ pool: CapacityPool, _ cause: String, _ now: SimulationTime,
    lifecycle: LifecycleState = .pending
  ) -> [CloudChange] {
    if let refusal = refusal(of: pool, in: group, now) {
      return refuse(refusal, pool, in: group, cause, now)
    }
    let id = InstanceID(UInt32(instances.count))
    var instance = Instance(
      id: id, instanceType: pool.instanceType, zone: pool.zone, launchTime: now)
    instance.purchaseOption = pool.purchaseOption
    instances.append(instance)
    groupIndexes.append(group)
    idsByText["\(id)"] = id
    var member = GroupMember(
      instance: id, zone: pool.zone, lifecycle: lifecycle,
      launchSource: groups[group].launchSource)
    member.isProtectedFromScaleIn = groups[group].newInstancesProtected
    groups[group].members.append(member)
    memories[group].launchFailures.succeeded()
    let activity = begin(.launch, id, group, pool.zone, cause, now)
    if lifecycle.isWarmed { activities[Int(activity.number)].place = .intoWarmPool }
    launchActivities.append(activity)
    return [.instanceLaunched(id, group: groups[group].name), .activityStarted(activity)]
  }

  private func refusal(
    of pool: CapacityPool, in group: Int, _ now: SimulationTime
  ) -> LaunchRefusal? {
    let maxPrice = groups[group].mixedInstancesPolicy?.spotMaxPrice
    if let refusal = market.refusal(of: pool, maxPrice: maxPrice) { return refusal }
    guard !limits.isEmpty else { return nil }
    var running: [CapacityLimits.RunningCount] = []
    for instance in instances where instance.state == .pending || instance.state == .running {
      let index = running.firstIndex {
        $0.instanceType == instance.instanceType && $0.purchaseOption == instance.purchaseOption
      }
      if let index {
        running[index].count += 1
      } else {
        running.append(
          CapacityLimits.RunningCount(
            instanceType: instance.instanceType, purchaseOption: instance.purchaseOption, count: 1))
      }
    }
    return limits.refusal(of: pool, running: running, zones: groups[group].zones, at: now)
  }

  // Failed activities appear within a second of their start (records of 2012 and 2015), so this one
  // ends in the moment it begins.
  private mutating func refuse(
    _ refusal: LaunchRefusal, _ pool: CapacityPool, in group: Int, _ cause: String,
    _ now: SimulationTime
  ) -> [CloudChange] {
    memories[group].launchFailures.failed(pool, at: now, parameters)
    let activity = begin(.launch, nil, group, pool.zone, cause, now)
    let index = Int(activity.number)
    activities[index].status = .failed
    activities[index].endTime = now
    activities[index].statusMessage = refusal.statusMessage
    activities[index].errorCode = refusal.code
    return [
      .activityEnded(activity, .failed), .launchRefused(pool, group: groups[group].name),
    ]
  }

  mutating func begin(
    _ kind: ScalingActivity.Kind, _ id: InstanceID?, _ group: Int, _ zone: AvailabilityZone,
    _ cause: String, _ now: SimulationTime
  ) -> ScalingActivity.ID {
    let activity = ScalingActivity.ID(UInt32(activities.count))
    activities.append(
      ScalingActivity(
        id: activity, group: groups[group].name, kind: kind, instance: id, zone: zone,
        cause: cause, startTime: now))
    return activity
  }

  /// The time after which a group that was refused tries again, nil if it was not.
  ///
  /// Another zone follows soon; when all have refused, the pause of the round.
  public func nextLaunchAttempt(of name: String, at now: SimulationTime) -> SimulationTime? {
    guard let index = groups.firstIndex(where: { $0.name == name }) else { return nil }
    let group = groups[index]
    let failures = memories[index].launchFailures
    guard let retryAt = failures.retryAt, retryAt > now else { return nil }
    let refused = failures.avoided(at: now)
    let types = group.mixedInstancesPolicy?.instanceTypes ?? [group.instanceType]
    let option = refused.last?.purchaseOption ?? .onDemand
    let isOpen = group.zones.contains { zone in
      types.contains { type in
        !refused.contains(
          CapacityPool(instanceType: type, zone: zone, purchaseOption: option))
      }
    }
    return isOpen ? now + parameters.nextZonePause.value : retryAt
  }
}
