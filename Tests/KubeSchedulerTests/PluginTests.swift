import KubernetesObjects
import Testing

@testable import KubeScheduler

/// One table a plugin, from its rule.
@Suite struct PluginTests {
  private func decide(
    _ pod: PodRef, _ nodes: [Node], placed: [(PodRef, String)] = [],
    profile: SchedulerProfile = .kubernetes1_36
  ) -> (decision: SchedulingDecision, snapshot: SchedulerSnapshot) {
    var snapshot = SchedulerSnapshot(nodes)
    for (other, node) in placed { snapshot.addPod(other, to: node) }
    var cycle = SchedulingCycle(profile: profile)
    let decision = cycle.decide(pod, in: &snapshot, detail: .tables)
    return (decision, snapshot)
  }

  @Test("A cordoned node takes only pods that tolerate the cordon")
  func cordon() {
    let nodes = [makeNode("a", unschedulable: true), makeNode("b")]
    let (plain, snapshot) = decide(makePod(1), nodes)
    #expect(snapshot.names(plain.feasible) == ["b"])
    #expect(plain.reasons(snapshot) == ["a": ["node(s) were unschedulable"]])
    let tolerant = makeSpec {
      $0.tolerations = [
        Toleration(key: "node.kubernetes.io/unschedulable", operator: .exists)
      ]
    }
    #expect(decide(makePod(1, tolerant), nodes).decision.feasible.count == 2)
  }

  @Test("A pod that names its node fits nowhere else")
  func nodeName() {
    let spec = makeSpec { $0.nodeName = "b" }
    let (decision, snapshot) = decide(makePod(1, spec), [makeNode("a"), makeNode("b")])
    #expect(snapshot.names(decision.feasible) == ["b"])
    #expect(decision.reasons(snapshot)["a"] == ["node(s) didn't match the requested node name"])
  }

  @Test(
    "NoSchedule and NoExecute taints repel, PreferNoSchedule only costs points",
    arguments: [
      (Taint.Effect.noSchedule, ["b"], Int64(300)), (.noExecute, ["b"], 300),
      (.preferNoSchedule, ["a", "b"], 0),
    ])
  func taints(effect: Taint.Effect, feasible: [String], scoreOfA: Int64) {
    let nodes = [
      makeNode("a", taints: [Taint(key: "k", value: "v", effect: effect)]), makeNode("b"),
    ]
    let (decision, snapshot) = decide(makePod(1), nodes)
    #expect(snapshot.names(decision.feasible).sorted() == feasible)
    let scores = decision.scores(.taintToleration, snapshot)
    #expect(scores?["a"] ?? 300 == scoreOfA)
    #expect(scores?["b"] == 300)
  }

  @Test("Taint scores fall with the number of untolerated soft taints, from 100 to 0")
  func taintScale() {
    func soft(_ count: Int) -> [Taint] {
      (0..<count).map { Taint(key: "k\($0)", effect: .preferNoSchedule) }
    }
    let nodes = [makeNode("a"), makeNode("b", taints: soft(1)), makeNode("c", taints: soft(3))]
    let (decision, snapshot) = decide(makePod(1), nodes)
    // 100 − 100·1/3 = 67 with the division cut off, times the weight 3.
    #expect(decision.scores(.taintToleration, snapshot) == ["a": 300, "b": 201, "c": 0])
  }

