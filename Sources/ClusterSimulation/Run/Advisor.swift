import KubernetesObjects
import TimeUnits
import Traces

/// What a person might try next, from what went wrong and what it would take.
struct Advisor: Sendable {
  /// The last reason each unschedulable pod was given; looked up by pod.
  private var reasons: [PodName: String] = [:]
  private var order: [PodName] = []
  private var refusals: [String] = []
  private var capacity: [(group: String, desired: Int64, max: Int64)] = []
  private var restarts = 0
  private var evictions = 0
  private var kills = 0
  /// Kills because a machine as a whole ran out.
  private var machineKills = 0
  private var silentNodes: Set<String> = []
  private var unanswered = 0
  /// What the autoscaler said last; nil if there is none.
  private var autoscaler: AutoscalerSample?
  private var wasUnsafe = false
  private var backedOff: Set<String> = []

  mutating func absorb(_ record: TraceRecord, at time: SimulationTime) {
    switch record {
    case .podUnschedulable(let pod, let message):
      if reasons.updateValue(message, forKey: pod) == nil { order.append(pod) }
    case .podBound(let pod, _), .podGone(let pod): reasons[pod] = nil
    case .podRestarted: restarts += 1
    case .event(let event, _):
      if event.reason == "SystemOOM" { machineKills += 1 }
      if event.reason == "Evicted", !event.message.hasPrefix("The node had condition") {
        evictions += 1
      }
    case .containerEnded: kills += 1
    case .response(_, let milliseconds, let answered):
      if !answered || milliseconds >= 30_000 { unanswered += 1 }
    case .nodeReady(let name, let status, _):
      if status == .unknown { silentNodes.insert(name) }
    case .autoscaler(let sample):
      autoscaler = sample
      if !sample.isSafe { wasUnsafe = true }
      for group in sample.groups where group.isBackedOff { backedOff.insert(group.name) }
    case .commandOutput(let text, _, let accepted): if !accepted { refusals.append(text) }
    case .groupCapacity(let group, _, let desired, let max):
      capacity.removeAll { $0.group == group }
      capacity.append((group, desired, max))
    default: break
    }
  }

  func advice(metrics: MetricStore, hasFailures: Bool) -> [String] {
    var lines = overload + autoscaling
    let pending = order.filter { reasons[$0] != nil }
    if let (message, count) = mostOften(pending) {
      let pods = pending.count == 1 ? "1 pod is" : "\(pending.count) pods are"
      let part = count == pending.count ? "" : ", \(count) of them"
      lines.append("\(pods) still Pending\(part): \(message)")
      lines += remedies(message)
    } else if lines.isEmpty,
      let peak = metrics[MetricName("seatrial_pods_unschedulable")]?.steps
        .map(\.value).max(), peak > 0
    {
      lines.append(
        "At most \(Int(peak)) pods waited for room at a time. "
          + (autoscaler == nil
            ? "Lower their requests or add nodes before the next scale-up; the Cluster "
              + "Autoscaler would have done it by itself."
            : "The autoscaler brought nodes; they take as long as machines take to boot. Spare "
              + "nodes (a higher min, or pods of low priority to give way) shorten the wait."))
    }
    if restarts > 0, kills == 0 {
      lines.append("Containers restarted \(restarts) times: look at their exit codes.")
    }
    if hasFailures {
      lines.append(
        "An expectation failed: run with --out DIR and read trace.jsonl around its time.")
    }
    if lines.isEmpty {
      lines.append(
        capacity.isEmpty
          ? "Everything fits. Try fewer or smaller nodes, or another seed (--seed 2)."
          : "Everything fits. Try fewer or smaller nodes "
            + "(--set spec.cloud.nodeGroups[0].desired=2), or another seed (--seed 2).")
    }
    return lines
  }

  /// What nodes without enough memory come to, and what would have kept them from it.
  private var overload: [String] {
    var happened: [String] = []
    if evictions > 0 { happened.append("\(evictions) pods were evicted") }
    if kills > 0 { happened.append("\(kills) containers OOMKilled") }
    if !silentNodes.isEmpty { happened.append("\(silentNodes.count) nodes fell silent") }
    if unanswered > 0 { happened.append("\(unanswered) looks at the dashboard brought nothing") }
    guard evictions + kills > 0 else { return [] }
    if evictions + machineKills == 0 {
      return [
        "\(kills) containers were OOMKilled at a memory limit while their nodes were well: raise "
          + "the limit, or give the program a size that fits in it (-Xmx for a JVM)."
      ]
    }
    return [
      "Memory ran out: " + happened.joined(separator: ", ")
        + ". A memory request for every container lets the scheduler count it; a JVM also needs a "
        + "heap of its own size (-Xmx), or it takes a quarter of the machine."
    ]
  }

  /// The reason that most of the pods were given, of equals the one that came first.
  /// What the autoscaler did not do, and why.
  private var autoscaling: [String] {
    guard let autoscaler else { return [] }
    var lines: [String] = []
    if evictions + kills + unanswered > 0 {
      lines.append(
        autoscaler.totals.scaledUp == 0
          ? "The Cluster Autoscaler ordered nothing: it looks at pods that are Pending and at what "
            + "pods request, not at what nodes go through. Pods that request nothing are always "
            + "bound, so it never saw one it could help."
          : "The Cluster Autoscaler ordered \(autoscaler.totals.scaledUp) nodes, for Pending pods "
            + "only; what saturates nodes is what pods use beyond their requests, and new nodes "
            + "fill up the same way.")
    }
    if wasUnsafe {
      lines.append(
        "For a time too many nodes were unready, and the autoscaler stopped altogether "
          + "(max-total-unready-percentage).")
    }
    for group in backedOff.sorted() {
      lines.append(
        "The autoscaler gave group \(group) up for a while after a scale-up failed; a second group "
          + "in other zones or of another type would have taken over.")
    }
    return lines
  }

  private func mostOften(_ pods: [PodName]) -> (message: String, count: Int)? {
    var counts: [String: Int] = [:]
    for pod in pods { counts[reasons[pod]!, default: 0] += 1 }
    guard let most = counts.values.max() else { return nil }
    return pods.lazy.map { reasons[$0]! }.first { counts[$0] == most }.map { ($0, most) }
  }

  private func remedies(_ message: String) -> [String] {
    var lines: [String] = []
    if capacity.isEmpty, message.contains("Insufficient") || message.contains("Too many pods") {
      lines.append(
        "The nodes are those of the manifests: add Nodes there, or a group under "
          + "spec.cloud.nodeGroups.")
    }
    if message.contains("Insufficient") || message.contains("Too many pods") {
      for (group, desired, max) in capacity {
        lines.append(
          desired < max
            ? "Group \(group) may grow: aws autoscaling set-desired-capacity "
              + "--auto-scaling-group-name \(group) --desired-capacity \(max)"
            : "Group \(group) is at its max of \(max): raise it with aws autoscaling "
              + "update-auto-scaling-group --auto-scaling-group-name \(group) "
              + "--max-size \(max + 1) --desired-capacity \(max + 1)")
      }
    }
    if message.contains("affinity/selector") {
      lines.append("No node carries the labels that the pod's selector or affinity asks for.")
    }
    if message.contains("untolerated taint") {
      lines.append("Nodes bear a taint that the pod does not tolerate.")
    }
    return lines
  }
}
