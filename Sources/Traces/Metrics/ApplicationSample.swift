public import TimeUnits

/// What one scrape of one pod of Anomalia Machina returns.
///
/// The application's metrics by its own names: instaclustr/AnomaliaMachina, commit 6ea72af.
public struct ApplicationSample: Hashable, Sendable {
  /// The values of the label `stage` on the counter of requests.
  public enum Stage: String, CaseIterable, Hashable, Sendable {
    /// Sends that the broker acknowledged.
    case producer
    /// Messages polled.
    case consumer
    /// Checks of either kind.
    case detector
    /// Checks with enough rows for the detector.
    case detectorRun = "detector_Run"
    /// Checks with too few.
    case detectorNotRun = "detector_notRun"
  }

  /// Requests since the start of the pod, by stage.
  public struct Counts: Hashable, Sendable {
    /// Messages the broker acknowledged.
    public var producer: Int64
    /// Messages polled.
    public var consumer: Int64
    /// Checks.
    public var detector: Int64
    /// Checks with enough rows.
    public var detectorRun: Int64
    /// Checks with too few rows.
    public var detectorNotRun: Int64

    /// Every count 0 unless given.
    public init(
      producer: Int64 = 0, consumer: Int64 = 0, detector: Int64 = 0, detectorRun: Int64 = 0,
      detectorNotRun: Int64 = 0
    ) {
      self.producer = producer
      self.consumer = consumer
      self.detector = detector
      self.detectorRun = detectorRun
      self.detectorNotRun = detectorNotRun
    }

    /// The count of a stage.
    public subscript(stage: Stage) -> Int64 {
      switch stage {
      case .producer: producer
      case .consumer: consumer
      case .detector: detector
      case .detectorRun: detectorRun
      case .detectorNotRun: detectorNotRun
      }
    }
  }

  /// Spans between scrapes.
  ///
  /// *Published*: P. Brebner, opensource.com, October 2019.
  public enum ScrapeInterval {
    /// Prometheus's interval when a job says nothing: 15 s.
    public static let standard: Duration = .seconds(15)
    /// The application's own job: 5 s.
    public static let application: Duration = .seconds(5)
  }

  /// The instant of the scrape.
  public var time: SimulationTime
  /// The pod's name.
  public var pod: String
  /// The scraped address, `10.0.1.7:1235`; the consumer's port is 1235, the producer's 1234.
  public var instance: String
  /// What the pod has done since its start; a count of 0 is not exposed yet.
  public var counts: Counts
  /// Anomalies since the start of the pod; nil in a pod that has no detector.
  public var anomalies: Int64?
  /// How many values the last check had; nil before the first.
  public var lastRecords: Int64?
  /// Milliseconds from the last checked message's poll to the end of its check; nil before it.
  public var lastDetectorMilliseconds: Double?
  /// Seconds from the last checked message's record timestamp to the end of its check; nil before
  /// it.
  public var lastEndToEndSeconds: Double?

  /// A scrape; of a pod that has done nothing yet, unless figures are given.
  public init(
    time: SimulationTime, pod: String, instance: String, counts: Counts = Counts(),
    anomalies: Int64? = nil, lastRecords: Int64? = nil, lastDetectorMilliseconds: Double? = nil,
    lastEndToEndSeconds: Double? = nil
  ) {
    self.time = time
    self.pod = pod
    self.instance = instance
    self.counts = counts
    self.anomalies = anomalies
    self.lastRecords = lastRecords
    self.lastDetectorMilliseconds = lastDetectorMilliseconds
    self.lastEndToEndSeconds = lastEndToEndSeconds
  }
}
