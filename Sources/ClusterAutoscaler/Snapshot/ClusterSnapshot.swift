public import KubeScheduler
public import KubernetesObjects

/// The cluster as the autoscaler imagines it: nodes may be added and pods moved without anything
/// happening.
///
/// A value: a copy is a fork, and dropping it reverts. Follows `simulator/clustersnapshot` of
/// cluster-autoscaler 1.36.
public struct ClusterSnapshot: Sendable {
  public private(set) var scheduler: SchedulerSnapshot
  /// The nodes in the order in which they are tried; new ones come last.
  public private(set) var order: [NodeIndex]
  private var cycle: SchedulingCycle
  /// The place after the last node that a search found: the next begins there.
  private var nextStart = 0
  var syntheticKey = Self.firstSyntheticKey

  /// - Parameters:
  ///   - nodes: the names of the nodes in the order in which they are to be tried.
  public init(_ scheduler: SchedulerSnapshot, nodes: [String], profile: SchedulerProfile) {
    self.init(scheduler, nodes: nodes, cycle: SchedulingCycle(profile: profile))
  }

  /// A cycle of the scheduler of 1.36 that has decided nothing yet.
  static let freshCycle = SchedulingCycle(profile: .kubernetes1_36)

  init(_ scheduler: SchedulerSnapshot, nodes: [String], cycle: SchedulingCycle) {
    self.scheduler = scheduler
    self.scheduler.removeNominations()
    order = nodes.compactMap { scheduler.node(named: $0) }
    self.cycle = cycle
  }

  public var nodeCount: Int { order.count }

  public func node(named name: String) -> NodeIndex? { scheduler.node(named: name) }

  public func name(of node: NodeIndex) -> String { scheduler.nodeName(node) }

  public func pods(on node: NodeIndex) -> [UInt32] { scheduler.pods(on: node) }

  // MARK: Nodes

  /// Adds a node and the pods it comes with.
  @discardableResult
  public mutating func add(_ node: Node, pods: [PodRef] = []) -> NodeIndex {
    let index = scheduler.setNode(node)
    order.append(index)
    for pod in pods { scheduler.addPod(pod, to: index) }
    return index
  }

  /// Takes over a change of a node that is there.
  public mutating func replace(_ node: Node) { scheduler.setNode(node) }

  /// Takes a node away with the pods on it.
  public mutating func remove(_ name: String) {
    guard let index = scheduler.node(named: name) else { return }
    for pod in scheduler.pods(on: index) { scheduler.removePod(pod) }
    scheduler.removeNode(named: name)
    if let place = order.firstIndex(of: index) { order.remove(at: place) }
  }

  // MARK: Pods

  /// Puts a pod on a node whether or not it fits.
  public mutating func place(_ pod: PodRef, on node: NodeIndex) {
    scheduler.addPod(pod, to: node)
  }

  public mutating func removePod(_ key: UInt32) { scheduler.removePod(key) }

  /// Why a pod may not stand on a node; empty if it may.
  public mutating func check(_ pod: PodRef, on node: NodeIndex) -> FailureReasons {
    cycle.check(pod, on: node, in: &scheduler)
  }

  /// Why not, in the scheduler's words.
  public func texts(of reasons: FailureReasons) -> [String] {
    reasons.texts(cycle.profile, scheduler)
  }

  /// Puts a pod on a node if it may stand there.
  public mutating func schedule(_ pod: PodRef, on node: NodeIndex) -> Bool {
    guard check(pod, on: node).isEmpty else { return false }
    scheduler.addPod(pod, to: node)
    return true
  }

  /// Puts a pod on the first acceptable node on which it may stand; the search begins after the
  /// node where the last one ended.
  public mutating func scheduleAnywhere(
    _ pod: PodRef, where accepts: (NodeIndex) -> Bool = { _ in true }
  ) -> NodeIndex? {
    if order.isEmpty { return nil }
    let start = nextStart % order.count
    guard
      let found = cycle.firstFit(pod, among: order, from: start, in: &scheduler, where: accepts)
    else { return nil }
    nextStart = (found + 1) % order.count
    scheduler.addPod(pod, to: order[found])
    return order[found]
  }

  /// The place among some nodes of the first on which a pod may stand.
  mutating func firstFit(_ pod: PodRef, among nodes: [NodeIndex], from start: Int) -> Int? {
    cycle.firstFit(pod, among: nodes, from: start, in: &scheduler) { _ in true }
  }
}

extension ClusterSnapshot {
  /// The first of the keys that stand for pods which do not exist.
  static let firstSyntheticKey: UInt32 = 0xF000_0000

  /// Adds a node like a template under a name, with its daemon pods.
  @discardableResult
  mutating func add(_ template: NodeTemplate, named name: String) -> NodeIndex {
    let index = add(template.named(name))
    for pod in template.pods {
      place(PodRef(key: syntheticKey, pod), on: index)
      syntheticKey += 1
    }
    return index
  }
}
