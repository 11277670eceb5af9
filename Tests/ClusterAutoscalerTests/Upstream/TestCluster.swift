import KubeScheduler
import KubernetesObjects
import TimeUnits

@testable import ClusterAutoscaler

/// A small cluster to run loops in.
struct TestCluster {
  var options = AutoscalerOptions()
  var now: SimulationTime = .seconds(100_000)
  var groups: [NodeGroup] = []
  var budgets: [PodDisruptionBudget] = []
  private(set) var nodes: [ObservedNode] = []
  private(set) var pods: [Pod] = []
  private var snapshot = SchedulerSnapshot()
  private var pending: [UInt32] = []

  /// A group that is as large as it has nodes, unless a target is set.
  @discardableResult
  mutating func addGroup(
    _ id: String, min: Int = 0, max: Int = 10, target: Int = 0, template: Node? = nil
  ) -> Int {
    groups.append(
      NodeGroup(
        id: id, minSize: min, maxSize: max, targetSize: target,
        template: template.map { NodeTemplate(node: $0) }))
    return groups.count - 1
  }

  /// The index of a group, which is made if it is not there.
  mutating func group(_ id: String) -> Int {
    groups.firstIndex { $0.id == id } ?? addGroup(id)
  }

  /// Adds a node that has been as it is for half a day; its group's target becomes larger by one.
  mutating func add(
    _ node: Node, group: String?, isReady: Bool = true, raisesTarget: Bool = true
  ) {
    var node = node
    node.providerID = node.name
    node.metadata.labels[WellKnownLabel.hostname] = node.name
    node.status.set(
      .ready, isReady ? .true : .false, reason: "", at: .seconds(50_000))
    let index = group.map { self.group($0) }
    nodes.append(ObservedNode(node, group: index))
    snapshot.setNode(node)
    guard let index else { return }
    groups[index].instances.append(CloudInstance(providerID: node.name))
    if raisesTarget { groups[index].targetSize += 1 }
  }

  @discardableResult
  mutating func add(_ pod: Pod, on node: String? = nil) -> UInt32 {
    let key = UInt32(pods.count)
    var pod = pod
    pod.nodeName = node
    pods.append(pod)
    if let node {
      snapshot.addPod(PodRef(key: key, pod), to: node)
    } else {
      pending.append(key)
    }
    return key
  }

  func key(_ name: String) -> UInt32? {
    pods.firstIndex { $0.metadata.name == name }.map { UInt32($0) }
  }

  var pendingPods: [AutoscalerPod] { pending.map { AutoscalerPod(key: $0, pods[Int($0)]) } }

  var observation: ClusterObservation {
    ClusterObservation(
      now: now, snapshot: snapshot, nodes: nodes, pending: pendingPods, groups: groups,
      budgets: budgets, controllers: allControllers,
      pod: { [pods] key in Int(key) < pods.count ? pods[Int(key)] : nil })
  }

  var clusterSnapshot: ClusterSnapshot {
    ClusterSnapshot(snapshot, nodes: nodes.map(\.name), profile: .kubernetes1_36)
  }

  func makeLoop(startedAt start: SimulationTime = .zero) throws -> ClusterAutoscalerLoop {
    try ClusterAutoscalerLoop(options: options, startedAt: start)
  }
}

/// Takes down what a loop does, and answers as the test wants.
struct TestEnvironment: AutoscalerEnvironment {
  var increases: [String: Int] = [:]
  var attempts = 0
  var decreases: [String: Int] = [:]
  var deletedInstances: [String] = []
  var deleted: [String] = []
  var drained: [String] = []
  var events: [AutoscalerEvent] = []
  /// The group whose option is to be taken; nil takes the first of the best.
  var favorite: String?
  /// How many increases fail.
  var failures = 0

  mutating func increaseSize(of group: NodeGroup, by count: Int) throws(CreationError) {
    attempts += 1
    if attempts <= failures { throw CreationError(.other, code: "cloudProviderError") }
    increases[group.id, default: 0] += count
  }

  mutating func decreaseTargetSize(of group: NodeGroup, by count: Int) throws(CreationError) {
    decreases[group.id, default: 0] -= count
  }

  mutating func deleteInstances(
    _ providerIDs: [String], of group: NodeGroup
  ) throws(CreationError) {
    deletedInstances += providerIDs
  }

  mutating func startDeletion(empty: [NodeDeletion], drain: [NodeDeletion]) -> Bool {
    deleted += empty.map(\.node.name)
    drained += drain.map(\.node.name)
    return true
  }

  mutating func removeDeletionTaints(from nodes: [String]) {}
  mutating func setDeletionCandidates(adding: [String], removing: [String]) {}

  mutating func choose(from decision: ScaleUpDecision) -> Int {
    decision.best.first { decision.options[$0].groupID == favorite } ?? decision.best[0]
  }

  mutating func order(of unneeded: [UnneededNodes.Entry]) -> [Int] { Array(unneeded.indices) }

  mutating func record(_ event: AutoscalerEvent) { events.append(event) }
}
