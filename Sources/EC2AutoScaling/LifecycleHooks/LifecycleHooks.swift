public import AWSObjects
public import TimeUnits

/// Waits on the way into service and out of it.
///
/// Follows the Auto Scaling user guide (2023-06), `lifecycle-hooks.md`: every hook of a transition
/// has its own timer; a launching instance whose hook is abandoned is terminated and replaced; a
/// terminating one is terminated either way, but ABANDON stops the hooks that remain.
public enum LifecycleHooks {
  public enum Outcome: Sendable, Hashable {
    /// Other hooks are still open.
    case waits
    /// All have let it go on.
    case proceeds
    /// The launch failed; the instance is terminated.
    case abandons
  }

  /// When the hook's default result holds: after its heartbeat timeout, counted from the last
  /// heartbeat, and at the latest after the global timeout.
  public static func deadline(of wait: LifecycleWait, hook: LifecycleHook) -> SimulationTime {
    min(wait.lastHeartbeat + hook.heartbeatTimeout, wait.since + hook.globalTimeout)
  }

  /// What a result means for an instance that then has `open` hooks left.
  public static func outcome(
    of result: LifecycleHook.Result, _ transition: LifecycleHook.Transition, open: Int
  ) -> Outcome {
    switch (transition, result) {
    case (.launching, .abandon): .abandons
    case (.terminating, .abandon): .proceeds
    case (_, .proceed): open == 0 ? .proceeds : .waits
    }
  }
}
