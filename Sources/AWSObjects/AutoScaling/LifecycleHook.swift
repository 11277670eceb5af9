public import TimeUnits

/// A pause on an instance's way into service or out of it (Auto Scaling user guide 2023-06,
/// `lifecycle-hooks.md`).
public struct LifecycleHook: Sendable, Hashable {
  public enum Transition: String, Sendable, Hashable, CaseIterable {
    case launching = "autoscaling:EC2_INSTANCE_LAUNCHING"
    case terminating = "autoscaling:EC2_INSTANCE_TERMINATING"
  }

  public enum Result: String, Sendable, Hashable, CaseIterable {
    case proceed = "CONTINUE"
    case abandon = "ABANDON"
  }

  public var name: String
  public var transition: Transition
  /// From 30 s to 7 200 s. The default is 3 600 s.
  public var heartbeatTimeout: Duration = .seconds(3_600)
  /// What holds when nobody answers in time. The default is `ABANDON`.
  public var defaultResult = Result.abandon

  public init(name: String, transition: Transition) {
    self.name = name
    self.transition = transition
  }

  /// The longest wait with all its heartbeats: 48 h or 100 times the heartbeat timeout, whichever
  /// is smaller (same page, "global timeout").
  public var globalTimeout: Duration { min(.seconds(48 * 3_600), heartbeatTimeout * 100) }
}

/// A hook that an instance waits for.
public struct LifecycleWait: Sendable, Hashable {
  public var hook: String
  public var since: SimulationTime
  /// The last `RecordLifecycleActionHeartbeat`, or the beginning.
  public var lastHeartbeat: SimulationTime

  public init(hook: String, since: SimulationTime) {
    self.hook = hook
    self.since = since
    lastHeartbeat = since
  }
}
