/// How a queue lets pods wait: the constants of one version.
public struct QueueOptions: Sendable, Hashable {
  /// The wait after the first failure; it doubles with each further one. Zero: no waiting.
  public var initialBackoff: Duration
  public var maxBackoff: Duration
  /// How often waits that are over are noticed, and what their ends are rounded down to.
  public var backoffPeriod: Duration
  /// Whether a pod that still waits is tried when no other is ready (1.33 and later).
  public var popsFromBackoff: Bool
  /// How long a pod lies unschedulable before it is tried again without a reason; nil: for ever.
  public var unschedulableLimit: Duration?
  /// How often such pods are looked for.
  public var unschedulablePeriod: Duration
  /// Whether each plugin is asked if an event can help; otherwise every event moves every pod.
  public var asksPlugins: Bool

  /// kube-scheduler 1.36 (`pkg/scheduler/backend/queue`).
  public static let kubernetes1_36 = QueueOptions(
    initialBackoff: .seconds(1), maxBackoff: .seconds(10), backoffPeriod: .seconds(1),
    popsFromBackoff: true, unschedulableLimit: .seconds(300), unschedulablePeriod: .seconds(30),
    asksPlugins: true)

  /// kube-scheduler 1.11 with PodPriority: no waiting; any event moves all
  /// ([11] `core/scheduling_queue.go`).
  public static let kubernetes1_11 = QueueOptions(
    initialBackoff: .zero, maxBackoff: .zero, backoffPeriod: .seconds(1),
    popsFromBackoff: false, unschedulableLimit: nil, unschedulablePeriod: .seconds(30),
    asksPlugins: false)

  public init(
    initialBackoff: Duration, maxBackoff: Duration, backoffPeriod: Duration,
    popsFromBackoff: Bool, unschedulableLimit: Duration?, unschedulablePeriod: Duration,
    asksPlugins: Bool
  ) {
    self.initialBackoff = initialBackoff
    self.maxBackoff = maxBackoff
    self.backoffPeriod = backoffPeriod
    self.popsFromBackoff = popsFromBackoff
    self.unschedulableLimit = unschedulableLimit
    self.unschedulablePeriod = unschedulablePeriod
    self.asksPlugins = asksPlugins
  }
}
