import AWSObjects
import TimeUnits

extension Cloud {
  /// Carries out what a group has decided.
  ///
  /// Every launch of one pass tells the same change of capacity, and every termination names all
  /// victims of its pass, as in recorded activities. What no longer applies is passed over: a
  /// member that has left or is on its way out, a launch above the desired capacity.
  mutating func carryOut(_ decision: GroupDecision, _ now: SimulationTime) -> [CloudChange] {
    guard let group = groups.firstIndex(where: { $0.name == decision.group }) else { return [] }
    let time = calendar(now)
    var changes: [CloudChange] = []
    for replacement in decision.replacements {
      let cause: ActivityCause =
        switch replacement.reason {
        case .notRunning: .stoppedOrTerminated
        case .markedUnhealthy: .markedUnhealthy
        case .statusChecksFailed: .statusChecksFailed
        case .loadBalancer: .loadBalancer
        case .interruptionNoticed: .rebalanceRecommendation
        }
      changes += takeOut(replacement.instance, of: group, cause.sentence(at: time), now)
    }
    changes += shrink(decision, group, now)
    changes += grow(decision, group, now)
    if decision.suspendsLaunch, groups[group].suspendedProcesses.insert(.launch).inserted {
      changes.append(.processesChanged(group: decision.group))
    }
    if !decision.terminations.isEmpty
      || decision.launches.contains(where: { !$0.replacesUnhealthy })
    {
      openRequests[group] = []
    }
    return changes
  }

  private mutating func shrink(
    _ decision: GroupDecision, _ group: Int, _ now: SimulationTime
  ) -> [CloudChange] {
    guard !decision.terminations.isEmpty else { return [] }
    let from = decision.actualCapacity - decision.replacements.count
    let to = from - decision.terminations.count
    let time = calendar(now)
    let requests =
      openRequests[group]
      + [ActivityCause.capacityAboveDesired(from: from, to: to).sentence(at: time)]
    let victims = decision.terminations.lazy.map {
      ActivityCause.selectedForTermination($0.instance).sentence(at: time)
    }
    // Every sentence is longer than a character, so these are enough to fill the longest cause.
    let cause = ScalingActivity.cause(requests + victims.prefix(ScalingActivity.longestCause))
    return decision.terminations.flatMap { termination in
      termination.returnsToWarmPool
        ? returnToPool(termination.instance, of: group, now)
        : takeOut(termination.instance, of: group, cause, now)
    }
  }

  private mutating func grow(
    _ decision: GroupDecision, _ group: Int, _ now: SimulationTime
  ) -> [CloudChange] {
    let time = calendar(now)
    let replacing = decision.launches.count(where: \.replacesUnhealthy)
    let from = decision.actualCapacity - decision.replacements.count + replacing
    let to = from + decision.launches.count + decision.warmStarts.count - replacing
    let replaces = ActivityCause.replacesUnhealthy.sentence(at: time)
    let grows = ScalingActivity.cause(
      openRequests[group]
        + [ActivityCause.capacityBelowDesired(from: from, to: to).sentence(at: time)])
    let counted = groups[group].members.count { member in
      member.lifecycle.counts && !isAtRisk(member, groups[group])
    }
    var room = max(0, groups[group].desiredCapacity - counted)
    var changes: [CloudChange] = []
    for id in decision.warmStarts.prefix(room) {
      changes += start(warm: id, in: group, grows, now)
    }
    room -= min(room, decision.warmStarts.count)
    for launch in decision.launches {
      switch launch.purpose {
      case .zoneBalance:
        let cause = ActivityCause.zonesBalanced(launch.equallyGood).sentence(at: time)
        let started = self.launch(in: group, launch.pool, cause, now)
        for case .instanceLaunched(let id, _) in started {
          memories[group].rebalancing.append(id)
        }
        changes += started
      case .capacity, .replacement:
        guard room > 0 else { continue }
        room -= 1
        changes += self.launch(
          in: group, launch.pool, launch.replacesUnhealthy ? replaces : grows, now)
      }
    }
    return changes
  }
}
