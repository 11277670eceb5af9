import ClusterAutoscaler
public import Documents
import KubeScheduler
import KubernetesObjects
import TimeUnits

/// What one loop of the autoscaler costs while many pods wait for nodes that are not there yet.
public struct AutoscalerBenchmark: Hashable, Sendable {
  /// Pods of so many Deployments that differ in their requests.
  public var pods: Int
  public var shapes: Int
  /// Groups of nodes of different sizes, each with one full node.
  public var groups: Int
  /// CPU milliseconds of the real loop (cluster-autoscaler 1.36.1) for the same on a two-core
  /// virtual machine.
  public var realMilliseconds: Double

  public init(pods: Int, shapes: Int, groups: Int, realMilliseconds: Double) {
    self.pods = pods
    self.shapes = shapes
    self.groups = groups
    self.realMilliseconds = realMilliseconds
  }

  /// Many pods and groups, and few.
  public static let all = [
    AutoscalerBenchmark(pods: 5_000, shapes: 10, groups: 10, realMilliseconds: 7_000),
    AutoscalerBenchmark(pods: 1_000, shapes: 1, groups: 1, realMilliseconds: 500),
  ]

  public struct Result: Hashable, Sendable {
    public var benchmark: AutoscalerBenchmark
    /// CPU time of this thread, the median of several loops.
    public var milliseconds: Double
    /// Nodes that the loop asked for.
    public var nodes: Int
    /// The groups that would have done.
    public var options: Int

    public func write(to json: inout JSONWriter) {
      json.object { json in
        json.field("pending_pods", benchmark.pods)
        json.field("shapes", benchmark.shapes)
        json.field("groups", benchmark.groups)
        json.field("loop_ms", milliseconds)
        json.field("real_loop_ms", benchmark.realMilliseconds)
        json.field("nodes", nodes)
        json.field("options", options)
      }
    }
  }

  /// The first loop after all pods came, several times over.
  public func run(repeats: Int = 5) -> Result {
    let observation = observe()
    var times: [Double] = []
    var result = Result(benchmark: self, milliseconds: 0, nodes: 0, options: 0)
    for _ in 0..<max(1, repeats) {
      guard
        var loop = try? ClusterAutoscalerLoop(options: AutoscalerOptions(), startedAt: .zero)
      else { return result }
      var environment = Environment()
      let start = CPUTime.thisThread()
      let report = loop.runOnce(observation, in: &environment)
      times.append(Double(CPUTime.thisThread() - start) / 1e6)
      result.nodes = environment.nodes
      result.options = report.decision?.options.count ?? 0
    }
    result.milliseconds = times.sorted()[times.count / 2]
    return result
  }

  private func observe() -> ClusterObservation {
    var snapshot = SchedulerSnapshot()
    var nodes: [ObservedNode] = []
    var nodeGroups: [NodeGroup] = []
    var all: [Pod] = []
    for index in 0..<groups {
      let node = Self.node(index)
      snapshot.setNode(node)
      nodes.append(ObservedNode(node, group: index))
      nodeGroups.append(
        NodeGroup(
          id: "group-\(index)", minSize: 0, maxSize: 1_000, targetSize: 1,
          instances: [CloudInstance(providerID: node.providerID)]))
      let cores = node.status.allocatable[ResourceName.cpu]?.milliValue ?? 0
      let pod = Self.pod("full-\(index)", milliCPU: cores, mebibytes: 64, owner: 1_000)
      snapshot.addPod(PodRef(key: UInt32(all.count), pod), to: node.name)
      all.append(pod)
    }
    let kinds = (0..<shapes).map { shape in
      Self.pod(
        "app-\(shape)", milliCPU: Int64(100 + 150 * shape), mebibytes: Int64(256 * (1 + shape % 5)),
        owner: shape)
    }
    let pending = (0..<pods).map { index -> AutoscalerPod in
      var pod = kinds[index % kinds.count]
      pod.metadata.name += "-\(index)"
      all.append(pod)
      return AutoscalerPod(key: UInt32(all.count - 1), pod)
    }
    return ClusterObservation(
      now: .seconds(3_600), snapshot: snapshot, nodes: nodes, pending: pending, groups: nodeGroups,
      pod: { [all] key in Int(key) < all.count ? all[Int(key)] : nil })
  }

  /// 2, 4, 8, … cores with 4 GiB each, and in between with 8.
  private static func node(_ index: Int) -> Node {
    let cores = Int64(2) << Int64(index / 2)
    let name = "node-\(index)"
    var node = Node(
      metadata: ObjectMeta(name: name, namespace: "", labels: [WellKnownLabel.hostname: name]))
    node.providerID = name
    node.status.allocatable[ResourceName.cpu] = Quantity(value: cores)
    node.status.allocatable[ResourceName.memory] = Quantity(
      value: cores << (index.isMultiple(of: 2) ? 32 : 33))
    node.status.allocatable[ResourceName.pods] = Quantity(value: 110)
    node.status.capacity = node.status.allocatable
    node.status.set(.ready, .true, reason: "KubeletReady", at: .zero)
    return node
  }

  private static func pod(
    _ name: String, milliCPU: Int64, mebibytes: Int64, owner: Int
  ) -> Pod {
    var container = Container(name: "main")
    container.resources.requests[ResourceName.cpu] = Quantity(milliValue: milliCPU)
    container.resources.requests[ResourceName.memory] = Quantity(value: mebibytes << 20)
    var metadata = ObjectMeta(name: name, labels: ["app": name])
    metadata.owner = OwnerReference(
      kind: .replicaSet, name: name, uid: UID(low: UInt64(owner) + 1))
    return Pod(metadata: metadata, spec: Shared(PodBlueprint(PodSpec(containers: [container]))))
  }

  /// A cloud that gives what it is asked for.
  private struct Environment: AutoscalerEnvironment {
    var nodes = 0

    mutating func increaseSize(of group: NodeGroup, by count: Int) throws(CreationError) {
      nodes += count
    }

    mutating func decreaseTargetSize(of group: NodeGroup, by count: Int) throws(CreationError) {}
    mutating func deleteInstances(_ ids: [String], of group: NodeGroup) throws(CreationError) {}
    mutating func startDeletion(empty: [NodeDeletion], drain: [NodeDeletion]) -> Bool { true }
    mutating func removeDeletionTaints(from nodes: [String]) {}
    mutating func setDeletionCandidates(adding: [String], removing: [String]) {}
    mutating func choose(from decision: ScaleUpDecision) -> Int { decision.best[0] }
    mutating func order(of unneeded: [UnneededNodes.Entry]) -> [Int] { Array(unneeded.indices) }
    mutating func record(_ event: AutoscalerEvent) {}
  }
}
