public import TimeUnits

/// One message's way through the machine, kept as an example.
///
/// A message whose read failed, or whose pod died, has no instants behind that.
public struct CheckJourney: Hashable, Sendable {
  /// Messages that were handed over before it, from 0.
  public var number: Int64
  /// Its key.
  public var id: UInt32
  public var partition: Int
  public var offset: Int64
  public var pod: PipelinePod
  /// The Cassandra node that was to read; nil before a thread took it.
  public var node: Int?

  /// Its producer sent it.
  public var produced: SimulationTime
  /// The broker had it.
  public var appended: SimulationTime
  /// The poll that brought it returned.
  public var polled: SimulationTime
  /// It was handed over to the pool of threads.
  public var submitted: SimulationTime
  /// A thread took it, and sent its read.
  public var started: SimulationTime?
  /// The rows were there.
  public var readDone: SimulationTime?
  /// The check was done, and the write sent.
  public var checked: SimulationTime?

  /// Whether there were rows enough for a decision.
  public var ran = false
  public var anomaly = false
  /// Rows that the read returned.
  public var rows = 0

  /// The write went out, which nobody waits for.
  public var writeSent: SimulationTime? { checked }
}
