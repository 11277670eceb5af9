public import TimeUnits

/// A claim about a run that is checked at its end.
public struct Expectation: Sendable, Hashable {
  public enum Claim: Sendable, Hashable {
    case metric(MetricExpectation)
    case event(EventExpectation)
    case command(CommandExpectation)
  }

  public var claim: Claim
  /// The scenario's own words for it; nil leaves it to the claim.
  public var text: String?
  public var place: SourcePlace?

  public init(_ claim: Claim, text: String? = nil, place: SourcePlace? = nil) {
    self.claim = claim
    self.text = text
    self.place = place
  }

  /// The sentence for people.
  public var sentence: String { text ?? claimSentence }

  /// What is claimed, in our words.
  public var claimSentence: String {
    switch claim {
    case .metric(let claim): claim.sentence
    case .event(let claim): claim.sentence
    case .command(let claim): claim.sentence
    }
  }

  /// The span it looks at; nil for a command.
  public var window: ExpectationWindow? {
    switch claim {
    case .metric(let claim): claim.window
    case .event(let claim): claim.window
    case .command: nil
    }
  }

  /// The times it names, with the field each stands in.
  var times: [(field: String, time: SimulationTime)] {
    guard let window else { return [] }
    if window.isPoint { return [("at", window.from)] }
    return (window.from == .zero ? [] : [("from", window.from)])
      + (window.to == .distantFuture ? [] : [("to", window.to)])
  }
}

/// What a check found.
public struct Verdict: Sendable, Hashable {
  public var passed: Bool
  /// What was seen, for people: `3 at 10m`, `2 times`.
  public var actual: String

  public init(passed: Bool, actual: String) {
    self.passed = passed
    self.actual = actual
  }
}

/// The span of a run that an expectation looks at, both ends included.
public struct ExpectationWindow: Sendable, Hashable {
  public var from: SimulationTime
  /// `distantFuture` is the end of the run.
  public var to: SimulationTime

  public init(from: SimulationTime = .zero, to: SimulationTime = .distantFuture) {
    self.from = from
    self.to = to
  }

  /// One moment.
  public init(at time: SimulationTime) { self.init(from: time, to: time) }

  public var isPoint: Bool { from == to }

  public func contains(_ time: SimulationTime) -> Bool { from <= time && time <= to }

  /// ` at 10m`, ` from 5m to 10m`, ` from 5m on`, ` until 10m`, or nothing for the whole run.
  var phrase: String {
    func text(_ time: SimulationTime) -> String {
      DurationText.text(for: .nanoseconds(time.nanoseconds))
    }
    if isPoint { return " at \(text(from))" }
    switch (from == .zero, to == .distantFuture) {
    case (true, true): return ""
    case (false, true): return " from \(text(from)) on"
    case (true, false): return " until \(text(to))"
    case (false, false): return " from \(text(from)) to \(text(to))"
    }
  }
}
