public import TimeUnits

/// One sampled message's way through the pipeline: producer, topic, consumer, detector.
///
/// An instant is nil when the message has not come that far, or when its pod died on the way.
/// Stages as Anomalia Machina has them (instaclustr/AnomaliaMachina, commit 6ea72af).
public struct MessageJourney: Hashable, Sendable {
  /// What the detector found.
  public struct Outcome: Hashable, Sendable {
    /// Whether there were enough rows to run the detector.
    public var ran: Bool
    /// Whether it reported an anomaly.
    public var anomaly: Bool
    /// How many rows the read returned.
    public var rows: Int

    /// The result of a check.
    public init(ran: Bool, anomaly: Bool, rows: Int) {
      self.ran = ran
      self.anomaly = anomaly
      self.rows = rows
    }
  }

  /// Where a span took place; a pod of nil is a program outside the cluster.
  public struct Place: Hashable, Sendable {
    /// The pod's name.
    public var pod: String?
    /// The name of the pod's node, when it is known.
    public var node: String?

    /// A pod, or a program outside the cluster.
    public init(pod: String?, node: String? = nil) {
      self.pod = pod
      self.node = node
    }
  }

  /// The message's number in its run, from 0; tells journeys apart.
  public var number: Int64
  /// The message's key: the id whose values the detector looks at.
  public var key: Int64
  /// The topic it was sent to.
  public var topic: String
  /// Nil until the broker has appended the message.
  public var partition: Int?
  /// The place within the partition; nil until the broker has appended the message.
  public var offset: Int64?
  /// Where it was sent.
  public var producer: Place
  /// Where it was polled and checked; matters only once it was polled.
  public var consumer: Place

  /// The producer called send: the record's timestamp.
  public var produced: SimulationTime?
  /// The producer had the broker's acknowledgment.
  public var appended: SimulationTime?
  /// The poll that returned the message came back.
  public var polled: SimulationTime?
  /// The consumer thread handed the message to the detector pool.
  public var submitted: SimulationTime?
  /// A detector thread took it.
  public var started: SimulationTime?
  /// The read of the key's earlier rows went out.
  public var readSent: SimulationTime?
  /// The rows were back.
  public var readDone: SimulationTime?
  /// The write of the new row went out; nobody waits for it.
  public var writeSent: SimulationTime?
  /// The write was acknowledged, perhaps long after the check.
  public var writeDone: SimulationTime?
  /// The detector thread was free again.
  public var checked: SimulationTime?
  /// What came of it; nil before the check's end.
  public var outcome: Outcome?

  /// A message that has not been sent yet; set the instants as they come.
  public init(
    number: Int64, key: Int64, topic: String, producer: Place = Place(pod: nil),
    consumer: Place = Place(pod: nil)
  ) {
    self.number = number
    self.key = key
    self.topic = topic
    self.producer = producer
    self.consumer = consumer
  }
}
