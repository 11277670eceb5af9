public import Documents
import KubeScheduler
import KubernetesObjects
import SimulationKernel

/// How many pods the scheduler's decisions place in a second of CPU: no API, no queue, no batching.
public struct SchedulerBenchmark: Hashable, Sendable {
  /// What the pods ask for beside their requests.
  public enum Constraint: String, Hashable, Sendable, CaseIterable {
    case plain
    /// `topologySpreadConstraints` over zones, maxSkew 1, DoNotSchedule.
    case zoneSpread = "zone spread"
    /// Preferred anti-affinity to their own kind by hostname.
    case preferredAntiAffinity = "preferred hostname anti-affinity"
    /// Required affinity to their own kind by zone.
    case requiredAffinity = "required zone affinity"

    /// Pods per CPU second of the real algorithm (kube-scheduler 1.36 without API and batching) at
    /// 1 000 nodes and 5 000 pods, adaptive sampling, on a two-core virtual machine; the lower end
    /// where a range was measured.
    public var realPodsPerSecond: Double {
      switch self {
      case .plain: 670
      case .zoneSpread: 330
      case .preferredAntiAffinity: 170
      case .requiredAffinity: 140
      }
    }
  }

  public struct Result: Hashable, Sendable {
    public var benchmark: SchedulerBenchmark
    public var placed: Int
    public var cpuSeconds: Double
    /// What a pod costs at the end, as a multiple of what one costs at the beginning.
    public var growth: Double

    public var podsPerSecond: Double { Double(benchmark.pods) / cpuSeconds }

    public func write(to json: inout JSONWriter) {
      json.object { json in
        json.field("pods_ask_for", benchmark.constraint.rawValue)
        json.field("nodes", benchmark.nodes)
        json.field("pods", benchmark.pods)
        json.field("scores_all_nodes", benchmark.scoresAll)
        json.field("placed", placed)
        json.field("cpu_s", cpuSeconds)
        json.field("pods_per_cpu_s", podsPerSecond)
        json.field("growth", growth)
      }
    }
  }

  public var constraint: Constraint
  public var nodes: Int
  public var pods: Int
  /// Whether every node that does is scored, instead of as many as by default.
  public var scoresAll: Bool

  public init(_ constraint: Constraint, nodes: Int, pods: Int, scoresAll: Bool = false) {
    self.constraint = constraint
    self.nodes = nodes
    self.pods = pods
    self.scoresAll = scoresAll
  }

  /// Every constraint at 1 000 nodes and 5 000 pods, sampled and not, and a large plain cluster.
  public static func all(quick: Bool) -> [SchedulerBenchmark] {
    let sizes = quick ? (200, 1_000) : (1_000, 5_000)
    var list = Constraint.allCases.flatMap { constraint in
      [false, true].map {
        SchedulerBenchmark(constraint, nodes: sizes.0, pods: sizes.1, scoresAll: $0)
      }
    }
    if !quick { list.append(SchedulerBenchmark(.plain, nodes: 5_000, pods: 150_000)) }
    return list
  }

  /// Places all pods, one after another, drawing among equally good nodes.
  public func run() -> Result {
    var profile = SchedulerProfile.kubernetes1_36
    if scoresAll { profile.percentageOfNodesToScore = 100 }
    var cycle = SchedulingCycle(profile: profile)
    var snapshot = SchedulerSnapshot()
    for index in 0..<nodes { snapshot.setNode(Self.node(index)) }
    var ties = RandomStreams(seed: 1).stream("scheduler.ties")
    let kinds = (0..<10).map(blueprint)
    var placed = 0
    var times: [Int64] = [CPUTime.thisThread()]
    for part in 0..<4 {
      for index in (part * pods / 4)..<((part + 1) * pods / 4) {
        let kind = kinds[index % kinds.count]
        let pod = PodRef(key: UInt32(index), labels: kind.labels, spec: kind.spec)
        let decision = cycle.decide(pod, in: &snapshot)
        guard let node = decision.best.randomElement(using: &ties) else { continue }
        snapshot.addPod(pod, to: node)
        placed += 1
      }
      times.append(CPUTime.thisThread())
    }
    return Result(
      benchmark: self, placed: placed, cpuSeconds: Double(times[4] - times[0]) / 1e9,
      growth: Double(times[4] - times[3]) / Double(max(times[1] - times[0], 1)))
  }

  /// 32 cores, 128 GiB, 110 pods, over three zones.
  private static func node(_ index: Int) -> Node {
    let name = "node-\(index)"
    let labels: Labels = [
      WellKnownLabel.hostname: name, WellKnownLabel.zone: "zone-\(index % 3)",
      WellKnownLabel.region: "region",
    ]
    var node = Node(metadata: ObjectMeta(name: name, namespace: "", labels: labels))
    node.status.allocatable[ResourceName.cpu] = Quantity(value: 32)
    node.status.allocatable[ResourceName.memory] = Quantity(value: 128 << 30)
    node.status.allocatable[ResourceName.pods] = Quantity(value: 110)
    return node
  }

  /// One of ten Deployments' pods.
  private func blueprint(_ kind: Int) -> (labels: Labels, spec: Shared<PodBlueprint>) {
    let labels: Labels = ["app": "app-\(kind)"]
    let selector = LabelSelector(matchLabels: labels)
    var container = Container(name: "main")
    container.resources.requests[ResourceName.cpu] = Quantity(milliValue: 100)
    container.resources.requests[ResourceName.memory] = Quantity(value: 256 << 20)
    var spec = PodSpec(containers: [container])
    var affinity = Affinity()
    switch constraint {
    case .plain: break
    case .zoneSpread:
      spec.topologySpreadConstraints = [
        TopologySpreadConstraint(
          maxSkew: 1, topologyKey: WellKnownLabel.zone, whenUnsatisfiable: .doNotSchedule,
          labelSelector: selector)
      ]
    case .preferredAntiAffinity:
      affinity.preferredPodAntiAffinity = [
        WeightedPodAffinityTerm(
          weight: 1,
          term: PodAffinityTerm(labelSelector: selector, topologyKey: WellKnownLabel.hostname))
      ]
      spec.affinity = affinity
    case .requiredAffinity:
      affinity.requiredPodAffinity = [
        PodAffinityTerm(labelSelector: selector, topologyKey: WellKnownLabel.zone)
      ]
      spec.affinity = affinity
    }
    return (labels, Shared(PodBlueprint(spec)))
  }
}
