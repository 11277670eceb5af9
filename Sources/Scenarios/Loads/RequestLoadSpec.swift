public import AWSObjects
import TimeUnits

/// Requests that come to a workload from outside.
public struct RequestLoadSpec: Sendable, Hashable {
  public enum Source: Sendable, Hashable {
    /// Clients without number: a Poisson process of so many a second.
    case open(rate: Double)
    /// So many users, each of whom thinks, asks, and waits for the answer.
    case closed(users: Int, think: DelayLaw)
    /// The counts of a CSV file, spread over each of its periods.
    case trace(RequestTraceReference)
    /// One person who looks at a page, and looks again some time after it came or they gave up.
    /// Every answer is told.
    case person(every: Duration)
  }

  /// The workload that answers.
  public var workload: String
  public var source: Source
  /// How long a client waits; nil forever. The default of a person is 60 s.
  public var timeout: Duration?
  /// How long a span of the latency figures is. The default is 1 min.
  public var window: Duration
  public var place: SourcePlace?

  public init(
    workload: String, source: Source, timeout: Duration? = nil, window: Duration = .seconds(60),
    place: SourcePlace? = nil
  ) {
    self.workload = workload
    self.source = source
    self.timeout = timeout
    self.window = window
    self.place = place
  }
}

/// A CSV file of request counts.
public struct RequestTraceReference: Sendable, Hashable {
  /// As written, relative to the scenario's folder, and from where the program runs.
  public var written: String
  public var path: String
  /// The column with the counts; nil is the second, or the only one.
  public var column: String?
  /// The first row that is used is the first whose first column begins so; nil is the first row.
  public var from: String?
  /// How long each row stands for. The default is 1 min.
  public var period: Duration
  /// Requests for each that was counted. The default is 1.
  public var scale: Double

  public init(
    written: String, path: String, column: String? = nil, from: String? = nil,
    period: Duration = .seconds(60), scale: Double = 1
  ) {
    self.written = written
    self.path = path
    self.column = column
    self.from = from
    self.period = period
    self.scale = scale
  }
}

/// Request counts, one for each period from the start of the run.
public struct RequestTrace: Sendable, Hashable {
  public var period: Duration
  /// Already scaled.
  public var counts: [Double]

  public init(period: Duration, counts: [Double]) {
    self.period = period
    self.counts = counts
  }
}
