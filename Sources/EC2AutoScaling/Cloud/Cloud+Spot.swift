import AWSObjects
import TimeUnits

// EC2 user guide (2023-06), `spot-instance-termination-notices.md`: two minutes' notice, then EC2
// terminates the instance; the group replaces it when its health check finds it.
extension Cloud {
  mutating func noticeInterruption(
    _ id: InstanceID, _ time: SimulationTime
  ) -> [CloudChange] {
    let instance = self[id]
    guard instance.purchaseOption == .spot, instance.interruptedAt == nil,
      instance.state == .running || instance.state == .pending
    else { return [] }
    instances[Int(id.number)].interruptedAt = time
    return [.spotInterruptionNoticed(id, at: time)]
  }

  mutating func interrupt(_ id: InstanceID, _ now: SimulationTime) -> [CloudChange] {
    guard let time = self[id].interruptedAt, now >= time else { return [] }
    return enter(id, .shuttingDown, now)
  }

  /// Whether a member no longer counts on, since EC2 will take it and the group looks ahead.
  func isAtRisk(_ member: GroupMember, _ group: AutoScalingGroup) -> Bool {
    group.capacityRebalance && self[member.instance].interruptedAt != nil
  }
}
