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
