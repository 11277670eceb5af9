/// Instances that are prepared beside a group (Auto Scaling user guide 2023-06,
/// `ec2-auto-scaling-warm-pools.md`).
public struct WarmPool: Sendable, Hashable {
  /// How the instances of the pool wait.
  public enum State: String, Sendable, Hashable, CaseIterable {
    case stopped = "Stopped"
    case running = "Running"
    case hibernated = "Hibernated"
  }

  /// The least to keep, in instances. The default is 0.
  public var minSize = 0
  /// The group and its pool together, in instances; nil is the group's max size.
  public var maxGroupPreparedCapacity: Int?
  /// The default is `Stopped`.
  public var poolState = State.stopped
  /// Whether instances go back to the pool when the group shrinks. The default is false.
  public var reuseOnScaleIn = false

  public init() {}
}
