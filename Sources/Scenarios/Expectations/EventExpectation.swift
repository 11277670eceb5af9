public import TimeUnits

/// A claim about the Events that components emitted.
public struct EventExpectation: Sendable, Hashable {
  /// How many such events there must be in the window.
  public enum Count: Sendable, Hashable {
    case atLeast(Int)
    case never
  }

  /// Such as `FailedScheduling`.
  public var reason: String
  /// The kind of object, such as `Pod`; nil is any.
  public var kind: String?
  /// What the object's name begins with; nil is any.
  public var namePrefix: String?
  /// A text that the message contains; nil is any.
  public var message: String?
  public var window: ExpectationWindow
  public var count: Count

  public init(
    reason: String, kind: String? = nil, namePrefix: String? = nil, message: String? = nil,
    window: ExpectationWindow = ExpectationWindow(), count: Count = .atLeast(1)
  ) {
    self.reason = reason
    self.kind = kind
    self.namePrefix = namePrefix
    self.message = message
    self.window = window
    self.count = count
  }

  /// Whether an event is one of those meant.
  public func matches(
    reason: String, kind: String, name: String, message: String, at time: SimulationTime
  ) -> Bool {
    reason == self.reason && window.contains(time)
      && (self.kind.map { $0.lowercased() == kind.lowercased() } ?? true)
      && (namePrefix.map(name.hasPrefix) ?? true) && (self.message.map(message.contains) ?? true)
  }

  /// Holds the claim against the number of events that match; one said n times counts n.
  public func check(count found: Int) -> Verdict {
    let actual = found == 0 ? "never" : found == 1 ? "once" : "\(found) times"
    switch count {
    case .atLeast(let least): return Verdict(passed: found >= least, actual: actual)
    case .never: return Verdict(passed: found == 0, actual: actual)
    }
  }

  /// `an event FailedScheduling about a Pod web-… that says "0/3 nodes" until 10m`.
  public var sentence: String {
    var about = ""
    switch (kind, namePrefix) {
    case (let kind?, let prefix?): about = " about a \(kind) \(prefix)…"
    case (let kind?, nil): about = " about a \(kind)"
    case (nil, let prefix?): about = " about \(prefix)…"
    case (nil, nil): break
    }
    let says = message.map { " that says \"\($0)\"" } ?? ""
    switch count {
    case .never: return "no event \(reason)\(about)\(says)\(window.phrase)"
    case .atLeast(1): return "an event \(reason)\(about)\(says)\(window.phrase)"
    case .atLeast(let least):
      return "at least \(least) events \(reason)\(about)\(says)\(window.phrase)"
    }
  }
}
