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
  var belief: AWSNodeGroups
  var ties: RandomStream
  var totals: AutoscalerTotals
  let options: AutoscalerOptions
  let now: SimulationTime

  /// Makes calls one after the other; the first that is refused ends them.
  private mutating func make(_ calls: [AWSGroupCall]) throws(CreationError) {
    for call in calls {
      do throws(AWSError) {
        try cloud.call(call.mutation, at: now)
      } catch {
        throw CreationError(error)
      }
      actions.append(.call(call.mutation))
      belief.note(call, at: now)
    }
  }

  mutating func increaseSize(of group: NodeGroup, by count: Int) throws(CreationError) {
    do throws(CreationError) {
      try make(try belief.increase(group.id, by: count))
      totals.scaledUp += count
    } catch {
      totals.failedScaleUps += 1
      throw error
    }
  }

  mutating func decreaseTargetSize(of group: NodeGroup, by count: Int) throws(CreationError) {
    try make(try belief.decrease(group.id, by: count))
  }

  mutating func deleteInstances(
    _ providerIDs: [String], of group: NodeGroup
  ) throws(CreationError) {
    let isOld = options.release == .v1_13
    var actual = 0
    if !isOld, providerIDs.contains(where: AWSNodeGroups.isPlaceholder) {
      actual = try membersNow(of: group)
    }
    let calls = try belief.delete(providerIDs, from: group.id) { actual }
    for call in calls {
      if isOld, case .setDesiredCapacity = call {
        // 1.13 does not hear what the API says to that.
        try? make([call])
      } else {
        try make([call])
      }
    }
    belief.forceRefresh()
  }

  private mutating func membersNow(of group: NodeGroup) throws(CreationError) -> Int {
    do throws(AWSError) {
      let found = try cloud.describeAutoScalingGroups([group.id], at: now)
      actions.append(.describe(group.id))
      return found.first?.members.count(where: \.lifecycle.counts) ?? 0
    } catch {
      throw CreationError(error)
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
  init(_ error: AWSError) {
    self.init(.other, code: error.code, message: error.description)
  }
}
