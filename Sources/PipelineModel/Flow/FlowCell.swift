import ServiceModel

/// What a short run of the event machine found of a quasi-steady state.
struct FlowCell: Sendable {
  /// One for all pods that are alike.
  struct Pod: Sendable {
    /// Checks a second, of a pod with a backlog; of others their arrivals are better known.
    var throughput = 0.0
    /// Messages that polls returned and no check has ended, on average.
    var inFlight = 0.0
    /// On average of each partition that is read without a backlog: what no poll has returned, and
    /// what polls returned and no check has ended.
    var unread = 0.0
    var held = 0.0
    /// Cores' worth of work, and threads that want a core, for each check a second.
    var coreSeconds = 0.0
    var runnableSeconds = 0.0
    /// Of its consumers with a backlog: the variance of the messages that one hands over in a time,
    /// as a share of their mean.
    var dispersion = 0.0
    /// With a backlog: the same of its checks, and of those of all such pods together.
    var checkDispersion = 0.0
    var commonDispersion = 0.0
    /// Whether it has a backlog.
    var isLagging = false
    /// Checks that a backlog's first moments have more than as many later ones, on average.
    var headStart = 0.0
  }

  /// By the place of the signature's first pod in the order of `FlowCellState.ordered`.
  var pods: [Pod] = []
  /// From sending to the end of the check, of messages that found no backlog.
  var endToEnd = LatencyHistogram()
  /// In a detector thread.
  var service = LatencyHistogram()
  /// Core seconds of pods for each check.
  var podSeconds = 0.0
  /// Core seconds of all nodes for each check.
  var nodeSeconds = 0.0
  /// Checks that were counted.
  var checks: Int64 = 0

  /// Seconds from sending to the end of a check that found no backlog, on average.
  var meanEndToEnd: Double { endToEnd.mean / 1e9 }
}
