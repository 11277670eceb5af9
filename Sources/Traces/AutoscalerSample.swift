import Documents

/// What cluster-autoscaler would say of itself after a loop, under the meanings of its metrics.
///
/// Follows `metrics/metrics.go` of cluster-autoscaler 1.36.
public struct AutoscalerSample: Sendable, Hashable {
  public struct Group: Sendable, Hashable {
    public var name: String
    public var min: Int64
    public var max: Int64
    public var target: Int64
    /// Nodes that were asked for and are not ready yet.
    public var upcoming: Int64
    public var isHealthy: Bool
    public var isBackedOff: Bool

    public init(
      name: String, min: Int64, max: Int64, target: Int64, upcoming: Int64, isHealthy: Bool,
      isBackedOff: Bool
    ) {
      self.name = name
      self.min = min
      self.max = max
      self.target = target
      self.upcoming = upcoming
      self.isHealthy = isHealthy
      self.isBackedOff = isBackedOff
    }
  }

  public var unschedulablePods: Int64
  /// Of those, the ones that no node that is there or on its way will take.
  public var podsToHelp: Int64
  public var unneededNodes: Int64
  public var readyNodes: Int64
  public var unreadyNodes: Int64
  public var notStartedNodes: Int64
  public var unregisteredNodes: Int64
  /// Whether enough nodes are ready for anything to be done.
  public var isSafe: Bool
  public var isInCooldown: Bool
  public var groups: [Group] = []
  public var totals = AutoscalerTotals()

  public init(
    unschedulablePods: Int64, podsToHelp: Int64, unneededNodes: Int64, readyNodes: Int64,
    unreadyNodes: Int64, notStartedNodes: Int64, unregisteredNodes: Int64, isSafe: Bool,
    isInCooldown: Bool
  ) {
    self.unschedulablePods = unschedulablePods
    self.podsToHelp = podsToHelp
    self.unneededNodes = unneededNodes
    self.readyNodes = readyNodes
    self.unreadyNodes = unreadyNodes
    self.notStartedNodes = notStartedNodes
    self.unregisteredNodes = unregisteredNodes
    self.isSafe = isSafe
    self.isInCooldown = isInCooldown
  }
}

/// What cluster-autoscaler has done since the run began.
public struct AutoscalerTotals: Sendable, Hashable {
  public var scaledUp = 0
  public var scaledDownEmpty = 0
  public var scaledDownUnderutilized = 0
  public var failedScaleUps = 0
  public var evictedPods = 0
  public var errors = 0

  public init() {}
}

extension AutoscalerSample {
  func write(to json: inout JSONWriter) {
    json.field("unschedulable", unschedulablePods)
    json.field("toHelp", podsToHelp)
    json.field("unneeded", unneededNodes)
    json.field("ready", readyNodes)
    json.field("unready", unreadyNodes)
    json.field("notStarted", notStartedNodes)
    json.field("unregistered", unregisteredNodes)
    json.field("safe", isSafe)
    json.field("cooldown", isInCooldown)
    json.field(
      "groups",
      array: { json in
        for group in groups {
          json.object { json in
            json.field("name", group.name)
            json.field("min", group.min)
            json.field("max", group.max)
            json.field("target", group.target)
            json.field("upcoming", group.upcoming)
            json.field("healthy", group.isHealthy)
            json.field("backedOff", group.isBackedOff)
          }
        }
      })
    json.field("scaledUp", totals.scaledUp)
    json.field("scaledDownEmpty", totals.scaledDownEmpty)
    json.field("scaledDownUnderutilized", totals.scaledDownUnderutilized)
    json.field("failedScaleUps", totals.failedScaleUps)
    json.field("evictedPods", totals.evictedPods)
    json.field("errors", totals.errors)
  }
}
