import KubeScheduler
import KubernetesObjects
import TimeUnits

extension AutoscalerWorld {
  /// Tries every waiting pod, higher priorities first; pods bind in the instant they can.
  mutating func schedulePending() {
    followBinds()
    var hasChanged = true
    while hasChanged {
      hasChanged = false
      // Victims that go, and pods that come for them, are new reasons to try.
      let order = ties.shuffled(pending).sorted { priority($0) > priority($1) }
      for key in order where pods[key].node == nil && !pods[key].isGone {
        if trySchedule(key) == .preempted { hasChanged = true }
      }
    }
    pending.removeAll { pods[$0].node != nil || pods[$0].isGone }
    needsScheduling = false
  }

  private func priority(_ key: Int) -> Int32 { pods[key].pod.spec.value.priority }

  private enum Outcome { case bound, unschedulable, preempted }

  /// The pods of the recorded run that were bound about now come first, in its order.
  private mutating func followBinds() {
    guard let guide = ties.guide else { return }
    for name in guide.boundPods(at: now) {
      guard let key = keyOfName[name], pods[key].node == nil, !pods[key].isGone else { continue }
      _ = trySchedule(key)
    }
  }

  private mutating func trySchedule(_ key: Int) -> Outcome {
    let reference = PodRef(key: UInt32(key), pods[key].pod)
    let budgets = recording.budgets
    let decision = cycle.decide(reference, in: &scheduler, budgets: budgets)
    if !decision.best.isEmpty {
      let node = choose(key, decision.best)
      scheduler.removeNomination(of: UInt32(key))
      pods[key].pod.status.nominatedNodeName = nil
      place(key, on: node)
      note(.bound(pod: pods[key].name, node: nodes[node].node.name))
      return .bound
    }
    noteUnschedulable(key, decision.diagnosis?.message ?? "")
    guard let preemption = decision.diagnosis?.preemption else { return .unschedulable }
    let candidate = preemption.candidates[preemption.best[ties.draw(preemption.best.count)]]
    for victim in candidate.victims {
      let text = "Preempted by pod \(pods[key].name) on node \(scheduler.nodeName(candidate.node))"
      note(.preempted(pod: pods[Int(victim)].name, message: text))
      remove(Int(victim))
    }
    scheduler.nominate(reference, on: candidate.node)
    pods[key].pod.status.nominatedNodeName = scheduler.nodeName(candidate.node)
    return .preempted
  }

  /// Writes the pod's condition. A condition of the last ten seconds that is new, or says
  /// something new, brings the next loop forward (`loop/trigger.go` 1.36).
  private mutating func noteUnschedulable(_ key: Int, _ message: String) {
    let old = pods[key].pod.status.condition(.scheduled)
    if old?.message == message { return }
    if old == nil { note(.failedScheduling(pod: pods[key].name, message: message)) }
    let since = old?.lastTransition ?? creationTime
    pods[key].pod.status.set(
      .scheduled, .false, reason: "Unschedulable", message: message, at: since)
    if since + .seconds(10) >= now { trigger() }
  }

  /// Tries again the pods that a node that has just come might take: the scheduler's queueing
  /// hint looks at its resources only, not at its taints.
  mutating func retryPending(for node: Int) {
    let allocatable = ResourceVector(nodes[node].node.status.allocatable)
    let concerned = pending.contains { key in
      let requests = pods[key].pod.spec.value.requests
      return requests.milliCPU <= allocatable.milliCPU && requests.memory <= allocatable.memory
    }
    if concerned { needsScheduling = true }
  }

  private mutating func choose(_ key: Int, _ best: [NodeIndex]) -> Int {
    if let name = ties.guide?.node(of: pods[key].name, at: now) {
      if let node = nodeOfName[name], let row = scheduler.node(named: name), best.contains(row) {
        return node
      }
      let found = best.map(scheduler.nodeName).sorted()
      ties.guide?.disagree(
        "\(pods[key].name) was bound to \(name), not to one of \(found) at \(now.secondsValue) s")
    }
    let row = best.count > 1 ? best[ties.draw(best.count)] : best[0]
    return nodeOfName[scheduler.nodeName(row)]!
  }
}
