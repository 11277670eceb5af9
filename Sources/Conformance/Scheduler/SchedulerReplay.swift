public import KubeScheduler
import KubernetesObjects
public import SimulationKernel
import TimeUnits

/// Runs a recorded case through our scheduler, one cycle a pod, in the recording's own shape.
///
/// Among equally good nodes the alphabetically first is taken, as the recordings' policy is. When
/// following, the recorded choice is taken instead, so that one difference does not bring others.
public struct SchedulerReplay: Sendable {
  public private(set) var snapshot = SchedulerSnapshot()
  private var cycles: [SchedulingCycle]
  private var ties: RandomStream?
  /// With the volumes that pods were given on the way.
  private(set) var recording: SchedulerRecording
  private var names: [UInt32: String] = [:]
  private var keys: [String: UInt32] = [:]
  private var started: Int64 = 0

  /// Pods are decided by the profile that their `schedulerName` names; equally good nodes are drawn
  /// from `ties` if it is given.
  public init(
    _ recording: SchedulerRecording, profiles: [SchedulerProfile] = [.recorded],
    ties: RandomStream? = nil
  ) {
    self.recording = recording
    self.ties = ties
    cycles = profiles.map { SchedulingCycle(profile: $0) }
    for node in recording.nodes { snapshot.setNode(node) }
    for service in recording.services {
      snapshot.setService(
        namespace: service.metadata.namespace, name: service.metadata.name,
        selector: service.selector)
    }
    for owner in recording.owners {
      snapshot.setSelector(
        owner.selector, of: owner.kind, namespace: owner.namespace, name: owner.name)
    }
    for volume in recording.storage.volumes { snapshot.setVolume(volume) }
    for claim in recording.storage.claims { snapshot.setClaim(claim) }
    for storageClass in recording.storage.classes { snapshot.setStorageClass(storageClass) }
    for node in recording.storage.nodes { snapshot.setCSINode(node) }
    for namespace in recording.namespaces {
      snapshot.setNamespace(namespace.metadata.name, labels: namespace.metadata.labels)
    }
    for (index, pod) in recording.pods.enumerated() {
      names[UInt32(index)] = pod.name
      keys[pod.name] = UInt32(index)
    }
    for (index, pod) in recording.pods.enumerated() where pod.boundNode == nil {
      guard let name = pod.nominatedNode, let node = snapshot.node(named: name) else { continue }
      snapshot.nominate(reference(index), on: node)
    }
  }

  /// The results of all pods in their order.
  public mutating func results(following: Bool = false) -> [RecordedResult] {
    recording.pods.indices.map { index in
      let recorded =
        following && index < recording.results.count ? recording.results[index] : nil
      return result(of: index, following: recorded)
    }
  }

  /// The result of one pod; those before it in the order come first.
  public mutating func result(of index: Int, following recorded: RecordedResult? = nil)
    -> RecordedResult
  {
    let pod = recording.pods[index]
    for name in pod.deleted { if let key = keys[name] { snapshot.removePod(key) } }
    let reference = reference(index)
    if let node = pod.boundNode {
      place(reference, on: node)
      return RecordedResult(pod: pod.name, node: node, attempts: [])
    }
    var result = RecordedResult(pod: pod.name, node: "", attempts: [])
    if let refusal = pod.refusal {
      result.attempts = [RecordedAttempt(message: refusal)]
      return result
    }
    let spec = pod.spec.value.spec
    guard let cycle = cycles.firstIndex(where: { $0.profile.name == spec.schedulerName }) else {
      result.attempts = [
        RecordedAttempt(message: "No profile is called '\(spec.schedulerName)'.")
      ]
      return result
    }
    if !spec.schedulingGates.isEmpty {
      result.attempts = [
        RecordedAttempt(message: "Scheduling is blocked due to non-empty scheduling gates")
      ]
      return result
    }
    // A second cycle only follows a successful preemption.
    for number in 0..<2 {
      let decision = cycles[cycle].decide(
        reference, in: &snapshot, detail: .tables, budgets: recording.budgets)
      var attempt = attempt(decision, by: cycles[cycle].profile)
      let followed = recorded.flatMap { number < $0.attempts.count ? $0.attempts[number] : nil }
      if !attempt.top.isEmpty {
        let first = attempt.top[draw(attempt.top.count)]
        result.attempts.append(attempt)
        let wanted = recorded?.node ?? ""
        result.node = first
        let node = attempt.feasible.contains(wanted) ? wanted : first
        if let row = snapshot.node(named: node) {
          let assignment = snapshot.volumeAssignment(of: reference, on: row)
          snapshot.assume(assignment)
          recording.storage.take(assignment)
        }
        place(reference, on: node)
        return result
      }
      guard let preemption = decision.diagnosis?.preemption else {
        result.attempts.append(attempt)
        return result
      }
      let chosen = choice(preemption, following: followed?.nominatedNode)
      attempt.nominatedNode = snapshot.nodeName(chosen.node)
      attempt.victims = chosen.victims.compactMap { names[$0] }.sorted()
      result.attempts.append(attempt)
      for victim in chosen.victims { snapshot.removePod(victim) }
      snapshot.nominate(reference, on: chosen.node)
    }
    return result
  }

