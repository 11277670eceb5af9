public import TimeUnits

/// Something that breaks for a while, beside what people do.
public struct FaultSpec: Sendable, Hashable {
  public enum Target: Sendable, Hashable {
    /// A node of a service, by its number from 0.
    case node(service: String, number: Int)
    /// All traffic between two regions.
    case link(String, String)
  }

  public var at: SimulationTime
  /// Longer than 0.
  public var lasts: Duration
  public var target: Target
  public var place: SourcePlace?

  public init(
    at: SimulationTime, lasts: Duration, target: Target, place: SourcePlace? = nil
  ) {
    self.at = at
    self.lasts = lasts
    self.target = target
    self.place = place
  }
}

/// What of the pipeline is watched.
public struct ObservabilitySpec: Sendable, Hashable {
  /// Every so many messages one is followed from its producer to its check; 0 for none. The default
  /// is 10 000.
  public var traceEvery = 10_000
  /// Between looks at the pods' metrics. The default is 15 s (Prometheus operator 0.28's default
  /// and the application's own demo).
  public var scrapeInterval = Duration.seconds(15)

  public init() {}
}
