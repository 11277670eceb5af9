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
  /// The partition that polls return while there is a backlog: one is read to its end before the
  /// next, as a poll goes on where the last one was full.
  var current = 0
}

/// A partition of a flow: what came is the same curve for all.
struct FlowPartition: Sendable {
  var owner = -1
  /// Messages that have left: checked, lost, expired or refused, less those that came again.
  var done = 0.0
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
