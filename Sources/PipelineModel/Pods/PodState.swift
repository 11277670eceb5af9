import NetworkModel
import SimulationKernel

/// A consumer pod: one JVM with its consumers and its pool of detector threads.
struct PodState: Sendable {
  var isAlive = true
  /// Counts the pods that have been in this place.
  var life: UInt32
  /// Where it runs.
  var zone: ZoneID
  /// Its threads are neighbors.
  var firstThread: UInt32
  var threads: UInt32
  /// Threads without a message.
  var idle: [UInt32]
  /// Messages handed over that no thread has taken, and when they were.
  var queue: [(record: CheckRecord, submitted: Int64)] = []
  var consumers: [UInt32] = []
  /// The consumer whose turn it is to give a message to a free thread.
  var turn = 0
  var processor = PodProcessor()
  var stream: RandomStream
  /// Work of a check in nanoseconds, with the cost of many threads.
  var work: Double
  var counts = PodCounts()
  /// The processor's figures at the last look.
  var lookedAt: Int64 = 0
  var lookedSojourn: Int64 = 0
  var lookedUsed: Int64 = 0
}

/// What one pod has done so far.
public struct PodCounts: Sendable, Hashable {
  /// Messages that polls returned.
  public var consumed: Int64 = 0
  /// Checks that ended, whether or not there were rows enough for a decision.
  public var checked: Int64 = 0
  /// Checks with at least 49 earlier rows.
  public var run: Int64 = 0
  public var anomalies: Int64 = 0
  /// Checks whose read failed: the message is lost.
  public var failed: Int64 = 0
  /// Rows and the new value that the last check looked at: 0 while there are too few, then 50 or 51.
  public var lastRecords: Int64 = 0
  /// Nanoseconds from the poll's return to the end of the last check.
  public var lastSincePoll: Int64 = 0
  /// Nanoseconds from sending to the end of the last check.
  public var lastEndToEnd: Int64 = 0

  public init() {}
}

/// A detector thread and the message it has.
struct ThreadState: BitwiseCopyable, Sendable {
  var life: UInt32 = 0
  var pod: UInt32
  /// The replica that reads.
  var node: UInt32 = 0
  var rows: UInt32 = 0
  var record = CheckRecord(
    partition: 0, isOutlier: false, epoch: 0, id: 0, offset: 0, produced: 0, polled: 0)
  var isBusy = false
  /// Whether the rows have come.
  var isInProcessor = false
  /// Whether the write of `written` is on its way.
  var hasWrite = false
  var writtenIsOutlier = false
  var written: UInt32 = 0
  /// When it took the message, in nanoseconds, and when its read was sent.
  var entered: Int64 = 0
  var started: Int64 = 0
  var arrived: Int64 = 0
  /// When the replica answered.
  var answered: Int64 = 0
  var returned: Int64 = 0
  /// Nanoseconds of the way back.
  var back: Int64 = 0
  /// The number among sampled messages, or -1.
  var journey: Int32 = -1
}

/// A consumer thread.
struct ConsumerState: Sendable {
  var life: UInt32 = 0
  var pod: UInt32
  /// Its number in the group.
  var member: Int
  var isAlive = true
  var hasJoined = false
  /// Whether the group's coordinator hears it.
  var isHeard = true
  var partitions: [UInt32] = []
  var buffer: [CheckRecord] = []
  var next = 0
  /// Milliseconds of the present sleep.
  var sleep: Int64 = 0
  var lastCommit: Int64 = .min / 2
  /// Where the next poll begins among the partitions.
  var rotation = 0
  var hasPaused = false
  var wait = Wait.nothing

  /// What it waits for.
  enum Wait: UInt8, Sendable {
    /// An event of its own.
    case nothing
    /// A message in one of its partitions; an event comes with the next.
    case messages
    /// The group.
    case group
    /// A free thread, where the hand-over is immediate.
    case thread
  }
}
