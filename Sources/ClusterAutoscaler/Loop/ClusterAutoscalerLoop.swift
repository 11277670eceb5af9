import KubeScheduler
import KubernetesObjects
public import TimeUnits

/// cluster-autoscaler: what it remembers from loop to loop, and one loop after the other.
///
/// Follows `core/static_autoscaler.go` (`RunOnce`) and `loop/trigger.go` of cluster-autoscaler
/// 1.36, and 1.13 where `options.release` says so. A value: a copy is a checkpoint.
public struct ClusterAutoscalerLoop: NodeAutoscaler {
  public let options: AutoscalerOptions
  public internal(set) var registry: ClusterStateRegistry
  public internal(set) var scaleDown: ScaleDownPlanner
  public internal(set) var deletions = DeletionTracker()
  /// The ConfigMap text of the priority expander.
  public var priorities: String? {
    get { planner.priorities }
    set { planner.priorities = newValue }
  }
  public internal(set) var lastScaleUpTime: SimulationTime
  public internal(set) var lastScaleDownDeleteTime: SimulationTime
  public internal(set) var lastScaleDownFailTime: SimulationTime

  var planner: ScaleUpPlanner
  var templates = TemplateNodes()
  var pendingPods = PendingPods()
  var isFirst = true
  private var trigger: LoopTrigger

  /// Throws what would stop the real program when it starts.
  public init(
    options: AutoscalerOptions, startedAt start: SimulationTime
  ) throws(ExpanderProblem) {
    self.options = options
    registry = ClusterStateRegistry(options: options)
    scaleDown = ScaleDownPlanner(options: options)
    planner = try ScaleUpPlanner(options: options)
    trigger = LoopTrigger(options: options, startedAt: start)
    // 1.36 starts without a cool-down; a restarted 1.13 waits as if it had just scaled up.
    let last = options.release == .v1_13 ? start : start + .seconds(-3_600)
    lastScaleUpTime = last
    lastScaleDownDeleteTime = last
    lastScaleDownFailTime = last
  }

  public var name: String { "cluster-autoscaler" }

  public mutating func nodeDeletionEnded(_ node: String) { deletions.end(node) }

  public mutating func wait(afterLoopStartedAt start: SimulationTime) -> Duration {
    trigger.wait(
      afterLoopStartedAt: start, lastScaleUp: lastScaleUpTime,
      lastScaleDownDelete: lastScaleDownDeleteTime)
  }

  public mutating func runOnce(
    _ observation: ClusterObservation, in environment: inout some AutoscalerEnvironment
  ) -> LoopReport {
    var pass = LoopPass(observation)
    cleanUpOnce(observation, &environment)
    if !options.scaleUpFromZero, !observation.nodes.contains(where: \.isReady) {
      pass.report.end = .initializing
      return pass.report
    }
    pass.templates = templates.templates(observation, options)
    settle(registry.update(observation), &pass, &environment)
    if removeUnregistered(&pass, &environment), options.release == .v1_13 {
      pass.report.end = .removedUnregistered
      return pass.report
    }
    guard registry.isClusterHealthy else {
      scaleDown.forgetUnneeded()
      environment.record(
        AutoscalerEvent(
          .statusConfigMap, isWarning: true, reason: "ClusterUnhealthy",
          message: "Cluster is unhealthy"))
      pass.report.end = .unhealthyCluster
      return pass.report
    }
    removeFailed(&pass, &environment)
    if fixSizes(&pass, &environment) {
      pass.report.end = .fixedGroupSize
      return pass.report
    }
    buildSnapshot(&pass)
    sortPending(&pass)
    tryScaleUp(&pass, &environment)
    if options.release == .v1_13, pass.report.scaleUp == .successful {
      pass.report.end = .scaledUp
      return pass.report
    }
    if options.scaleDownEnabled { tryScaleDown(&pass, &environment) }
    if options.enforceNodeGroupMinSize { raiseToMinimum(&pass, &environment) }
    return pass.report
  }
}

/// What one loop works with.
struct LoopPass {
  var observation: ClusterObservation
  var report: LoopReport
  /// By the index of the group.
  var templates: [NodeTemplate?] = []
  var snapshot: ClusterSnapshot
  /// 1.13: nodes on their way, which only estimates look at.
  var upcomingTemplates: [NodeTemplate] = []
  var podsToHelp: [AutoscalerPod] = []
  var disablesScaleDown = false

  init(_ observation: ClusterObservation) {
    self.observation = observation
    report = LoopReport(start: observation.now)
    snapshot = ClusterSnapshot(
      observation.snapshot, nodes: observation.searchOrder ?? observation.nodes.map(\.name),
      cycle: ClusterSnapshot.freshCycle)
  }

  var now: SimulationTime { observation.now }
}
