public import TimeUnits

/// How long a container that ended waits before it is started again: CrashLoopBackOff.
///
/// Follows `kuberuntime_manager.go` doBackOff and client-go `flowcontrol/backoff.go`, Kubernetes
/// 1.36: the first restart is immediate; after that 10 s, doubled each time, at most 300 s, counted
/// from when the container ended. A container that ran for more than 10 minutes starts afresh.
public struct RestartBackoff: Sendable, Hashable {
  public static let initial = Duration.seconds(10)
  public static let maximum = Duration.seconds(300)
  /// Twice the maximum.
  public static let reset = Duration.seconds(600)

  /// The wait before the next restart; zero before the first.
  private var delay = Duration.zero
  private var lastBump: SimulationTime?

  public init() {}

  /// The wait before a container that ended at `finished` starts again; the next wait grows.
  public mutating func nextDelay(finishedAt finished: SimulationTime) -> Duration {
    if let lastBump, finished - lastBump > Self.reset { delay = .zero }
    let wait = delay
    delay = delay == .zero ? Self.initial : min(delay * 2, Self.maximum)
    lastBump = finished + wait
    return wait
  }
}
