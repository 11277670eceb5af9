import ClusterState
import KubeScheduler
import KubernetesObjects
import SimulationKernel
import TimeUnits

/// kube-scheduler at work: its cache, its queue, its client, and whether it is busy.
struct SchedulerState: Sendable {
  var snapshot = SchedulerSnapshot()
  /// One for each profile; they take turns where the last search ended.
  private var cycles: [SchedulingCycle]
  var queue: SchedulingQueue
  var hints = QueueingHints()
  var client: APIClient
  var ties: RandomStream
  /// Where among the candidates a search for victims starts, and which of equally good ones wins.
  private var preemptions: RandomStream
  /// Whether a cycle is scheduled or under way.
  var isAwake = false
  /// The wake-up for pods that back off, if one is scheduled.
  var alarm: EventID?
  /// What the scheduler's cache knows of assigned pods, by pod id: bit 0 terminating, bit 1
  /// started, bit 2 terminating for another pod's sake.
  var known: [UInt8] = []

  /// The last pod that fitted nowhere; its replicas fit nowhere either until something changes.
  private var lastFailure: Failure?

  private struct Failure: Sendable {
    var pod: PodRef
    var version: Int
    var decision: SchedulingDecision
  }

  init(
    parameters: ClusterParameters, streams: RandomStreams, settings: SchedulerSettings? = nil
  ) {
    let settings =
      settings ?? (parameters.release == .v1_11 ? .kubernetes1_11 : .kubernetes1_36)
    cycles = settings.profiles.map { SchedulingCycle(profile: $0) }
    queue = SchedulingQueue(settings.queue)
    client = APIClient(
      ratePerSecond: parameters.schedulerQPS, burst: parameters.schedulerBurst,
      latencyNanoseconds: parameters.writeLatencyNanoseconds)
    ties = streams.stream("kube-scheduler.ties")
    preemptions = streams.stream("kube-scheduler.preemption")
  }

  /// Whether a profile goes by the name that a pod asks for.
  func serves(_ schedulerName: String) -> Bool {
    cycles.contains { $0.profile.name == schedulerName }
  }

  /// Decides about a pod, or tells again what was found for its like on the same snapshot.
  ///
  /// `budgets` are asked for only by a pod that may preempt.
  mutating func decide(
    _ ref: PodRef, budgets: () -> [PodDisruptionBudget]
  ) -> SchedulingDecision {
    if let lastFailure, lastFailure.version == snapshot.version, isLike(ref, lastFailure.pod) {
      return lastFailure.decision
    }
    let name = ref.spec.value.spec.schedulerName
    guard let place = cycles.firstIndex(where: { $0.profile.name == name }) else {
      return SchedulingDecision()
    }
    var stream = preemptions
    let decision = cycles[place].decide(
      ref, in: &snapshot, budgets: budgets(),
      preemptionStart: Int(truncatingIfNeeded: stream.next() >> 1))
    preemptions = stream
    for other in cycles.indices { cycles[other].nextStart = cycles[place].nextStart }
    if decision.best.isEmpty, decision.diagnosis?.preemption == nil {
      lastFailure = Failure(pod: ref, version: snapshot.version, decision: decision)
    }
    return decision
  }

  // Preemption looks at the pod itself: one that has a node promised is like no other.
  private func isLike(_ pod: PodRef, _ other: PodRef) -> Bool {
    pod.spec.identity == other.spec.identity && pod.labels == other.labels
      && pod.namespace == other.namespace && pod.owner == other.owner
      && snapshot.nominatedNode(of: pod.key) == nil
      && snapshot.nominatedNode(of: other.key) == nil
      && !pod.spec.value.spec.volumes.contains { volume in
        if case .ephemeral = volume.source { true } else { false }
      }
  }

  /// Draws one of the equally good ways to preempt.
  mutating func pick(_ preemption: PreemptionDecision) -> PreemptionCandidate? {
    guard !preemption.best.isEmpty else { return nil }
    let place = Int.random(in: preemption.best.indices, using: &preemptions)
    return preemption.candidates[preemption.best[place]]
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
