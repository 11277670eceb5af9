/// How many of the matching pods an eviction may take away at a time.
public struct PodDisruptionBudget: Sendable {
  public var metadata: ObjectMeta
  public var selector: LabelSelector?
  public var minAvailable: IntOrPercent?
  public var maxUnavailable: IntOrPercent?
  /// Whether unready pods may always be evicted (`unhealthyPodEvictionPolicy: AlwaysAllow`).
  public var evictsUnhealthyAlways = false
  public var disruptionsAllowed: Int64 = 0

  public init(metadata: ObjectMeta, selector: LabelSelector?) {
    self.metadata = metadata
    self.selector = selector
  }
}
