import ClusterAutoscaler
import KubernetesObjects
import TimeUnits

/// What a loop acts on in a recorded world.
struct AutoscalerWorldEnvironment: AutoscalerEnvironment {
  var world: AutoscalerWorld

  private func index(_ group: NodeGroup) -> Int {
    world.recording.groups.firstIndex { $0.id == group.id }!
  }

  mutating func increaseSize(of group: NodeGroup, by count: Int) throws(CreationError) {
    let index = index(group)
    let recorded = world.recording.groups[index]
    if let failure = recorded.failure, failure.contains(world.now) {
      world.note(.increaseSizeFailed(group: group.id, count: count))
      world.ties.guide?.noteIncrease(of: group.id, at: world.now)
      throw CreationError(.other, code: "cloudProviderError", message: "no capacity")
    }
    world.note(.increaseSize(group: group.id, count: count))
    world.ties.guide?.noteIncrease(of: group.id, at: world.now)
    world.targets[index] += count
    for _ in 0..<count {
      world.upCount += 1
      let node = world.addMachine(index, named: "\(group.id)-node-up\(world.upCount)")
      let registration = world.now + recorded.registrationDelay
      world.agenda.add(.register(node: node), at: registration)
      world.agenda.add(.ready(node: node), at: registration + recorded.readinessDelay)
    }
  }

  mutating func decreaseTargetSize(of group: NodeGroup, by count: Int) throws(CreationError) {
    let index = index(group)
    world.note(.decreaseTargetSize(group: group.id, count: -count))
    world.targets[index] -= count
    // What has not come yet does not come any more.
    let waiting = world.machines[index].filter { !world.nodes[$0].isRegistered }
    for node in waiting.suffix(count) {
      world.nodes[node].isDeleted = true
      world.machines[index].removeAll { $0 == node }
    }
  }

  mutating func deleteInstances(
    _ providerIDs: [String], of group: NodeGroup
  ) throws(CreationError) {
    let index = index(group)
    for name in providerIDs {
      guard let node = world.nodeOfName[name] else { continue }
      world.note(.deleteNodes(group: group.id, nodes: [name]))
      world.targets[index] -= 1
      world.nodes[node].isDeleted = true
      world.machines[index].removeAll { $0 == node }
    }
  }

  mutating func startDeletion(empty: [NodeDeletion], drain: [NodeDeletion]) -> Bool {
    world.begin(empty, drains: false)
    world.begin(drain, drains: true)
    return true
  }

  mutating func removeDeletionTaints(from nodes: [String]) {
    for name in nodes {
      guard let node = world.nodeOfName[name] else { continue }
      world.change(node) { node in
        node.taints.removeAll { $0.key == AutoscalerTaint.toBeDeleted }
        node.unschedulable = false
      }
    }
  }

  mutating func setDeletionCandidates(adding: [String], removing: [String]) {
    let key = AutoscalerTaint.deletionCandidate
    for name in removing {
      guard let node = world.nodeOfName[name] else { continue }
      world.change(node) { $0.taints.removeAll { $0.key == key } }
    }
    for name in adding {
      guard let node = world.nodeOfName[name] else { continue }
      world.change(node) { $0.taints.append(Taint(key: key, effect: .preferNoSchedule)) }
    }
  }

  mutating func choose(from decision: ScaleUpDecision) -> Int {
    let best = decision.best
    let drawn = world.ties.shuffled(best)
    guard let recorded = world.ties.guide?.increases(at: world.now), !recorded.isEmpty else {
      return drawn[0]
    }
    // The one whose groups would grow in the recorded order.
    let matching = drawn.first { index in
      let option = decision.options[index]
      let sizes = ([option.group] + option.similarGroups).enumerated().sorted {
        (world.targets[$0.element], $0.offset) < (world.targets[$1.element], $1.offset)
      }
      let order = sizes.map { world.recording.groups[$0.element].id }
      let places = recorded.prefix(order.count).map { order.firstIndex(of: $0) ?? -1 }
      guard let first = places.first, first >= 0 else { return false }
      let own = places.prefix { $0 >= 0 }
      return option.similarGroups.isEmpty || zip(own, own.dropFirst()).allSatisfy { $0 < $1 }
    }
    if let matching { return matching }
    let found = best.map { decision.options[$0].groupID }
    world.ties.guide?.disagree(
      "\(recorded[0]) was grown, not one of \(found), at \(world.now.secondsValue) s")
    return drawn[0]
  }

  mutating func order(of unneeded: [UnneededNodes.Entry]) -> [Int] {
    let shuffled = world.ties.shuffled(Array(unneeded.indices))
    guard let ranks = world.ties.guide?.removalRank, !ranks.isEmpty else { return shuffled }
    return shuffled.enumerated().sorted { a, b in
      let first = ranks[unneeded[a.element].node.name] ?? .max
      let second = ranks[unneeded[b.element].node.name] ?? .max
      return (first, a.offset) < (second, b.offset)
    }.map(\.element)
  }

  mutating func record(_ event: AutoscalerEvent) {}
}
