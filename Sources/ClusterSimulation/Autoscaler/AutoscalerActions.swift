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
    /// A group was described beside the regular reading.
    case describe(String)
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
  let options: AutoscalerOptions
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
    cache.size(of: group.id) ?? group.targetSize
  }

  private mutating func setSize(of group: NodeGroup, to size: Int) throws(CreationError) {
    try call(.setDesiredCapacity(group: group.id, desired: size))
    cache.noteSize(of: group.id, size, at: now)
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

  /// Machines that were invented go with the size, real ones one by one.
  ///
  /// Follows `aws_cloud_provider.go` (`DeleteNodes`) and `auto_scaling_groups.go`
  /// (`DeleteInstances`) of 1.36 and 1.13.
  mutating func deleteInstances(
    _ providerIDs: [String], of group: NodeGroup
  ) throws(CreationError) {
    guard size(of: group) > group.minSize else { throw .minSizeReached }
    let invented = providerIDs.filter { $0.contains(GroupCache.placeholder) }
    if options.release == .v1_13 {
      // Each takes one off; what the API says to that is not heard.
      for _ in invented { try? setSize(of: group, to: size(of: group) - 1) }
    } else if !invented.isEmpty {
      // What is really there, read anew, becomes the size; a minimum above it is refused.
      try setSize(of: group, to: membersNow(of: group))
    }
    for id in providerIDs where !id.contains(GroupCache.placeholder) {
      let instance = String(id.split(separator: "/").last ?? "")
      try call(
        .terminateInstanceInAutoScalingGroup(instance: instance, decrementDesired: true))
      cache.noteTermination(in: group.id)
    }
    cache.forceRefresh()
  }

  private mutating func membersNow(of group: NodeGroup) throws(CreationError) -> Int {
    do throws(AWSError) {
      let found = try cloud.describeAutoScalingGroups([group.id], at: now)
      actions.append(.describe(group.id))
      return found.first?.members.count(where: \.isThere) ?? 0
    } catch {
      throw CreationError(.other, code: error.code, message: error.description)
    }
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

extension CreationError {
  static let minSizeReached = CreationError(
    .other, code: "minSizeReached", message: "min size reached, nodes will not be deleted")
}
