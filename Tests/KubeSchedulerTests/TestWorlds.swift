import KubeScheduler
import KubernetesObjects

/// Quantities, nodes and pods in few words.
func amount(_ milli: Int64) -> Quantity { Quantity(milliValue: milli) }

func makeNode(
  _ name: String, cpu: Int64 = 4000, memoryMiB: Int64 = 8192, pods: Int64 = 110,
  zone: String? = nil, labels: Labels = [:], taints: [Taint] = [], unschedulable: Bool = false,
  extended: [(String, Int64)] = []
) -> Node {
  var all = labels
  all[WellKnownLabel.hostname] = name
  if let zone {
    all[WellKnownLabel.zone] = zone
    all[WellKnownLabel.region] = "r"
  }
  var node = Node(metadata: ObjectMeta(name: name, namespace: "", labels: all))
  node.status.allocatable["cpu"] = amount(cpu)
  node.status.allocatable["memory"] = amount(memoryMiB << 20 * 1000)
  node.status.allocatable["pods"] = amount(pods * 1000)
  for (resource, count) in extended { node.status.allocatable[resource] = amount(count * 1000) }
  node.taints = taints
  node.unschedulable = unschedulable
  return node
}

func makeSpec(
  cpu: Int64? = nil, memoryMiB: Int64? = nil, extended: [(String, Int64)] = [],
  image: String = "", _ adjust: (inout PodSpec) -> Void = { _ in }
) -> Shared<PodBlueprint> {
  var container = Container(name: "c", image: image)
  container.resources.requests["cpu"] = cpu.map(amount)
  container.resources.requests["memory"] = memoryMiB.map { amount($0 << 20 * 1000) }
  for (name, count) in extended { container.resources.requests[name] = amount(count * 1000) }
  var spec = PodSpec(containers: [container])
  adjust(&spec)
  return Shared(PodBlueprint(spec))
}

func makePod(
  _ key: UInt32, _ spec: Shared<PodBlueprint> = makeSpec(), labels: Labels = ["app": "a"],
  namespace: String = "default", owner: String? = nil
) -> PodRef {
  PodRef(
    key: key, namespace: namespace, labels: labels, spec: spec,
    owner: owner.map { OwnerReference(kind: .replicaSet, name: $0, uid: UID(low: 1)) })
}

extension SchedulerSnapshot {
  init(_ nodes: [Node]) {
    self.init()
    for node in nodes { setNode(node) }
  }

  func names(_ nodes: [NodeIndex]) -> [String] { nodes.map(nodeName) }
}

extension SchedulingDecision {
  /// One plugin's weighted scores by node.
  func scores(_ plugin: PluginName, _ snapshot: SchedulerSnapshot) -> [String: Int64]? {
    guard let entry = scores.first(where: { $0.plugin == plugin }) else { return nil }
    return Dictionary(uniqueKeysWithValues: zip(snapshot.names(feasible), entry.values))
  }

  /// The reasons by node in the words of a profile.
  func reasons(
    _ snapshot: SchedulerSnapshot, _ profile: SchedulerProfile = .kubernetes1_36
  ) -> [String: [String]] {
    Dictionary(
      uniqueKeysWithValues: failures.map {
        (snapshot.nodeName($0.node), $0.reasons.texts(profile, snapshot))
      })
  }
}

/// A small reproducible generator for random worlds.
struct Dice {
  private var state: UInt64

  init(seed: UInt64) { state = seed &* 0x9E37_79B9_7F4A_7C15 &+ 1 }

  mutating func roll(_ sides: Int) -> Int {
    state ^= state << 13
    state ^= state >> 7
    state ^= state << 17
    return Int(state >> 11) % sides
  }

  mutating func chance(_ percent: Int) -> Bool { roll(100) < percent }
  mutating func pick<Element>(_ elements: [Element]) -> Element { elements[roll(elements.count)] }
}
