import AWSObjects
import ClusterAutoscaler
import EC2AutoScaling
import SimulationKernel
import TimeUnits
import Traces

/// What a loop asks for, to be done once it has ended: the cloud's answers are known at once, from
/// a copy of it.
struct AutoscalerActions: AutoscalerEnvironment {
  enum Action: Sendable {
    case call(CloudMutation)
    case begin(NodeDeletion, drains: Bool)
    case untaint([String])
    case mark(adding: [String], removing: [String])
    case tell(AutoscalerEvent)
  }

  var actions: [Action] = []
  var cloud: Cloud
  var cache: GroupCache
  var ties: RandomStream
  var totals: AutoscalerTotals
  let now: SimulationTime

  private mutating func call(_ mutation: CloudMutation) throws(CreationError) {
    do throws(AWSError) {
      try cloud.call(mutation, at: now)
    } catch {
      throw CreationError(.other, code: error.code, message: error.description)
    }
    actions.append(.call(mutation))
  }

  private func size(of group: NodeGroup) -> Int {
    cache.groups.first { $0.name == group.id }?.desiredCapacity ?? group.targetSize
  }

  private mutating func setSize(of group: NodeGroup, to size: Int) throws(CreationError) {
    try call(.setDesiredCapacity(group: group.id, desired: size))
    cache.sizedAt[group.id] = now
    if let index = cache.groups.firstIndex(where: { $0.name == group.id }) {
      cache.groups[index].desiredCapacity = size
    }
  }

  /// An absolute size from what was last read: a change by hand meanwhile is written over.
  mutating func increaseSize(of group: NodeGroup, by count: Int) throws(CreationError) {
    do throws(CreationError) {
      try setSize(of: group, to: size(of: group) + count)
      totals.scaledUp += count
    } catch {
      totals.failedScaleUps += 1
      throw error
    }
  }

  /// Refused while as many machines, invented ones included, are known.
  mutating func decreaseTargetSize(of group: NodeGroup, by count: Int) throws(CreationError) {
    let size = size(of: group)
    if size - count < group.instances.count {
      throw CreationError(
        .other, code: "ValidationError",
        message: "attempt to delete existing nodes targetSize:\(size) delta:\(-count) "
          + "existingNodes: \(group.instances.count)")
    }
    try setSize(of: group, to: size - count)
  }

  mutating func deleteInstances(
    _ providerIDs: [String], of group: NodeGroup
  ) throws(CreationError) {
    let invented = providerIDs.count { $0.contains("i-placeholder-") }
    if invented > 0 {
      // The number of machines that are really there becomes the size.
      let real = group.instances.count { !$0.providerID.contains("i-placeholder-") }
      try setSize(of: group, to: max(real, group.minSize))
    }
    for id in providerIDs where !id.contains("i-placeholder-") {
      let instance = String(id.split(separator: "/").last ?? "")
      try call(
        .terminateInstanceInAutoScalingGroup(instance: instance, decrementDesired: true))
    }
    cache.forceRefresh()
  }

  mutating func startDeletion(empty: [NodeDeletion], drain: [NodeDeletion]) -> Bool {
    actions += empty.map { .begin($0, drains: false) } + drain.map { .begin($0, drains: true) }
    return true
  }

  mutating func removeDeletionTaints(from nodes: [String]) { actions.append(.untaint(nodes)) }

  mutating func setDeletionCandidates(adding: [String], removing: [String]) {
    actions.append(.mark(adding: adding, removing: removing))
  }

  mutating func choose(from decision: ScaleUpDecision) -> Int {
    // One number a choice, whether there is a tie or not.
    let bits = ties.next()
    return decision.best[
      Int(bits.multipliedFullWidth(by: UInt64(decision.best.count)).high)]
  }

  mutating func order(of unneeded: [UnneededNodes.Entry]) -> [Int] {
    Array(unneeded.indices).shuffled(using: &ties)
  }

  mutating func record(_ event: AutoscalerEvent) { actions.append(.tell(event)) }
}
