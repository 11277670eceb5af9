/// How many of the matching pods an eviction may take away at a time.
public struct PodDisruptionBudget: Sendable {
  public var metadata: ObjectMeta
  public var selector: LabelSelector?
  public var minAvailable: IntOrPercent?
  public var maxUnavailable: IntOrPercent?
  /// Whether unready pods may always be evicted (`unhealthyPodEvictionPolicy: AlwaysAllow`).
  public var evictsUnhealthyAlways = false
  /// What its status says may go now.
  public var disruptionsAllowed: Int64 = 0
  /// Whether it came with a status; without one nothing is allowed yet.
  public var hasStatus = false

  public init(metadata: ObjectMeta, selector: LabelSelector?) {
    self.metadata = metadata
    self.selector = selector
  }
}
