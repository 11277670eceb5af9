import Documents
import KubeControllers
import KubernetesObjects
import TimeUnits

/// The world of one recording: the API server's objects in memory, the scripted kubelets, and the
/// controllers with their queues and clients, all in virtual time.
///
/// Watches deliver at once, as in the recordings. It shares nothing between runs.
final class World {
  let recorded: RecordedCase
  /// Which of several equally good answers the recording shows, where the real program picks one.
  let hints: Hints
  private var agenda = Agenda()
  private(set) var now: Int64 = 0
  var observations: [Observation] = []
  private var resourceVersion: UInt64 = 0
  private var uids: UInt64 = 0

  var pods = NamedTable<WorldPod>()
  var nodes = NamedTable<Node>()
  /// When each lease was renewed last, and when before that.
  var leases: [String: (last: Int64, before: Int64)] = [:]
  var heartbeats: [String: Int64] = [:]
  var deployments = NamedTable<Deployment>()
  var replicaSets = NamedTable<ReplicaSet>()
  var daemonSets = NamedTable<DaemonSet>()
  var statefulSets = NamedTable<StatefulSet>()
  var disruptionBudgets = NamedTable<PodDisruptionBudget>()
  var jobs = NamedTable<Job>()
  var disruptionStatus: [String: DisruptionBudgetStatus] = [:]
  /// The native documents of objects that may be patched, by kind and name.
  var documents: [String: DocumentNode] = [:]
  /// ReplicaSets' recorded names by their own: `web-rs1`. Looked up, and walked in order of keys.
  var aliases: [String: String] = [:]
  private var podNames: [UID: [String]] = [:]
  private var ordinals: [String: Int] = [:]

  var watchers: [any Watching] = []
  private(set) var kubelets: ScriptedKubelets!

  init(_ recorded: RecordedCase, hints: Hints) {
    self.recorded = recorded
    self.hints = hints
    kubelets = ScriptedKubelets(self)
    // Timers that are set in one instant for another run in this order: a controller's first.
    watchers = Self.controllers(of: self) + [kubelets]
  }

  private static func controllers(of world: World) -> [any Watching] {
    world.recorded.controllers.compactMap { name -> (any Watching)? in
      switch name {
      case "deployment": DeploymentLoop(world)
      case "replicaset": ReplicaSetLoop(world)
      case "daemonset": DaemonSetLoop(world)
      case "statefulset": StatefulSetLoop(world)
      case "nodelifecycle": NodeLifecycleLoop(world)
      case "tainteviction": TaintEvictionLoop(world)
      case "podgc": PodGCLoop(world)
      case "disruption": DisruptionLoop(world)
      case "job": JobLoop(world)
      default: nil
      }
    }
  }

  // MARK: Time

  var time: SimulationTime { SimulationTime(nanoseconds: now) }

  /// The time as the API writes it: cut to whole seconds of the wall clock.
  var apiTime: SimulationTime { apiTime(time) }

  func apiTime(_ time: SimulationTime) -> SimulationTime {
    let wall = time.nanoseconds + recorded.wallFractionNanoseconds
    let second: Int64 = 1_000_000_000
    let cut = wall >= 0 ? wall / second * second : (wall - second + 1) / second * second
    return SimulationTime(nanoseconds: cut - recorded.wallFractionNanoseconds)
  }

  func at(_ time: Int64, _ action: @escaping () -> Void) {
    agenda.add(at: max(time, now), action)
  }

  func after(_ delay: Int64, _ action: @escaping () -> Void) { at(now + delay, action) }

  /// Plays the case to its end.
  func run() {
    let end = nanoseconds(recorded.durationSeconds)
    begin()
    while let next = agenda.nextTime, next <= end, let (time, action) = agenda.popFirst() {
      now = time
      action()
    }
  }

  private func begin() {
    kubelets.start()
    for object in recorded.objects { create(object) }
    for (index, event) in recorded.events.enumerated() {
      let time = nanoseconds(event["at"]?.doubleValue ?? 0)
      at(time) { [unowned self] in ScriptedEvents.perform(event, number: index, in: self) }
    }
    for watcher in watchers { watcher.start() }
  }

  // MARK: Identity

  func nextVersion() -> UInt64 {
    resourceVersion += 1
    return resourceVersion
  }

  func nextUID() -> UID {
    uids += 1
    return UID(high: 0, low: uids)
  }

  /// The next number of a kind of name, from 1.
  func nextNumber(_ name: String) -> Int {
    ordinals[name, default: 0] += 1
    return ordinals[name, default: 0]
  }

  /// How many pods an owner has had before.
  func nextPodNumber(of owner: String) -> Int { nextNumber("pods of \(owner)") - 1 }

  func alias(_ replicaSet: String) -> String { aliases[replicaSet] ?? replicaSet }

  /// A text with the ReplicaSets' recorded names in it.
  ///
  /// Recordings use the name a ReplicaSet had at the end: one that was made anew has a later number
  /// throughout.
  func withAliases(_ text: String) -> String {
    aliases.keys.sorted { ($0.count, $1) > ($1.count, $0) }
      .reduce(text) { $0.replacing($1, with: alias($1)) }
  }

  /// Whether a request was repeated after a delay the real program draws.
  var hasRetriedByChance = false

  func observe(_ what: Observation.What) { observations.append(Observation(time: now, what: what)) }

  // MARK: Pods by owner

  func pods(ownedBy uid: UID) -> [WorldPod] {
    (podNames[uid] ?? []).compactMap { pods[$0] }
  }

  func link(_ pod: WorldPod) {
    if let owner = pod.pod.metadata.owner { podNames[owner.uid, default: []].append(pod.name) }
  }

  func unlink(_ pod: WorldPod) {
    if let owner = pod.pod.metadata.owner { podNames[owner.uid]?.removeAll { $0 == pod.name } }
  }

  func pods(on node: String) -> [WorldPod] { pods.all.filter { $0.pod.nodeName == node } }
}

/// Who follows the API server. Every change is told at once, with what was before.
protocol Watching: AnyObject {
  func start()
  func podChanged(_ old: WorldPod?, _ new: WorldPod?)
  func nodeChanged(_ old: Node?, _ new: Node?)
  func deploymentChanged(_ old: Deployment?, _ new: Deployment?)
  func replicaSetChanged(_ old: ReplicaSet?, _ new: ReplicaSet?)
  func daemonSetChanged(_ old: DaemonSet?, _ new: DaemonSet?)
  func statefulSetChanged(_ old: StatefulSet?, _ new: StatefulSet?)
  func budgetChanged(_ name: String)
  func jobChanged(_ name: String)
}

extension Watching {
  func start() {}
  func podChanged(_ old: WorldPod?, _ new: WorldPod?) {}
  func nodeChanged(_ old: Node?, _ new: Node?) {}
  func deploymentChanged(_ old: Deployment?, _ new: Deployment?) {}
  func replicaSetChanged(_ old: ReplicaSet?, _ new: ReplicaSet?) {}
  func daemonSetChanged(_ old: DaemonSet?, _ new: DaemonSet?) {}
  func statefulSetChanged(_ old: StatefulSet?, _ new: StatefulSet?) {}
  func budgetChanged(_ name: String) {}
  func jobChanged(_ name: String) {}
}