  @Test("Node selector terms are alternatives, their requirements must all hold")
  func nodeAffinityTerms() {
    let nodes = [
      makeNode("a", labels: ["disk": "ssd", "gen": "4"]),
      makeNode("b", labels: ["disk": "ssd", "gen": "2"]),
      makeNode("c", labels: ["disk": "hdd", "gen": "9"]), makeNode("d"),
    ]
    func feasible(_ terms: [NodeSelectorTerm], _ selector: Labels = [:]) -> [String] {
      let spec = makeSpec {
        $0.affinity = Affinity()
        $0.affinity?.requiredNodeTerms = terms
        $0.nodeSelector = selector
      }
      let (decision, snapshot) = decide(makePod(1, spec), nodes)
      return snapshot.names(decision.feasible).sorted()
    }
    let ssd = LabelRequirement(key: "disk", operator: .in, values: ["ssd"])
    let new = LabelRequirement(key: "gen", operator: .greaterThan, values: ["3"])
    #expect(feasible([NodeSelectorTerm(matchExpressions: [ssd, new])]) == ["a"])
    #expect(
      feasible([
        NodeSelectorTerm(matchExpressions: [ssd]), NodeSelectorTerm(matchExpressions: [new]),
      ]) == ["a", "b", "c"])
    #expect(feasible([NodeSelectorTerm()]) == [], "a term that asks for nothing matches nothing")
    #expect(feasible([]) == [], "no alternative at all matches nothing")
    #expect(
      feasible([NodeSelectorTerm(matchExpressions: [ssd])], ["gen": "2"]) == ["b"],
      "the selector holds beside the terms")
    let notSSD = LabelRequirement(key: "disk", operator: .notIn, values: ["ssd"])
    #expect(
      feasible([NodeSelectorTerm(matchExpressions: [notSSD])]) == ["c", "d"],
      "NotIn matches a node without the label")
  }

  @Test("Preferred node terms score by their weights' sum, scaled to the best node")
  func nodePreference() {
    let spec = makeSpec {
      $0.affinity = Affinity()
      $0.affinity?.preferredNodeTerms = [("disk", 30), ("fast", 10)].map { key, weight in
        PreferredNodeTerm(
          weight: Int64(weight),
          term: NodeSelectorTerm(matchExpressions: [
            LabelRequirement(key: key, operator: .exists)
          ]))
      }
    }
    let nodes = [
      makeNode("a", labels: ["disk": "x", "fast": "y"]), makeNode("b", labels: ["disk": "x"]),
      makeNode("c"),
    ]
    let (decision, snapshot) = decide(makePod(1, spec), nodes)
    #expect(decision.scores(.nodeAffinity, snapshot) == ["a": 200, "b": 150, "c": 0])
    #expect(decide(makePod(1), nodes).decision.scores(.nodeAffinity, snapshot) == nil)
  }

  @Test("Terms that name nodes leave the others unexamined, as daemon pods need it")
  func namedNodes() {
    let spec = makeSpec {
      $0.affinity = Affinity()
      $0.affinity?.requiredNodeTerms = [
        NodeSelectorTerm(matchFields: [
          LabelRequirement(key: "metadata.name", operator: .in, values: ["b"])
        ])
      ]
    }
    let nodes = [makeNode("a"), makeNode("b", pods: 0), makeNode("c")]
    let (decision, _) = decide(makePod(1, spec), nodes)
    #expect(
      decision.diagnosis?.message
        == "0/3 nodes are available: 1 Too many pods, "
        + "2 node(s) didn't satisfy plugin(s) [NodeAffinity].")
    #expect(decision.diagnosis?.rejectedBy == [.nodeAffinity, .nodeResourcesFit])
  }

  @Test("Host ports clash by protocol and address; 0.0.0.0 stands for every address")
  func ports() {
    func spec(_ port: Int64, _ address: String = "", _ word: ContainerPort.NetworkProtocol = .tcp)
      -> Shared<PodBlueprint>
    {
      makeSpec {
        $0.containers[0].ports = [
          ContainerPort(
            containerPort: 1, hostPort: port, hostIP: address, networkProtocol: word)
        ]
      }
    }
    func fits(_ mine: Shared<PodBlueprint>, beside other: Shared<PodBlueprint>) -> Bool {
      !decide(makePod(2, mine), [makeNode("a")], placed: [(makePod(1, other), "a")])
        .decision.feasible.isEmpty
    }
    #expect(!fits(spec(80), beside: spec(80)))
    #expect(fits(spec(80), beside: spec(81)))
    #expect(fits(spec(80), beside: spec(80, "", .udp)))
    #expect(!fits(spec(80, "10.0.0.1"), beside: spec(80)))
    #expect(fits(spec(80, "10.0.0.1"), beside: spec(80, "10.0.0.2")))
  }

  @Test("Every short resource is named; a pod that asks for nothing needs only a slot")
  func shortage() {
    let node = makeNode("a", cpu: 1000, memoryMiB: 1000, pods: 2, extended: [("x.io/gpu", 1)])
    let big = makeSpec(cpu: 800, memoryMiB: 800, extended: [("x.io/gpu", 1)])
    let (decision, snapshot) = decide(makePod(2, big), [node], placed: [(makePod(1, big), "a")])
    #expect(
      decision.reasons(snapshot)["a"]
        == ["Insufficient cpu", "Insufficient memory", "Insufficient x.io/gpu"])
    #expect(!decide(makePod(2), [node], placed: [(makePod(1, big), "a")]).decision.feasible.isEmpty)
    let full = [(makePod(1), "a"), (makePod(3), "a")]
    let (crowded, after) = decide(makePod(2), [node], placed: full)
    #expect(crowded.reasons(after)["a"] == ["Too many pods"])
  }

  @Test("Init containers and sidecars decide the request that has to fit")
  func initContainers() {
    func spec(_ sidecar: Bool) -> Shared<PodBlueprint> {
      makeSpec(cpu: 300) {
        var first = Container(name: "i")
        first.resources.requests["cpu"] = amount(600)
        first.restartPolicy = sidecar ? .always : nil
        $0.initContainers = [first]
      }
    }
    func fits(_ cpu: Int64, _ sidecar: Bool) -> Bool {
      !decide(makePod(1, spec(sidecar)), [makeNode("a", cpu: cpu)]).decision.feasible.isEmpty
    }
    #expect(fits(600, false), "an init container runs before the others")
    #expect(!fits(599, false))
    #expect(fits(900, true), "a sidecar runs beside the others")
    #expect(!fits(899, true))
  }

  @Test(
    "The three ways to rank by resources, on a node that would be half and a quarter full",
    arguments: [
      (ScoringStrategy.leastAllocated(ScoringStrategy.cpuAndMemory), Int64(62)),
      (.mostAllocated(ScoringStrategy.cpuAndMemory), 37),
      (.leastAllocated([.init("cpu", weight: 3), .init("memory", weight: 1)]), 56),
      (
        .requestedToCapacityRatio(
          ScoringStrategy.cpuAndMemory,
          shape: [.init(utilization: 0, score: 0), .init(utilization: 100, score: 10)]), 38
      ),
      (
        // cpu scores 0 at half and drops out: only memory's 50 is left.
        .requestedToCapacityRatio(
          ScoringStrategy.cpuAndMemory,
          shape: [.init(utilization: 0, score: 10), .init(utilization: 50, score: 0)]), 50
      ),
    ])
  func strategies(strategy: ScoringStrategy, score: Int64) {
    var profile = SchedulerProfile.kubernetes1_36
    profile.scoringStrategy = strategy
    let (decision, snapshot) = decide(
      makePod(1, makeSpec(cpu: 2000, memoryMiB: 2048)), [makeNode("a")], profile: profile)
    #expect(decision.scores(.nodeResourcesFit, snapshot) == ["a": score])
  }

  @Test("A container without requests counts as 100m and 200 MiB in scores only")
  func nonZeroRequests() {
    let (decision, snapshot) = decide(makePod(1), [makeNode("a", cpu: 1000, memoryMiB: 1000)])
    // (90 + 80) / 2
    #expect(decision.scores(.nodeResourcesFit, snapshot) == ["a": 85])
    #expect(decision.scores(.balancedAllocation, snapshot) == nil)
  }

  @Test("Balance is rated by the change the pod makes: 50 + (50 + after − before) / 2")
  func balance() {
    let nodes = [makeNode("a", cpu: 1000, memoryMiB: 1000)]
    let (fresh, one) = decide(makePod(1, makeSpec(cpu: 500)), nodes)
    // before 100; after 100 − 100·0.25 = 75: 50 + 25 / 2.
    #expect(fresh.scores(.balancedAllocation, one) == ["a": 62])
    let (mended, two) = decide(
      makePod(2, makeSpec(memoryMiB: 500)), nodes,
      placed: [(makePod(1, makeSpec(cpu: 500)), "a")])
    #expect(mended.scores(.balancedAllocation, two) == ["a": 87])
  }

  @Test("Images on a node draw pods by size, scaled by how many nodes hold them")
  func images() {
    var holder = makeNode("a")
    holder.status.images = [
      ContainerImage(names: ["app:latest", "app@sha256:1"], sizeBytes: 1000 << 20)
    ]
    let nodes = [holder, makeNode("b")]
    let (decision, snapshot) = decide(makePod(1, makeSpec(image: "app")), nodes)
    // Half of the nodes hold it: 500 MiB; 100·(500 − 23)/(1000 − 23) = 48.
    #expect(decision.scores(.imageLocality, snapshot) == ["a": 48, "b": 0])
    let (other, after) = decide(makePod(1, makeSpec(image: "app:v2")), nodes)
    #expect(other.scores(.imageLocality, after) == ["a": 0, "b": 0])
  }

  @Test("An impossible amount gives an answer, not a crash")
  func hugeAmounts() {
    let huge = makeNode("a", cpu: .max / 2, memoryMiB: 1)
    let spec = makeSpec(cpu: .max / 4)
    let (decision, _) = decide(
      makePod(2, spec), [huge, makeNode("b")], placed: [(makePod(1, spec), "a")])
    #expect(decision.feasible.count <= 1)
    #expect(decision.failures.count >= 1)
  }
}
