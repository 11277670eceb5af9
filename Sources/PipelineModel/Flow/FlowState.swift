import NetworkModel

/// A consumer pod of a flow: its grant, its rates, and what it has done.
struct FlowPod: Sendable {
  var isAlive = true
  var zone: ZoneID
  var threads: Int
  var cores: Double
  var speed = 1.0
  var limit: Double?
  var consumers: [Int] = []

  /// Checks a second now.
  var rate = 0.0
  /// Threads wait for a node that does not answer until then, in nanoseconds.
  var stuckUntil = Int64.min
  /// From then on no thread is left, in nanoseconds.
  var hangsFrom: Int64?
  /// Whether it has had a backlog until now; while one begins, so many checks a second more.
  var wasLagging = false
  var surge = 0.0
  /// In nanoseconds.
  var surgesUntil = Int64.min
  /// In nanoseconds: until then its threads do what was counted already.
  var borrowsUntil = -Int64.max / 2
  /// Messages that its threads have room for: with more, checks are as many as with a backlog.
  var room = 0.0
  /// How much less all check when it has nothing to do, as a share of what it would.
  var independence = 1.0
  /// While it has a backlog.
  var chance: FlowChance?
  /// What the present state says of a check.
  var figures = FlowCell.Pod()

  var checked = 0.0
  var failed = 0.0
  /// Core seconds, and seconds of threads that wanted a core.
  var used = 0.0
  var runnable = 0.0
  var run = 0.0
  var lookedAt: Int64 = 0
  var lookedUsed = 0.0
  var lookedRunnable = 0.0
}

/// A consumer of a flow.
struct FlowConsumer: Sendable {
  var pod: Int
  /// The pause after its first message ends then, in nanoseconds; nil before the first message.
  var pausedUntil: Int64?
  /// Whether its partitions hold more than what is under way.
  var isLagging = false
  /// Whether its turns to poll differ from those of others that began a backlog with it.
  var hasTurn = false
  /// With a backlog, what polls returned, in the order in which it is checked.
  var batch: [Part] = []
  /// Whether all that its partitions hold is in threads.
  var isInThreads = false
  /// Whether polls are so frequent, and all full, that they are taken together.
  var isFluid = false
  /// What is to be read of the partition whose turn it is, if they take turns.
  var turn: Part?
  /// Messages until the next poll of those that are taken together.
  var untilPoll = 0.0
  /// Where the next poll begins among the partitions.
  var rotation = 0
  /// Messages of the partition whose turn it is that this turn has brought.
  var fetched = 0.0
  /// The last commit as expected, in nanoseconds, and the variance of its place in s²; nil before
  /// the first.
  var committedAt: Int64?
  var commitSpread = 0.0
  /// The rates hold since then, in nanoseconds.
  var ratesSince: Int64 = 0
  /// Whether it has read nothing lately.
  var isResting = true
  /// Whether it has messages and so does not poll.
  var isBusy = false

  /// Messages of one partition up to a place on the curve.
  struct Part: Sendable {
    var partition: Int
    var upTo: Double
  }
}

/// A partition of a flow: what came is the same curve for all.
struct FlowPartition: Sendable {
  var owner = -1
  /// Messages that have left: checked, lost, expired or refused, less those that came again.
  var done = 0.0
  /// What polls returned, while there is a backlog.
  var polled = 0.0
  /// Messages a second that leave now.
  var rate = 0.0
  /// Messages under way if there is no backlog.
  var base = 0.0
  var mode = Mode.blocked
  var isOffline = false
  /// Spans of arrivals, as places on the curve, that the producers gave up.
  var refused: [Range<Double>] = []

  enum Mode: Sendable {
    /// Nothing leaves.
    case blocked
    /// It fills up to what is under way.
    case filling
    /// What comes leaves.
    case steady
    /// A backlog is worked off.
    case lagging
  }
}

/// Who of those that read has a backlog, and the figures of their pods.
struct FlowSolution: Sendable {
  /// Consumers, and which of them had a backlog before.
  var readers: [Int]
  var before: [Bool]
  var lags: [Bool]
  /// Looked up by pod, never walked.
  var figures: [Int: FlowCell.Pod]
  /// Nanoseconds.
  var since: Int64
  /// Whether it has been looked at more closely, if need be.
  var hasLasted = false
}
