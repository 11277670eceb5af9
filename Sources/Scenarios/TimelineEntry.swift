public import TimeUnits

/// One command that people type, and when.
public struct TimelineEntry: Sendable, Hashable {
  public var at: SimulationTime
  /// As written.
  public var text: String
  public var command: Command
  public var place: SourcePlace?

  public init(at: SimulationTime, text: String, command: Command, place: SourcePlace? = nil) {
    self.at = at
    self.text = text
    self.command = command
    self.place = place
  }

  /// The entry whose command is `text`; refuses what is not understood.
  public init(at: SimulationTime, run text: String, place: SourcePlace? = nil)
    throws(CommandError)
  {
    self.init(at: at, text: text, command: try CommandParser.parse(text), place: place)
  }
}

/// A file or folder of manifests that is applied before the run starts.
public struct ManifestReference: Sendable, Hashable {
  /// As written, relative to the scenario's folder.
  public var written: String
  /// From where the program runs.
  public var path: String
  public var place: SourcePlace?

  public init(written: String, path: String, place: SourcePlace? = nil) {
    self.written = written
    self.path = path
    self.place = place
  }
}
