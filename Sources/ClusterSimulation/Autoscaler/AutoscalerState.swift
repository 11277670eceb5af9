import ClusterAutoscaler
import ClusterState
import EC2AutoScaling
import KubernetesObjects
import Scenarios
import SimulationKernel
import TimeUnits
import Traces

/// cluster-autoscaler as it runs in the cluster: a pod, what it remembers, and what it has begun.
///
/// A restarted pod remembers nothing, as in the real one.
struct AutoscalerState: Sendable {
  /// The process in a running pod.
  struct Process: Sendable {
    var pod: PodID
    var restarts: Int32
    var loop: ClusterAutoscalerLoop
    /// What it believes of the Auto Scaling groups.
    var belief: AWSNodeGroups
    var loopStart: SimulationTime = .zero
    /// Whether it waits for its next loop, and the event that will begin it.
    var waiting: EventID?
    var isWorking = false
    /// Whether a pod became unschedulable while it worked.
    var hasToken = false
  }

  /// A node's removal under way.
  struct Deletion: Sendable {
    enum Step: Sendable { case afterTaint, draining }

    var life: UInt32
    var node: NodeID
    var name: String
    var group: String
    var drains: Bool
    var step = Step.afterTaint
    var started: SimulationTime
  }

  /// Pods of the program, whether or not they run.
  var pods: [PodID] = []
  var process: Process?
  /// Rises with every start of the program.
  var life: UInt32 = 0
  var deletions: [Deletion] = []
  var ties: RandomStream
  /// What each instance type of the groups has as sold, by its name.
  var machines: [String: AWSMachineType] = [:]
  /// What the scenario sets whatever the Deployment says.
  var flags: [AutoscalerFlag] = []
  var last: AutoscalerSample?
  var totals = AutoscalerTotals()
  /// The last loop that ended.
  var lastLoop: SimulationTime?
  /// Since when each part of the status has said what it says.
  var transitions: [String: Transition] = [:]

  struct Transition: Sendable {
    var state: String
    var since: SimulationTime
  }

  init(_ streams: RandomStreams) { ties = streams.stream("cluster-autoscaler.ties") }

  /// The ConfigMap that the program writes; none before its first loop.
  var statusMetadata: [ObjectMeta] {
    guard lastLoop != nil, let options = process?.loop.options, options.writeStatusConfigMap else {
      return []
    }
    return [ObjectMeta(name: options.statusConfigMapName, namespace: options.namespace)]
  }

  /// Whether a container's image is the program's.
  static func isAutoscaler(_ spec: PodSpec) -> Bool {
    spec.containers.contains { AutoscalerImage.matches($0.image) }
  }

  /// The request number of the program's own work on its machine; no other request has it.
  static let workRequest = UInt32.max

  /// CPU seconds of one loop, fitted to two measured loops of the real program on a two-core
  /// machine: 1 000 pending pods and one group 0.50 s, 5 000 and ten groups 7.0 s; a loop without
  /// pending pods is assumed to take 0.05 s.
  static func work(pending: Int, groups: Int) -> Double {
    0.05 + 5e-4 * Double(pending) * Double(max(1, groups)).squareRoot() * 0.885
  }
}

extension AutoscalerOptions {
  /// The flags of a pod's container.
  static func of(
    _ spec: PodSpec, and flags: [AutoscalerFlag], release: AutoscalerRelease
  ) -> AutoscalerOptions {
    let container = spec.containers.first { AutoscalerImage.matches($0.image) }
    let written = (container?.command ?? []) + (container?.args ?? [])
    return parse(written + flags.map { "--\($0.name)=\($0.value)" }, release: release).options
  }
}

extension AutoscalerTotals {
  /// Scale-ups that the cloud did not carry out; those it refused are counted when it does.
  mutating func note(_ report: LoopReport) {
    failedScaleUps += report.timedOut.count + report.failedCreations.count
  }

  /// A node is gone.
  mutating func noteRemoval(drained: Bool) {
    if drained { scaledDownUnderutilized += 1 } else { scaledDownEmpty += 1 }
  }
}
