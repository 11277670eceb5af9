public import TimeUnits

/// A run as a person would tell it: what people did, and after each deed what the cluster did.
public struct Story: Sendable {
  /// A deed, and what came of it until the next.
  public struct Chapter: Sendable {
    public var time: SimulationTime
    /// The command; nil for what happened before anyone did anything.
    public var command: String?
    public var output = ""
    public var accepted = true
    /// The end of a span that no command began; nil if it ends with the next deed, or the run.
    public var end: SimulationTime?
    public var lines: [Line] = []
  }

  /// One thing that the cluster did, with its reason.
  public struct Line: Sendable, Hashable {
    public var time: SimulationTime
    public var what: String
    public var why: String
  }

  public internal(set) var chapters: [Chapter] = []

  public init() {}

  /// Every line as a moment, for `summary.json`.
  public var moments: [Line] {
    chapters.flatMap { chapter in
      let deed = chapter.command.map {
        Line(
          time: chapter.time, what: $0,
          why: chapter.output.split(separator: "\n").first.map(String.init) ?? "")
      }
      return (deed.map { [$0] } ?? []) + chapter.lines
    }
  }
}
