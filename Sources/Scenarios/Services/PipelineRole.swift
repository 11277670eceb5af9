/// What a container does in the anomaly pipeline.
public enum PipelineRole: Sendable, Hashable {
  case consumer(ConsumerRole)
  case producer(ProducerRole)
}

/// Two pools of threads: some consume, many check (AnomaliaMachina 6ea72af).
public struct ConsumerRole: Sendable, Hashable {
  /// Kafka consumers of a pod. The default is 2.
  public var consumers = 2
  /// Detector threads of a pod. The default is 40.
  public var detectorThreads = 40
  /// CPU seconds of a check in the pod. The default is 0.5 ms; assumed, within the hard bound of
  /// 0.536 ms that 220 000 checks/s on 118 cores set.
  public var checkCPU = 0.0005
  /// How much more a check takes for each thread per core above one. The default is 0; assumed.
  public var threadOverhead = 0.0
  /// Messages that a poll returns at most. The default is 500.
  public var maxPollRecords = 500
  /// Whether threads get the next message at once, or by the published hand-over. The default is
  /// the published one.
  public var handsOverAtOnce = false

  public init() {}
}

/// Threads that send as fast as they can, for a while.
public struct ProducerRole: Sendable, Hashable {
  /// Each with a producer of its own. The default is 1 (the image's `producerThreads`).
  public var threads = 1
  /// Messages a second of a thread on a whole core. The default is 50 000; assumed.
  public var perSecond = 50_000.0
  /// Threads start evenly over this time. The default is 120 s (the image's `rampTime`).
  public var ramp = Duration.seconds(120)
  /// From the start of the last thread to the end of sending. The default is 60 s (`loadTime`).
  public var load = Duration.seconds(60)

  public init() {}
}
