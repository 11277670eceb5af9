import KubernetesObjects
import Testing

@testable import KubeScheduler

/// The fast path against the plain one, on random worlds that change all the time.
@Suite struct PlainComparisonTests {
  @Test(
    "Running counts and caches never change a decision: reasons and scores equal the plain ones",
    arguments: 0..<60)
  func equalsThePlainScheduler(seed: Int) {
    var world = RandomWorld(seed: UInt64(seed))
    for step in 0..<120 {
      world.change()
      let pod = world.randomPod()
      let decision = world.cycle.decide(pod, in: &world.snapshot, detail: .tables)
      let ours = world.table(of: decision)
      let plain = world.plain.decide(pod)
      let differences = ours.differences(from: plain)
      #expect(differences.isEmpty, "seed \(seed), step \(step)")
      if !differences.isEmpty { return }
      if let node = decision.best.first, world.dice.chance(70) {
        world.place(pod, on: world.snapshot.nodeName(node))
      }
    }
  }

  @Test("The choice alone is the same as with tables", arguments: 0..<20)
  func choiceEqualsTables(seed: Int) {
    var world = RandomWorld(seed: UInt64(seed + 1000))
    for _ in 0..<80 {
      world.change()
      let pod = world.randomPod()
      var copy = world.snapshot
      let tables = world.cycle.decide(pod, in: &copy, detail: .tables)
      let choice = world.cycle.decide(pod, in: &world.snapshot)
      #expect(choice.best == tables.best)
      #expect(choice.diagnosis?.fullMessage == tables.diagnosis?.fullMessage)
      if let node = choice.best.last { world.place(pod, on: world.snapshot.nodeName(node)) }
    }
  }
}

/// A world that nodes and pods come to and leave at random, held twice.
struct RandomWorld {
  var dice: Dice
  var snapshot = SchedulerSnapshot()
  var plain = PlainScheduler()
  var cycle: SchedulingCycle
  private var specs: [Shared<PodBlueprint>] = []
  private var nextKey: UInt32 = 0
  private var nextNode = 0

  private static let apps = ["a", "b", "c"]
  private static let keys = [WellKnownLabel.hostname, WellKnownLabel.zone, "rack"]

  init(seed: UInt64) {
    dice = Dice(seed: seed)
    cycle = SchedulingCycle()
    for _ in 0..<10 { specs.append(randomSpec()) }
    for name in ["one", "two"] {
      let labels: Labels = ["team": name]
      plain.namespaces[name] = labels
      snapshot.setNamespace(name, labels: labels)
    }
    snapshot.setService(namespace: "one", name: "s", selector: ["app": "b"])
    plain.services.append(("one", ["app": "b"]))
    snapshot.setSelector(
      LabelSelector(matchLabels: ["app": "a"]), of: .replicaSet, namespace: "one", name: "a")
    plain.owners["one/a"] = LabelSelector(matchLabels: ["app": "a"])
    for _ in 0..<4 { addNode() }
  }

  func table(of decision: SchedulingDecision) -> PlainScheduler.Table {
    var table = PlainScheduler.Table()
    for (index, node) in decision.feasible.enumerated() {
      var scores: [String: Int64] = [:]
      for entry in decision.scores { scores[entry.plugin.rawValue] = entry.values[index] }
      table.scores[snapshot.nodeName(node)] = scores
    }
    for failure in decision.failures {
      table.failures[snapshot.nodeName(failure.node)] = Set(
        failure.reasons.texts(.kubernetes1_36, snapshot))
    }
    return table
  }

  // MARK: Change

  mutating func change() {
    switch dice.roll(10) {
    case 0: addNode()
    case 1 where plain.nodes.count > 2:
      let index = dice.roll(plain.nodes.count)
      let gone = plain.nodes.remove(at: index)
      snapshot.removeNode(named: gone.name)
      // Its pods go later, or the node comes back with them.
      if dice.chance(50) { removePods { $0.node == gone.name } }
    case 2:
      let index = dice.roll(plain.nodes.count)
      let node = randomNode(plain.nodes[index].name)
      plain.nodes[index] = node
      snapshot.setNode(node)
    case 3, 4:
      if let victim = plain.placed.indices.randomElement(&dice) {
        let key = plain.placed[victim].pod.key
        removePods { $0.pod.key == key }
      }
    case 5:
      guard let index = plain.placed.indices.randomElement(&dice) else { return }
      plain.placed[index].pod.isTerminating = true
      snapshot.updatePod(plain.placed[index].pod)
    default: break
    }
  }

  mutating func place(_ pod: PodRef, on node: String) {
    plain.placed.append(.init(pod: pod, node: node))
    snapshot.addPod(pod, to: node)
  }

  private mutating func removePods(where isGone: (PlainScheduler.Placed) -> Bool) {
    for placed in plain.placed where isGone(placed) { snapshot.removePod(placed.pod.key) }
    plain.placed.removeAll(where: isGone)
  }

  private mutating func addNode() {
    let node = randomNode("n\(nextNode)")
    nextNode += 1
    plain.nodes.append(node)
    snapshot.setNode(node)
  }

