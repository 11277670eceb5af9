import ClusterState
import KubeScheduler
import KubernetesObjects
import SimulationKernel
import TimeUnits

/// kube-scheduler at work: its cache, its queue, its client, and whether it is busy.
struct SchedulerState: Sendable {
  var snapshot = SchedulerSnapshot()
  var cycle: SchedulingCycle
  var queue: SchedulingQueue
  var client: APIClient
  var ties: RandomStream
  /// Whether a cycle is scheduled or under way.
  var isAwake = false
  /// The wake-up for pods that back off, if one is scheduled.
  var alarm: EventID?
  /// What the scheduler's cache knows of assigned pods, by pod id: bit 0 terminating, bit 1
  /// started.
  var known: [UInt8] = []

  /// The last pod that fitted nowhere; its replicas fit nowhere either until something changes.
  private var lastFailure: Failure?

  private struct Failure: Sendable {
    var spec: ObjectIdentifier
    var labels: Labels
    var version: Int
    var decision: SchedulingDecision
  }

  /// Decides about a pod, or tells again what was found for its like on the same snapshot.
  ///
  /// Preemption looks at the pod itself, so a failure that could preempt is not remembered.
  mutating func decide(
    _ ref: PodRef, budgets: () -> [PodDisruptionBudget]
  ) -> SchedulingDecision {
    let spec = ref.spec.identity
    if let lastFailure, lastFailure.version == snapshot.version, lastFailure.spec == spec,
      lastFailure.labels == ref.labels
    {
      return lastFailure.decision
    }
    let decision = cycle.decide(ref, in: &snapshot, budgets: budgets())
    if decision.best.isEmpty, decision.diagnosis?.preemption == nil {
      lastFailure = Failure(
        spec: spec, labels: ref.labels, version: snapshot.version, decision: decision)
    }
    return decision
  }

  init(parameters: ClusterParameters, streams: RandomStreams) {
    let isOld = parameters.release == .v1_11
    cycle = SchedulingCycle(profile: isOld ? .kubernetes1_11 : .kubernetes1_36)
    queue = SchedulingQueue(isOld ? .kubernetes1_11 : .kubernetes1_36)
    client = APIClient(
      ratePerSecond: parameters.schedulerQPS, burst: parameters.schedulerBurst,
      latencyNanoseconds: parameters.writeLatencyNanoseconds)
    ties = streams.stream("kube-scheduler.ties")
  }
}

/// What happens inside kube-scheduler.
public enum SchedulerEvent: BitwiseCopyable, Sendable {
  /// The next pod's turn.
  case cycle
  /// Pods that backed off may be ready again.
  case alarm
  /// A binding takes effect at the API server.
  case bind(pod: UInt32, node: Int32)
}
