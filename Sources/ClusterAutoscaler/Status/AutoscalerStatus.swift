public import TimeUnits

/// What the autoscaler says of itself in the ConfigMap `cluster-autoscaler-status`.
///
/// Follows `clusterstate/api/types.go` of cluster-autoscaler 1.36.
public struct AutoscalerStatus: Sendable, Hashable {
  public enum Phase: String, Sendable, Hashable, CaseIterable {
    case running = "Running"
    case initializing = "Initializing"
  }

  public var time: CalendarTime
  public var phase: Phase
  public var message = ""
  public var clusterWide: ClusterWide
  public var nodeGroups: [Group] = []

  public init(time: CalendarTime, phase: Phase, clusterWide: ClusterWide) {
    self.time = time
    self.phase = phase
    self.clusterWide = clusterWide
  }

  /// When something was looked at last, and since when it has been so.
  public struct Probe: Sendable, Hashable {
    public var last: CalendarTime
    public var lastTransition: CalendarTime

    public init(last: CalendarTime, lastTransition: CalendarTime) {
      self.last = last
      self.lastTransition = lastTransition
    }
  }

  public enum Health: String, Sendable, Hashable, CaseIterable {
    case healthy = "Healthy"
    case unhealthy = "Unhealthy"
  }

  public enum ScaleUp: String, Sendable, Hashable, CaseIterable {
    case noActivity = "NoActivity"
    case inProgress = "InProgress"
    case backoff = "Backoff"
    case unhealthy = "Unhealthy"
    case needed = "Needed"
    case notNeeded = "NotNeeded"
  }

  public enum ScaleDown: String, Sendable, Hashable, CaseIterable {
    case candidatesPresent = "CandidatesPresent"
    case noCandidates = "NoCandidates"
  }

  /// Nodes by their state.
  public struct NodeCounts: Sendable, Hashable {
    public var registered = 0
    public var ready = 0
    public var notStarted = 0
    public var suspended = 0
    public var beingDeleted = 0
    public var unready = 0
    /// Of the unready ones, those that wait for a GPU or the like.
    public var resourceUnready = 0
    public var longUnregistered = 0
    public var unregistered = 0

    public init() {}
  }

  public struct ClusterWide: Sendable, Hashable {
    public var health: Health
    public var counts: NodeCounts
    public var healthProbe: Probe
    public var scaleUp: ScaleUp
    public var scaleUpProbe: Probe
    public var scaleDown: ScaleDown
    public var candidates: Int
    public var scaleDownProbe: Probe

    public init(
      health: Health, counts: NodeCounts, scaleUp: ScaleUp, scaleDown: ScaleDown,
      candidates: Int = 0, probe: Probe
    ) {
      self.health = health
      self.counts = counts
      self.scaleUp = scaleUp
      self.scaleDown = scaleDown
      self.candidates = candidates
      healthProbe = probe
      scaleUpProbe = probe
      scaleDownProbe = probe
    }
  }

  public struct Group: Sendable, Hashable {
    public var name: String
    /// What is said of the group in the same terms as of the cluster.
    public var state: ClusterWide
    public var target: Int
    public var minSize: Int
    public var maxSize: Int
    /// Why it is left alone.
    public var backoff: CreationError?

    public init(
      name: String, state: ClusterWide, target: Int, minSize: Int, maxSize: Int,
      backoff: CreationError? = nil
    ) {
      self.name = name
      self.state = state
      self.target = target
      self.minSize = minSize
      self.maxSize = maxSize
      self.backoff = backoff
    }
  }
}
