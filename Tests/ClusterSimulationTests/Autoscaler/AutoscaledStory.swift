import AWSObjects
import ClusterSimulation
import ClusterState
import EC2AutoScaling
import KubernetesObjects
import SimulationKernel
import TimeUnits
import Traces

/// A run of an autoscaled world, looked at every five seconds: whether anything is lost, and what
/// the autoscaler said and did.
struct AutoscaledStory {
  struct Event {
    var minute: Double
    var reason: String
    var message: String
  }

  private(set) var run: ClusterRun
  private(set) var events: [Event] = []
  private(set) var samples: [(minute: Double, sample: AutoscalerSample)] = []
  /// Desired capacities, as they changed.
  private(set) var sizes: [(minute: Double, group: String, desired: Int64)] = []
  /// What was broken, in words.
  private(set) var faults: [String] = []
  private var created = 0
  private var gone = 0
  // Since when something is out of line that a controller should put right soon.
  private var strays: [String: SimulationTime] = [:]

  init(_ run: ClusterRun) { self.run = run }

  mutating func play(until end: SimulationTime? = nil) {
    let end = end ?? run.horizon
    while run.now < end {
      var records: [(TraceRecord, Double)] = []
      run.run(until: min(end, run.now + .seconds(5))) { record, time in
        records.append((record, time.secondsValue / 60))
      }
      for (record, minute) in records { absorb(record, minute) }
      check()
    }
  }

  private mutating func absorb(_ record: TraceRecord, _ minute: Double) {
    switch record {
    case .event(let event, _) where event.source == "cluster-autoscaler":
      events.append(Event(minute: minute, reason: event.reason, message: event.message))
    case .autoscaler(let sample): samples.append((minute, sample))
    case .groupCapacity(let name, _, let desired, _): sizes.append((minute, name, desired))
    case .podCreated: created += 1
    case .podGone: gone += 1
    default: break
    }
  }

  // MARK: What must hold

  private mutating func check() {
    let cluster = run.simulation.model.cluster
    let cloud = run.simulation.model.world.cloud
    faults += cluster.indexFaults() + cloud.brokenInvariants
    if created - gone != cluster.pods.count {
      faults.append("\(created) pods created, \(gone) gone, \(cluster.pods.count) there")
    }
    for group in cloud.groups where group.members.count(where: \.lifecycle.counts) > group.maxSize {
      faults.append("\(group.name) has more than \(group.maxSize) instances")
    }
    var out: [String] = []
    for id in cluster.pods.ids {
      guard let pod = cluster.pods[id], let node = pod.nodeName else { continue }
      if cluster.nodeID(name: node) == nil { out.append("\(pod.metadata.name) on \(node)") }
    }
    for id in cluster.replicaSets.ids {
      guard let set = cluster.replicaSets[id] else { continue }
      let alive = cluster.podIDs(ownedBy: set.metadata.uid).compactMap { cluster.pods[$0] }
        .count { !$0.metadata.isTerminating && !$0.status.phase.isTerminal }
      if alive != Int(set.replicas) { out.append("\(set.metadata.name) has \(alive)") }
    }
    var still: [String: SimulationTime] = [:]
    for stray in out {
      still[stray] = strays[stray] ?? run.now
      if run.now - still[stray]! > .seconds(60) { faults.append(stray) }
    }
    strays = still
  }

  // MARK: What there was to see

  /// The minutes at which an event was told.
  func minutes(_ reason: String) -> [Double] {
    events.filter { $0.reason == reason }.map(\.minute)
  }

  func desired(_ group: String, at minute: Double) -> Int64? {
    sizes.last { $0.group == group && $0.minute <= minute }?.desired
  }

  /// When a group was backed off, and when no longer.
  func backoffs(_ group: String) -> [(from: Double, to: Double?)] {
    var spans: [(from: Double, to: Double?)] = []
    for (minute, sample) in samples {
      guard let state = sample.groups.first(where: { $0.name == group }) else { continue }
      let isOpen = spans.last.map { $0.to == nil } ?? false
      if state.isBackedOff, !isOpen { spans.append((minute, nil)) }
      if !state.isBackedOff, isOpen { spans[spans.count - 1].to = minute }
    }
    return spans
  }

  func sample(at minute: Double) -> AutoscalerSample? {
    samples.last { $0.minute <= minute }?.sample
  }

  /// How many pods of a workload run.
  func running(_ app: String = "web") -> Int {
    let cluster = run.simulation.model.cluster
    return cluster.pods.ids.compactMap { cluster.pods[$0] }.count { pod in
      pod.metadata.labels["app"] == app && pod.status.phase == .running
        && !pod.metadata.isTerminating
    }
  }

  func nodes(where condition: (Node) -> Bool = { _ in true }) -> [Node] {
    let cluster = run.simulation.model.cluster
    return cluster.nodes.ids.compactMap { cluster.nodes[$0] }.filter(condition)
  }

  func group(_ name: String) -> AutoScalingGroup? {
    run.simulation.model.world.cloud.group(named: name)
  }
}
