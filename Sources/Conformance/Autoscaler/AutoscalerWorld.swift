import ClusterAutoscaler
import KubeScheduler
import KubernetesObjects
import SimulationKernel
import TimeUnits

/// The world of a recorded autoscaler case: nodes that come and go, a scheduler, and the
/// autoscaler's loops, in virtual time.
///
/// Its rules are those of `conformance/README.md`, section cluster-autoscaler.
struct AutoscalerWorld: Sendable {
  struct WorldPod: Sendable {
    var name: String
    var pod: Pod
    var node: Int?
    var isGone = false
  }

  struct WorldNode: Sendable {
    var node: Node
    var group: Int
    var isRegistered = false
    /// The cloud has no machine for it any more.
    var isDeleted = false
    var isGone = false
  }

  /// A removal under way.
  struct Deletion: Sendable {
    enum Step { case afterTaint, draining }

    var nodes: [Int]
    var group: Int
    var drains: Bool
    var step = Step.afterTaint
    var started: SimulationTime
  }

  /// The recorder's clock began so far into a second, and creation times are whole seconds:
  /// more than 0.9 and less than 1, by recordings in which pods are just new enough.
  static let fractionOfSecond: Int64 = 950_000_000
  /// When the first wait of the loop began.
  static let loopStart: SimulationTime = .zero + .milliseconds(100)

  /// Held once: the world is copied for every loop.
  private let shared: Shared<AutoscalerRecording>
  var recording: AutoscalerRecording { _read { yield shared.value } }
  var now: SimulationTime = .zero
  var agenda = AutoscalerAgenda()
  var pods: [WorldPod] = []
  var keyOfName: [String: Int] = [:]
  var nodes: [WorldNode] = []
  var nodeOfName: [String: Int] = [:]
  /// The order in which waiting pods came.
  var pending: [Int] = []
  var targets: [Int]
  var machines: [[Int]]
  var deletionsUnderWay: [Deletion] = []
  var upCount = 0
  var replacements = 0
  var bound = 0
  var registered = 0

  var scheduler = SchedulerSnapshot()
  var cycle = SchedulingCycle(profile: .recorded)
  /// Taken out while it runs, so that what it remembers is not kept twice.
  private var storedLoop: ClusterAutoscalerLoop?
  var loop: ClusterAutoscalerLoop {
    _read { yield storedLoop! }
    _modify { yield &storedLoop! }
  }
  /// Whether an unschedulable pod was reported while no loop waited.
  var hasToken = false
  var isWaiting = false
  var loopStartTime: SimulationTime = .zero
  var needsScheduling = false

  var ties: AutoscalerTies
  var timeline: [AutoscalerTimelineEntry] = []
  var samples: [AutoscalerSample] = []
  var reports: [LoopReport] = []
  /// Whether reports of loops are wanted, as people read them.
  var keepsReports = false
  var isOver = false

  /// Throws what would stop the real program when it starts.
  init(
    _ recording: AutoscalerRecording, ties: AutoscalerTies, keepsReports: Bool = false
  ) throws(ExpanderProblem) {
    shared = Shared(recording)
    self.ties = ties
    self.keepsReports = keepsReports
    targets = recording.groups.map(\.initial)
    machines = recording.groups.map { _ in [] }
    storedLoop = try ClusterAutoscalerLoop(
      options: recording.options, startedAt: Self.loopStart)
    for service in recording.services {
      scheduler.setService(
        namespace: service.metadata.namespace, name: service.metadata.name,
        selector: service.selector)
    }
    for owner in recording.owners {
      scheduler.setSelector(
        owner.selector, of: owner.kind, namespace: owner.namespace, name: owner.name)
    }
    for (index, group) in recording.groups.enumerated() {
      for number in 0..<group.initial {
        let node = addMachine(index, named: "\(group.id)-node-\(number)")
        // They have been ready for long: good models of their group from the first loop on.
        now = .zero + .seconds(-3_600)
        register(node)
        becomeReady(node)
        now = .zero
      }
    }
    timeline.removeAll { entry in
      if case .nodeReady = entry.event { return true }
      return false
    }
    for pod in recording.pods { create(pod) }
    for (index, event) in recording.events.enumerated() {
      agenda.add(.caseEvent(index), at: event.time)
    }
    agenda.add(.sample, at: Self.loopStart)
    isWaiting = true
    agenda.add(.loop, at: Self.loopStart + recording.options.scanInterval)
    schedulePending()
  }

  /// Plays the case to its end, or up to a time.
  mutating func run(until end: SimulationTime = .distantFuture) {
    while !isOver, agenda.nextTime.map({ $0 <= end }) ?? false, let (time, event) = agenda.next() {
      now = time
      handle(event)
      if needsScheduling, agenda.isQuiet(at: now) {
        needsScheduling = false
        schedulePending()
      }
    }
  }

  private mutating func handle(_ event: AutoscalerAgenda.Event) {
    switch event {
    case .caseEvent(let index): apply(recording.events[index])
    case .register(let node): register(node)
    case .ready(let node): becomeReady(node)
    case .gone(let node): disappear(node)
    case .podGone(let pod): remove(pod)
    case .deletion(let index): advanceDeletion(index)
    case .sample:
      samples.append(sample())
      agenda.add(.sample, at: now + .seconds(30))
    case .loop:
      isWaiting = false
      runLoop()
    case .loopEnds: endLoop()
    }
  }

  func sample() -> AutoscalerSample {
    AutoscalerSample(
      time: now, targets: targets, nodes: registered, pending: pending.count, bound: bound)
  }

  mutating func note(_ event: AutoscalerTimelineEntry.Event) {
    timeline.append(AutoscalerTimelineEntry(time: now, event: event))
  }

  // MARK: The loop

  private mutating func runLoop() {
    loopStartTime = now
    let report = ties.guide == nil ? playLoop() : followLoop()
    if keepsReports { reports.append(report) }
    agenda.add(.loopEnds, at: now + recording.loopCost)
    if needsScheduling {
      needsScheduling = false
      schedulePending()
    }
  }

  mutating func playLoop() -> LoopReport {
    let observation = observe()
    var loop = storedLoop!
    storedLoop = nil
    var environment = AutoscalerWorldEnvironment(world: self)
    let report = loop.runOnce(observation, in: &environment)
    self = environment.world
    storedLoop = loop
    return report
  }

  private mutating func endLoop() {
    if now >= .zero + recording.duration {
      samples.append(sample())
      isOver = true
      return
    }
    let wait = loop.wait(afterLoopStartedAt: loopStartTime)
    if wait == .zero || hasToken {
      hasToken = false
      agenda.add(.loop, at: now)
    } else {
      isWaiting = true
      agenda.add(.loop, at: now + wait)
    }
  }

  /// A pod has become unschedulable: a waiting loop begins at once; one that works is followed by
  /// another.
  mutating func trigger() {
    guard recording.options.frequentLoopsEnabled, recording.options.release != .v1_13 else {
      return
    }
    if isWaiting {
      isWaiting = false
      agenda.removeLoops()
      agenda.add(.loop, at: now)
    } else {
      hasToken = true
    }
  }
}
