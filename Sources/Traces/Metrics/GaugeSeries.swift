public import TimeUnits

/// A value over time that holds until it changes: its steps, in order.
public struct GaugeSeries: Sendable, Hashable {
  public struct Step: Sendable, Hashable {
    public var time: SimulationTime
    public var value: Double
  }

  public private(set) var steps: [Step] = []

  public init() {}

  /// The value from `time` on; times may not run backwards.
  public mutating func set(_ value: Double, at time: SimulationTime) {
    if let last = steps.last {
      if last.value == value { return }
      if last.time == time {
        steps[steps.count - 1].value = value
        return
      }
    }
    steps.append(Step(time: time, value: value))
  }

  public var last: Double { steps.last?.value ?? 0 }

  /// The value at `time`; 0 before the first step. Complexity: O(log n).
  public func value(at time: SimulationTime) -> Double {
    let index = firstStep(after: time)
    return index == 0 ? 0 : steps[index - 1].value
  }

  /// The smallest and largest value between two times, both included.
  public func range(from: SimulationTime, through: SimulationTime) -> ClosedRange<Double> {
    let start = value(at: from)
    var (low, high) = (start, start)
    for step in steps[firstStep(after: from)...] {
      if step.time > through { break }
      low = min(low, step.value)
      high = max(high, step.value)
    }
    return low...high
  }

  /// The time-weighted integral up to `end`, in value-seconds.
  public func integral(until end: SimulationTime) -> Double {
    var total = 0.0
    for (index, step) in steps.enumerated() where step.time < end {
      let next = index + 1 < steps.count ? min(steps[index + 1].time, end) : end
      total += step.value * (next - step.time).secondsValue
    }
    return total
  }

  /// The share of the time from the first step to `end` in which the value satisfies a claim.
  public func share(until end: SimulationTime, where claim: (Double) -> Bool) -> Double {
    var held = 0.0
    var total = 0.0
    forEachSpan(until: end) { value, seconds in
      total += seconds
      if claim(value) { held += seconds }
    }
    return total > 0 ? held / total : 0
  }

  /// The least value that holds for at least a share `p` of the time from the first step to `end`
  /// together with those below it. Complexity: O(n log n).
  public func quantile(_ p: Double, until end: SimulationTime) -> Double {
    var spans: [(value: Double, seconds: Double)] = []
    forEachSpan(until: end) { spans.append(($0, $1)) }
    spans.sort { $0.value < $1.value }
    var left = p * spans.reduce(0) { $0 + $1.seconds }
    for span in spans {
      left -= span.seconds
      if left <= 0 { return span.value }
    }
    return spans.last?.value ?? 0
  }

  private func forEachSpan(until end: SimulationTime, _ body: (Double, Double) -> Void) {
    for (index, step) in steps.enumerated() where step.time < end {
      let next = index + 1 < steps.count ? min(steps[index + 1].time, end) : end
      body(step.value, (next - step.time).secondsValue)
    }
  }

  private func firstStep(after time: SimulationTime) -> Int {
    var low = 0
    var high = steps.count
    while low < high {
      let middle = (low + high) / 2
      if steps[middle].time <= time { low = middle + 1 } else { high = middle }
    }
    return low
  }
}
