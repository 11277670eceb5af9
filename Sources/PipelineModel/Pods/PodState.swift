import NetworkModel
import SimulationKernel

/// A consumer pod: one JVM with its consumers and its pool of detector threads.
struct PodState: BitwiseCopyable, Sendable {
  var isAlive = true
  var hasQueued = false
  /// Where it runs.
  var zone: ZoneID
  /// Its threads are neighbors, and so are its consumers.
  var firstThread: UInt32
  var threads: UInt32
  var firstConsumer: UInt32
  var consumers: UInt32
  /// The consumer whose turn it is to give a message to a free thread.
  var turn: UInt32 = 0
  /// The thread without a message that takes the next one; each names another. `ThreadState.none`
  /// if there is none.
  var idle = ThreadState.none
  var idleCount: UInt32 = 0
  var processor = PodProcessor()
  var stream: RandomStream
  /// Work of a check in nanoseconds, with the cost of many threads.
  var work: Double
  /// The message handed over that no thread has taken, if `hasQueued`, and when it was: as messages
  /// are handed over only where none waits, there is no more than one.
  var queued = CheckRecord.none
  var submitted: Int64 = 0
  var queuedJourney: Int32 = -1
  var counts = PodCounts()
  /// The processor's figures at the last look.
  var lookedAt: Int64 = 0
  var lookedSojourn: Int64 = 0
  var lookedUsed: Int64 = 0

  /// Its consumers by their numbers.
  var consumerRange: Range<Int> { Int(firstConsumer)..<Int(firstConsumer + consumers) }
  /// Its threads by their numbers.
  var threadRange: Range<Int> { Int(firstThread)..<Int(firstThread + threads) }
  /// Messages in its threads and in front of them.
  var inHand: UInt32 { threads - idleCount + (hasQueued ? 1 : 0) }
}

/// What one pod has done so far.
public struct PodCounts: Sendable, Hashable, BitwiseCopyable {
  /// Messages that polls returned.
  public var consumed: Int64 = 0
  /// Checks that ended, whether or not there were rows enough for a decision.
  public var checked: Int64 = 0
  /// Checks with at least 49 earlier rows.
  public var run: Int64 = 0
  public var anomalies: Int64 = 0
  /// Checks whose read failed: the message is lost.
  public var failed: Int64 = 0
  /// Rows and the new value that the last check looked at: 0 while there are too few, then 50 or
  /// 51.
  public var lastRecords: Int64 = 0
  /// Nanoseconds from the poll's return to the end of the last check.
  public var lastSincePoll: Int64 = 0
  /// Nanoseconds from sending to the end of the last check.
  public var lastEndToEnd: Int64 = 0

  public init() {}
}

/// A detector thread and the message it has.
struct ThreadState: BitwiseCopyable, Sendable {
  static let none = UInt32.max

  var life: UInt32 = 0
  var pod: UInt32
  /// The replica that reads.
  var node: UInt32 = 0
  var rows: UInt32 = 0
  /// The next thread without a message.
  var nextIdle = Self.none
  var record = CheckRecord.none
  var isBusy = false
  /// Whether the rows have come.
  var isInProcessor = false
  /// Where its journey is kept, or -1.
  var journey: Int32 = -1
  /// The random word of the message.
  var bits: UInt64 = 0
  /// When it took the message, in nanoseconds, and when its read was sent.
  var entered: Int64 = 0
  var started: Int64 = 0
  var arrived: Int64 = 0
  /// When the replica answered.
  var answered: Int64 = 0
  var returned: Int64 = 0
  /// Nanoseconds of the way back.
  var back: Int64 = 0
}

/// A consumer thread.
struct ConsumerState: BitwiseCopyable, Sendable {
  var life: UInt32 = 0
  var pod: UInt32
  /// Where its batch is among those of all consumers: from `first` on, from `next` to `end` what
  /// was not handed over.
  let first: Int
  var next: Int
  var end: Int
  var isAlive = true
  var hasJoined = false
  /// Whether the group's coordinator hears it.
  var isHeard = true
  /// Milliseconds of the present sleep.
  var sleep: Int64 = 0
  var lastCommit: Int64 = .min / 2
  /// Until when the group need not be asked again.
  var groupPollDue: Int64 = .min
  /// Where the next poll begins among the partitions.
  var rotation = 0
  var hasPaused = false
  var wait = Wait.nothing

  /// What it waits for.
  enum Wait: UInt8, BitwiseCopyable, Sendable {
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
