import KubeScheduler
import KubernetesObjects

/// What would make a pod fit, reason by reason.
enum SchedulingAdvice {
  static func lines(
    for pod: RecordedPod, _ result: RecordedResult, _ recording: SchedulerRecording,
    _ snapshot: SchedulerSnapshot
  ) -> [String] {
    guard let attempt = result.attempts.last else { return [] }
    if pod.refusal != nil { return ["the API server refuses it"] }
    let gates = pod.spec.value.spec.schedulingGates
    if !gates.isEmpty { return ["waits until its gates are removed: \(list(gates))"] }
    if recording.nodes.isEmpty { return ["add a node: there is none"] }
    var nodesByReason: [String: [String]] = [:]
    for (node, filtered) in attempt.filtered {
      let reasons = filtered.split(separator: ":", maxSplits: 1).last.map(String.init) ?? ""
      for reason in reasons.split(separator: ",") {
        nodesByReason[String(reason.drop { $0 == " " }), default: []].append(node)
      }
    }
    return nodesByReason.sorted { $0.key < $1.key }.compactMap { reason, nodes in
      help(reason, nodes.sorted(), pod, recording, snapshot).map { "\(reason): \($0)" }
    }
  }

  private static func help(
    _ reason: String, _ nodes: [String], _ pod: RecordedPod, _ recording: SchedulerRecording,
    _ snapshot: SchedulerSnapshot
  ) -> String? {
    let spec = pod.spec.value.spec
    if reason.hasPrefix("Insufficient ") {
      return shortage(String(reason.dropFirst("Insufficient ".count)), nodes, pod, snapshot)
    }
    guard let cause = SchedulerProfile.recorded.reason(worded: reason, in: snapshot) else {
      return VolumeAdvice.line(beforehand: reason, pod, recording)
    }
    switch cause {
    case .tooManyPods: return slots(nodes, recording)
    case .unschedulable: return "uncordon \(list(nodes))"
    case .untoleratedTaint:
      let taints = recording.nodes.filter { nodes.contains($0.name) }.flatMap(\.taints).filter {
        taint in
        taint.effect != .preferNoSchedule && !spec.tolerations.contains { $0.tolerates(taint) }
      }
      return "tolerate \(list(Set(taints.map(\.description)).sorted()))"
    case .nodeAffinity:
      let wanted = spec.nodeSelector.pairs.map { "\($0.key)=\($0.value)" }
      let labels = wanted.isEmpty ? "what its node affinity requires" : list(wanted)
      return "label \(list(nodes)) with \(labels), or ask for less"
    case .notNamed:
      let names = (spec.affinity?.requiredNodeTerms ?? []).flatMap(\.matchFields).flatMap(\.values)
      return "its node affinity names \(list(names)): only such a node will do"
    case .ports:
      let ports = pod.spec.value.hostPorts.map { "\($0.hostPort)" }
      return "free port \(list(ports)) on one of \(list(nodes))"
    case .topologySpread:
      return "a place in a less crowded domain, or a larger maxSkew"
    case .missingTopologyLabel:
      let keys = spec.topologySpreadConstraints.map(\.topologyKey)
      return "label \(list(nodes)) with \(list(keys))"
    case .podAffinity:
      return "a pod that its affinity looks for, with room beside it"
    case .podAntiAffinity, .existingAntiAffinity:
      return "a node in a domain without the pods it is to keep away from"
    case .enforcedAffinity:
      return "the profile's addedAffinity admits none of \(list(nodes))"
    default:
      return VolumeAdvice.line(for: cause, nodes, pod, recording)
    }
  }

  private static func slots(_ nodes: [String], _ recording: SchedulerRecording) -> String {
    let without = recording.nodes.filter {
      nodes.contains($0.name) && ($0.status.allocatable[ResourceName.pods]?.value ?? 0) == 0
    }
    return without.isEmpty
      ? "every pod slot of \(list(nodes)) is taken"
      : "\(list(without.map(\.name))) has no pod slots: allocatable.pods is 0 or missing"
  }

  /// How much is wanted, and how near the nearest node is.
  private static func shortage(
    _ resource: String, _ nodes: [String], _ pod: RecordedPod, _ snapshot: SchedulerSnapshot
  ) -> String? {
    let wanted = amount(resource, pod.spec.value.requests)
    let offers = nodes.compactMap { name in
      snapshot.node(named: name).map { node in
        (
          name, amount(resource, snapshot.available(on: node)),
          amount(resource, snapshot.allocatable(of: node))
        )
      }
    }
    guard let freest = offers.max(by: { ($0.1, $1.0) < ($1.1, $0.0) }) else { return nil }
    let exact = EffectiveResources.requestList(of: pod.spec.value.spec)[resource]
    if let exact, exact.isBeyondInt64(resource) { return "asks for \(exact): no node has as much" }
    let ask = "asks for \(text(resource, wanted))"
    let largest = offers.map(\.2).max() ?? 0
    if wanted > largest {
      return "\(ask), and the largest of these nodes has \(text(resource, largest)) in all"
    }
    return "\(ask); the freest, \(freest.0), has \(text(resource, max(freest.1, 0))) left: "
      + "\(text(resource, wanted &- freest.1)) more would do"
  }

  private static func amount(_ resource: String, _ vector: ResourceVector) -> Int64 {
    switch resource {
    case ResourceName.cpu: vector.milliCPU
    case ResourceName.memory: vector.memory
    case ResourceName.ephemeralStorage: vector.ephemeralStorage
    default: vector.scalar(resource)
    }
  }

  private static func text(_ resource: String, _ amount: Int64) -> String {
    switch resource {
    case ResourceName.cpu: amount % 1000 == 0 ? "\(amount / 1000)" : "\(amount)m"
    case ResourceName.memory, ResourceName.ephemeralStorage:
      amount % (1 << 20) == 0 ? "\(amount >> 20)Mi" : "\(amount)"
    default: "\(amount)"
    }
  }

  /// The first few of a list, and how many more there are.
  static func list(_ names: [String]) -> String {
    let shown = names.prefix(4).joined(separator: ", ")
    return names.count > 4 ? "\(shown) and \(names.count - 4) more" : shown
  }
}

extension Quantity {
  /// Whether the amount does not fit the 64 bits that the scheduler counts in.
  fileprivate func isBeyondInt64(_ resource: String) -> Bool {
    let bound =
      resource == ResourceName.cpu
      ? Quantity(milliValue: .max) : Quantity(value: .max)
    return self > bound
  }
}
