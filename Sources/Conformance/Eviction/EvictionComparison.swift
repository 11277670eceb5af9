import Documents
import Kubelet
import KubernetesObjects

/// Holds our timeline against the recorded one.
struct EvictionComparison {
  let recording: DocumentNode
  let recorded: EvictionTimeline
  let ours: EvictionTimeline

  /// What differs first: conditions, what the node freed, who was evicted, when and with which
  /// words, what was admitted.
  func firstDifference() -> String? {
    conditionDifference() ?? evictionDifference() ?? reclaimDifference()
      ?? starvationDifference() ?? admissionDifference()
  }

  /// Times are recorded to the millisecond; a tenth of a second is granted.
  private static func isSameTime(_ a: Double, _ b: Double) -> Bool { abs(a - b) < 0.1005 }

  private func conditionDifference() -> String? {
    let pairs = zip(recorded.conditions, ours.conditions)
    for (a, b) in pairs where a.value != b.value || !Self.isSameTime(a.seconds, b.seconds) {
      return "conditions: recorded \(Self.text(a)), ours \(Self.text(b))"
    }
    // The recording samples each tenth of a second: the last one may lie before our last change.
    let end = recording["case"]?["durationSec"]?.doubleValue ?? .infinity
    return countDifference(
      "conditions", recorded.conditions.map(Self.text),
      ours.conditions.filter { $0.seconds < end }.map(Self.text))
  }

  private static func text(_ change: (seconds: Double, value: PressureConditions)) -> String {
    let names = change.value.kinds.map(\.rawValue)
    return "\(names.isEmpty ? "none" : names.joined(separator: ", ")) at \(change.seconds) s"
  }

  private func evictionDifference() -> String? {
    for (a, b) in zip(recorded.evictions, ours.evictions) {
      guard a.pod == b.pod, Self.isSameTime(a.seconds, b.seconds),
        a.gracePeriodSeconds == b.gracePeriodSeconds,
        a.hasDisruptionTarget == b.hasDisruptionTarget
      else { return "eviction: recorded \(Self.text(a)), ours \(Self.text(b))" }
      if let message = a.messages.first, !b.messages.contains(message) {
        return "message of \(a.pod): recorded \"\(message)\", ours "
          + b.messages.map { "\"\($0)\"" }.joined(separator: " or ")
      }
      if let event = a.events.first, !b.events.contains(event) {
        return "event of \(a.pod): recorded \"\(event)\", ours "
          + b.events.map { "\"\($0)\"" }.joined(separator: " or ")
      }
    }
    return countDifference(
      "evictions", recorded.evictions.map(Self.text), ours.evictions.map(Self.text))
  }

  private static func text(_ eviction: EvictionTimeline.Eviction) -> String {
    "\(eviction.pod) at \(eviction.seconds) s with \(eviction.gracePeriodSeconds) s of grace"
      + (eviction.hasDisruptionTarget ? " (DisruptionTarget)" : "")
  }

  /// Dead containers and images go in one instant, in either order of the records.
  private func reclaimDifference() -> String? {
    for kind in NodeReclaim.allCases {
      let theirs = recorded.reclaims.filter { $0.kind == kind }
      let mine = ours.reclaims.filter { $0.kind == kind }
      for (a, b) in zip(theirs, mine)
      where !Self.isSameTime(a.seconds, b.seconds)
        || abs(a.freedMebibytes - b.freedMebibytes) > 0.05
      {
        return "\(kind): recorded \(a.freedMebibytes) MiB at \(a.seconds) s, ours "
          + "\(b.freedMebibytes) MiB at \(b.seconds) s"
      }
      if let difference = countDifference(
        "\(kind)", theirs.map { "at \($0.seconds) s" }, mine.map { "at \($0.seconds) s" })
      {
        return difference
      }
    }
    return nil
  }

  private func starvationDifference() -> String? {
    for (a, b) in zip(recorded.starvations, ours.starvations)
    where !Self.isSameTime(a.seconds, b.seconds) || a.message != b.message {
      return "event: recorded \"\(a.message)\" at \(a.seconds) s, ours \"\(b.message)\" at "
        + "\(b.seconds) s"
    }
    return countDifference(
      "events", recorded.starvations.map { "\"\($0.message)\" at \($0.seconds) s" },
      ours.starvations.map { "\"\($0.message)\" at \($0.seconds) s" })
  }

  private func countDifference(_ what: String, _ a: [String], _ b: [String]) -> String? {
    if a.count == b.count { return nil }
    let next =
      a.count > b.count ? "recorded next: \(a[b.count])" : "ours next: \(b[a.count])"
    return "\(what): recorded \(a.count), ours \(b.count); \(next)"
  }

  private func admissionDifference() -> String? {
    for record in recording["timeline"]?.elements ?? []
    where record["ev"]?.scalarText == "admit" {
      guard let seconds = record["t"]?.doubleValue, let result = record["result"] else { continue }
      // A pass in the same instant may come before or after the probe.
      let possible = [conditions(at: seconds - 0.05), conditions(at: seconds + 0.05)]
      let answers = possible.map { AdmissionProbe.difference(result, under: $0) }
      if let difference = answers[0], answers[1] != nil {
        return "admission at \(seconds) s: \(difference)"
      }
    }
    return nil
  }

  private func conditions(at seconds: Double) -> PressureConditions {
    ours.conditions.last { $0.seconds <= seconds }?.value ?? []
  }
}

/// The four kinds of pod that the recordings ask the manager to admit.
enum AdmissionProbe {
  static func difference(
    _ result: DocumentNode, under conditions: PressureConditions
  ) -> String? {
    var requesting = Container(name: "c")
    requesting.resources.requests[ResourceName.memory] = Quantity(value: 1 << 20)
    var tolerating = PodSpec(containers: [Container(name: "c")])
    tolerating.tolerations = [
      Toleration(key: Taint.Key.memoryPressure, operator: .exists, effect: .noSchedule)
    ]
    let bare = PodSpec(containers: [Container(name: "c")])
    let probes: [(name: String, spec: PodSpec, isCritical: Bool)] = [
      ("bestEffort", bare, false), ("bestEffortCritical", bare, true),
      ("bestEffortTolerating", tolerating, false),
      ("burstable", PodSpec(containers: [requesting]), false),
    ]
    for probe in probes {
      let decision = PressureAdmission.decide(
        probe.spec, isCritical: probe.isCritical, under: conditions)
      guard let recorded = result[probe.name]?.boolValue else { continue }
      if recorded != (decision == .admit) {
        return "\(probe.name): recorded \(recorded), ours \(decision)"
      }
      if case .reject(let messages) = decision, let message = result["message"]?.scalarText,
        !messages.contains(message)
      {
        return "\(probe.name): recorded \"\(message)\", ours \(messages)"
      }
    }
    return nil
  }
}