  /// The alphabetically first of the best candidates, or the recorded one if it is among them.
  private mutating func choice(
    _ preemption: PreemptionDecision, following node: String?
  ) -> PreemptionCandidate {
    let best = preemption.best.map { preemption.candidates[$0] }
    let sorted = best.sorted { snapshot.nodeName($0.node) < snapshot.nodeName($1.node) }
    return sorted.first { snapshot.nodeName($0.node) == node } ?? sorted[draw(sorted.count)]
  }

  /// Which of `count` equally good ones is taken.
  private mutating func draw(_ count: Int) -> Int {
    guard count > 1, var stream = ties else { return 0 }
    defer { ties = stream }
    return Int.random(in: 0..<count, using: &stream)
  }

  private func reference(_ index: Int) -> PodRef {
    let pod = recording.pods[index]
    var reference = PodRef(
      key: UInt32(index), name: pod.shortName, namespace: pod.namespace, labels: pod.labels,
      spec: pod.spec, owner: pod.owner, startTime: pod.startTime,
      isTerminating: pod.isTerminating)
    reference.isPreempted = pod.isPreempted
    return reference
  }

  /// Pods start in the order in which they are bound.
  private mutating func place(_ pod: PodRef, on node: String) {
    var pod = pod
    started = max(started + 1, (pod.startTime?.nanoseconds ?? 0) / 1_000_000_000)
    if pod.startTime == nil { pod.startTime = .seconds(started) }
    snapshot.addPod(pod, to: node)
  }

  private func attempt(
    _ decision: SchedulingDecision, by profile: SchedulerProfile
  ) -> RecordedAttempt {
    var attempt = RecordedAttempt()
    attempt.feasible = decision.feasible.map(snapshot.nodeName).sorted()
    attempt.top = decision.best.map(snapshot.nodeName).sorted()
    for (index, node) in decision.feasible.enumerated() where !decision.totals.isEmpty {
      var score = RecordedAttempt.Score(total: decision.totals[index], plugins: [:])
      for entry in decision.scores { score.plugins[entry.plugin.rawValue] = entry.values[index] }
      attempt.scores[snapshot.nodeName(node)] = score
    }
    if let refusal = decision.diagnosis?.refusal {
      let plugin = decision.diagnosis?.rejectedBy.first?.rawValue ?? ""
      for failure in decision.failures {
        attempt.filtered[snapshot.nodeName(failure.node)] = "\(plugin): \(refusal)"
      }
    }
    for failure in decision.failures where decision.diagnosis?.refusal == nil {
      let texts = failure.reasons.texts(profile, snapshot).sorted()
      let plugin = failure.reasons.plugin?.rawValue ?? ""
      attempt.filtered[snapshot.nodeName(failure.node)] =
        "\(plugin): \(texts.joined(separator: ", "))"
    }
    // The nodes that were not looked at stand in the recordings without a reason.
    for node in snapshot.order(of: decision) where attempt.filtered[node] == nil {
      attempt.filtered[node] = ": "
    }
    attempt.message = decision.diagnosis?.message ?? ""
    attempt.preemptionMessage = decision.diagnosis?.preemptionMessage ?? ""
    return attempt
  }
}

extension SchedulerProfile {
  /// What the recordings were made with: the default profile, every node scored.
  public static let recorded: SchedulerProfile = {
    var profile = SchedulerProfile.kubernetes1_36
    profile.percentageOfNodesToScore = 100
    return profile
  }()
}

extension SchedulerSnapshot {
  /// The names of the nodes that do not do, examined or not.
  fileprivate func order(of decision: SchedulingDecision) -> [String] {
    var copy = self
    let feasible = Set(decision.feasible)
    return copy.nodesInOrder().filter { !feasible.contains($0) }.map(nodeName)
  }
}