  private mutating func randomNode(_ name: String) -> Node {
    var taints: [Taint] = []
    if dice.chance(15) { taints.append(Taint(key: "t", effect: .noSchedule)) }
    if dice.chance(15) { taints.append(Taint(key: "soft", effect: .preferNoSchedule)) }
    var labels: Labels = ["disk": dice.pick(["ssd", "hdd"])]
    if dice.chance(70) { labels["rack"] = dice.pick(["r1", "r2", "r3"]) }
    return makeNode(
      name, cpu: dice.pick([1000, 2000, 4000]), memoryMiB: dice.pick([2048, 4096]),
      pods: dice.pick([3, 10, 50]), zone: dice.chance(85) ? dice.pick(["x", "y", "z"]) : nil,
      labels: labels, taints: taints, unschedulable: dice.chance(8),
      extended: dice.chance(30) ? [("example.com/gpu", 2)] : [])
  }

  // MARK: Pods

  mutating func randomPod() -> PodRef {
    if dice.chance(10) { specs[dice.roll(specs.count)] = randomSpec() }
    nextKey += 1
    var labels: Labels = ["app": dice.pick(Self.apps)]
    if dice.chance(30) { labels["version"] = dice.pick(["1", "2"]) }
    return makePod(
      nextKey, dice.pick(specs), labels: labels, namespace: dice.pick(["one", "one", "two"]),
      owner: dice.chance(40) ? "a" : nil)
  }

  private mutating func randomSpec() -> Shared<PodBlueprint> {
    var dice = dice
    let spec = makeSpec(
      cpu: dice.pick([nil, 0, 100, 300, 900]), memoryMiB: dice.pick([nil, 64, 700]),
      extended: dice.chance(10) ? [("example.com/gpu", 1)] : []
    ) { spec in
      if dice.chance(15) { spec.nodeSelector = ["disk": "ssd"] }
      if dice.chance(30) { spec.tolerations = [Toleration(key: "t", operator: .exists)] }
      if dice.chance(10) {
        spec.containers[0].ports = [ContainerPort(containerPort: 80, hostPort: 80)]
      }
      for _ in 0..<dice.roll(3) {
        spec.topologySpreadConstraints.append(Self.constraint(&dice))
      }
      if dice.chance(50) { spec.affinity = Self.affinity(&dice) }
    }
    self.dice = dice
    return spec
  }

  private static func selector(_ dice: inout Dice) -> LabelSelector? {
    switch dice.roll(8) {
    case 0: nil
    case 1:
      LabelSelector(matchExpressions: [
        LabelRequirement(key: "app", operator: .notIn, values: [dice.pick(apps)])
      ])
    default: LabelSelector(matchLabels: ["app": dice.pick(apps)])
    }
  }

  private static func constraint(_ dice: inout Dice) -> TopologySpreadConstraint {
    var constraint = TopologySpreadConstraint(
      maxSkew: Int64(1 + dice.roll(2)), topologyKey: dice.pick(keys),
      whenUnsatisfiable: dice.chance(50) ? .doNotSchedule : .scheduleAnyway,
      labelSelector: selector(&dice))
    if dice.chance(20), constraint.whenUnsatisfiable == .doNotSchedule {
      constraint.minDomains = Int64(1 + dice.roll(4))
    }
    if dice.chance(20) { constraint.matchLabelKeys = ["version"] }
    if dice.chance(20) { constraint.nodeAffinityPolicy = .ignore }
    if dice.chance(20) { constraint.nodeTaintsPolicy = .honor }
    return constraint
  }

  private static func term(_ dice: inout Dice) -> PodAffinityTerm {
    var term = PodAffinityTerm(labelSelector: selector(&dice), topologyKey: dice.pick(keys))
    switch dice.roll(5) {
    case 0: term.namespaces = ["one", "two"]
    case 1: term.namespaceSelector = LabelSelector(matchLabels: ["team": "two"])
    case 2: term.namespaceSelector = LabelSelector()
    default: break
    }
    if dice.chance(15) { term.matchLabelKeys = ["version"] }
    if dice.chance(15) { term.mismatchLabelKeys = ["version"] }
    return term
  }

  private static func affinity(_ dice: inout Dice) -> Affinity {
    var affinity = Affinity()
    if dice.chance(20) {
      affinity.requiredNodeTerms = [
        NodeSelectorTerm(matchExpressions: [
          LabelRequirement(key: "disk", operator: .in, values: ["ssd"])
        ])
      ]
    }
    if dice.chance(30) {
      affinity.preferredNodeTerms = [
        PreferredNodeTerm(
          weight: Int64(1 + dice.roll(100)),
          term: NodeSelectorTerm(matchExpressions: [
            LabelRequirement(key: "rack", operator: .exists)
          ]))
      ]
    }
    if dice.chance(25) { affinity.requiredPodAffinity = [term(&dice)] }
    if dice.chance(8) { affinity.requiredPodAffinity.append(term(&dice)) }
    if dice.chance(30) { affinity.requiredPodAntiAffinity = [term(&dice)] }
    if dice.chance(30) {
      affinity.preferredPodAffinity = [
        WeightedPodAffinityTerm(weight: Int64(1 + dice.roll(100)), term: term(&dice))
      ]
    }
    if dice.chance(30) {
      affinity.preferredPodAntiAffinity = [
        WeightedPodAffinityTerm(weight: Int64(1 + dice.roll(100)), term: term(&dice))
      ]
    }
    return affinity
  }
}

extension Range<Int> {
  func randomElement(_ dice: inout Dice) -> Int? {
    isEmpty ? nil : lowerBound + dice.roll(count)
  }
}
