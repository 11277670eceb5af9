import Kubelet
import TimeUnits

/// Plays an eviction recording: the manager's loop over scripted use, killing and clean-up.
///
/// Where the real program takes any of several equally good answers, ours takes the recorded one
/// if it is among them.
struct EvictionWorld {
  private let recording: EvictionTimeline
  private var world: EvictionCase
  private let manager: EvictionManager
  private var memory = EvictionMemory()
  private var now = SimulationTime.zero
  /// By pod: when its processes were gone.
  private var ended: [SimulationTime?]
  private(set) var timeline = EvictionTimeline()

  init(_ world: EvictionCase, following recording: EvictionTimeline) {
    self.world = world
    self.recording = recording
    manager = EvictionManager(world.configuration)
    ended = Array(repeating: nil, count: world.pods.count)
    timeline.conditions = [(0, [])]
  }

  mutating func run() {
    let end = SimulationTime.zero + world.duration
    while now <= end {
      let evicted = pass()
      now = evicted.isEmpty ? now + world.monitoringInterval : cleanupSeen(evicted)
    }
  }

  /// One pass; the pods it ended, in order. Killing blocks the manager.
  private mutating func pass() -> [Int] {
    let statistics = EvictionStatistics(world, ended: ended, at: now)
    let active = world.pods.indices.filter { index in
      (SimulationTime.zero + .rounded(seconds: world.pods[index].startSeconds)) <= now
        && ended[index] == nil
    }
    let pods = active.map { index in
      var pod = world.pods[index].pod
      pod.usage = statistics.usages[index]
      return pod
    }
    let decision = manager.synchronize(
      &memory, observations: statistics.observations, pods: pods, at: now)
    if timeline.conditions.last?.value != memory.conditions {
      timeline.conditions.append((now.secondsValue, memory.conditions))
    }
    switch decision {
    case .rest: return []
    case .exceedLimits(let evictions):
      for eviction in evictions { kill(eviction, at: active[eviction.pod]) }
      return evictions.map { active[$0.pod] }
    case .starved(let starvations):
      let choice = followed(starvations, statistics.observations, pods)
      guard relieve(choice.starvation), let victim = choice.victim else { return [] }
      kill(victim, at: active[victim.pod])
      return [active[victim.pod]]
    }
  }

  /// The recorded choice among equally good ones, or the first.
  private func followed(
    _ starvations: [Starvation], _ observations: SignalObservations, _ pods: [EvictionPod]
  ) -> (starvation: Starvation, victim: PodEviction?) {
    let seconds = now.secondsValue
    let said = recording.starvations.first { abs($0.seconds - seconds) < 0.1 }
    let next = recording.evictions.dropFirst(timeline.evictions.count).first
    var fallback: (Starvation, PodEviction?)?
    for starvation in starvations where said == nil || starvation.eventMessage == said?.message {
      let victims = manager.victims(
        of: starvation, among: starvations, observations: observations, pods: pods)
      for victim in victims.best
      where next?.pod == pods[victim.pod].name
        && next?.gracePeriodSeconds == victim.gracePeriod.components.seconds
      {
        return (starvation, victim)
      }
      if fallback == nil { fallback = (starvation, victims.best.first) }
    }
    return fallback ?? (starvations[0], nil)
  }

  /// Lets the node free what it can; whether a pod must go all the same.
  private mutating func relieve(_ starvation: Starvation) -> Bool {
    timeline.starvations.append((now.secondsValue, starvation.eventMessage))
    for kind in starvation.nodeReclaims {
      let freed =
        kind == .deadContainers ? world.node.deadContainers : world.node.unusedImages
      if kind == .deadContainers {
        world.node.deadContainers = 0
      } else {
        world.node.unusedImages = 0
      }
      timeline.reclaims.append(
        EvictionTimeline.Reclaim(
          seconds: now.secondsValue, kind: kind, freedMebibytes: freed))
    }
    guard !starvation.nodeReclaims.isEmpty else { return true }
    let statistics = EvictionStatistics(world, ended: ended, at: now)
    return !manager.isResolved(by: statistics.observations)
  }

  private mutating func kill(_ eviction: PodEviction, at index: Int) {
    let pod = world.pods[index]
    timeline.evictions.append(
      EvictionTimeline.Eviction(
        seconds: now.secondsValue, pod: pod.pod.name,
        gracePeriodSeconds: eviction.gracePeriod.components.seconds,
        hasDisruptionTarget: eviction.isDisruption, messages: eviction.texts.map(\.message),
        events: eviction.texts.map(Self.event)))
    now = now + min(pod.killing, eviction.gracePeriod)
    ended[index] = now
  }

  /// The event as the recordings print it: annotations in Go's notation of a map, if any.
  private static func event(_ text: PodEvictionText) -> String {
    let head = "Warning \(PodEviction.reason) \(text.message)"
    if text.annotations.isEmpty { return head }
    let pairs = text.annotations.map { "\($0.name):\($0.value)" }
    return "\(head) map[\(pairs.joined(separator: " "))]"
  }

  /// When the manager sees that all of them are cleaned up, or gives up waiting.
  private func cleanupSeen(_ pods: [Int]) -> SimulationTime {
    let last = pods.map { (ended[$0] ?? now) + world.pods[$0].cleanup }.max() ?? now
    let interval = EvictionManager.cleanupPollInterval
    var poll = now + interval
    while poll < last, poll < now + EvictionManager.cleanupTimeout { poll = poll + interval }
    return poll
  }
}
