public import KubernetesObjects
public import TimeUnits

/// A claim about a metric at a moment or over a span.
public struct MetricExpectation: Sendable, Hashable {
  /// What the metric's value must do in the window.
  public enum Bound: Sendable, Hashable {
    /// Never below, throughout.
    case atLeast(Double)
    /// Never above, throughout.
    case atMost(Double)
    /// Exactly, throughout.
    case equals(Double)
    /// At or above, at least once.
    case reaches(Double)
    /// At or below, at least once.
    case falls(Double)
  }

  /// A value of the metric from a time until the next step's.
  public struct Step: Sendable, Hashable {
    public var time: SimulationTime
    public var value: Double

    public init(time: SimulationTime, value: Double) {
      self.time = time
      self.value = value
    }
  }

  public var metric: String
  /// Every label named here must have this value; series that match are summed.
  public var labels: Labels
  public var window: ExpectationWindow
  public var bound: Bound

  public init(metric: String, labels: Labels = [:], window: ExpectationWindow, bound: Bound) {
    self.metric = metric
    self.labels = labels
    self.window = window
    self.bound = bound
  }

  /// Holds the claim against a metric that changes in steps; the last step of an instant counts.
  ///
  /// Before its first step a metric is 0. Complexity: linear in the steps.
  public func check(_ steps: [Step], end: SimulationTime) -> Verdict {
    let to = min(window.to, end)
    guard window.from <= to else {
      return Verdict(passed: false, actual: "the run ended before \(text(window.from))")
    }
    var seen = [Step(time: window.from, value: 0)]
    for step in steps where step.time <= to {
      if step.time <= window.from {
        seen[0].value = step.value
      } else if seen[seen.count - 1].time == step.time {
        seen[seen.count - 1].value = step.value
      } else {
        seen.append(step)
      }
    }
    return verdict(seen)
  }

  private func verdict(_ seen: [Step]) -> Verdict {
    func highest() -> Step { seen.dropFirst().reduce(seen[0]) { $1.value > $0.value ? $1 : $0 } }
    func lowest() -> Step { seen.dropFirst().reduce(seen[0]) { $1.value < $0.value ? $1 : $0 } }
    func throughout(_ extreme: Step, _ holds: (Double) -> Bool) -> Verdict {
      let offender = seen.first { !holds($0.value) }
      return Verdict(passed: offender == nil, actual: text(offender ?? extreme))
    }
    switch bound {
    case .atLeast(let bound): return throughout(lowest()) { $0 >= bound }
    case .atMost(let bound): return throughout(highest()) { $0 <= bound }
    case .equals(let bound): return throughout(seen[0]) { $0 == bound }
    case .reaches(let bound):
      let hit = seen.first { $0.value >= bound }
      return Verdict(passed: hit != nil, actual: text(hit ?? highest()))
    case .falls(let bound):
      let hit = seen.first { $0.value <= bound }
      return Verdict(passed: hit != nil, actual: text(hit ?? lowest()))
    }
  }

  private func text(_ step: Step) -> String {
    "\(NumberText.text(for: step.value)) at \(text(step.time))"
  }

  private func text(_ time: SimulationTime) -> String {
    DurationText.text(for: .nanoseconds(time.nanoseconds))
  }

  /// `kube_pod_status_phase{phase="Pending"} is at least 1 from 5m to 10m`.
  public var sentence: String {
    let series =
      labels.isEmpty
      ? metric
      : metric + "{" + labels.pairs.map { "\($0.key)=\"\($0.value)\"" }.joined(separator: ",") + "}"
    let claim =
      switch bound {
      case .atLeast(let value): "is at least \(NumberText.text(for: value))"
      case .atMost(let value): "is at most \(NumberText.text(for: value))"
      case .equals(let value): "is \(NumberText.text(for: value))"
      case .reaches(let value): "reaches \(NumberText.text(for: value))"
      case .falls(let value): "falls to \(NumberText.text(for: value))"
      }
    return "\(series) \(claim)\(window.phrase)"
  }
}

/// Numbers for people: whole ones without a fraction.
enum NumberText {
  static func text(for value: Double) -> String {
    if value == value.rounded(), abs(value) < 1e15 { return "\(Int64(value))" }
    return "\(value)"
  }
}
