import KubernetesObjects
import Testing

@testable import KubeScheduler

/// Topology spread and inter-pod affinity, from their rules.
@Suite struct PodPlacementTests {
  private let app = LabelSelector(matchLabels: ["app": "a"])

  private func zones(_ names: [String]) -> [Node] {
    names.map { makeNode($0, zone: String($0.prefix(1))) }
  }

  private func spreadSpec(
    _ adjust: (inout TopologySpreadConstraint) -> Void = { _ in }
  ) -> Shared<PodBlueprint> {
    var constraint = TopologySpreadConstraint(
      maxSkew: 1, topologyKey: WellKnownLabel.zone, whenUnsatisfiable: .doNotSchedule,
      labelSelector: app)
    adjust(&constraint)
    return makeSpec { $0.topologySpreadConstraints = [constraint] }
  }

  private func feasible(
    _ pod: PodRef, _ nodes: [Node], _ placed: [(PodRef, String)] = [],
    namespaces: [String: Labels] = [:]
  ) -> [String] {
    var snapshot = SchedulerSnapshot(nodes)
    for (name, labels) in namespaces { snapshot.setNamespace(name, labels: labels) }
    for (other, node) in placed { snapshot.addPod(other, to: node) }
    var cycle = SchedulingCycle()
    return snapshot.names(cycle.decide(pod, in: &snapshot).feasible).sorted()
  }

  // MARK: Spreading

  @Test("A zone that is ahead by maxSkew takes no more; another namespace's pods do not count")
  func hardSpread() {
    let nodes = zones(["x1", "y1"])
    let pod = makePod(9, spreadSpec())
    #expect(feasible(pod, nodes, [(makePod(1), "x1")]) == ["y1"])
    #expect(feasible(pod, nodes, [(makePod(1, namespace: "other"), "x1")]) == ["x1", "y1"])
    #expect(feasible(pod, nodes, [(makePod(1, labels: ["app": "b"]), "x1")]) == ["x1", "y1"])
  }

  @Test("Terminating pods no longer count for spreading")
  func terminating() {
    var leaving = makePod(1)
    leaving.isTerminating = true
    #expect(feasible(makePod(9, spreadSpec()), zones(["x1", "y1"]), [(leaving, "x1")]).count == 2)
  }

  @Test("With fewer domains than minDomains the least count is taken to be 0")
  func minDomains() {
    let nodes = zones(["x1", "y1"])
    let placed = [(makePod(1), "x1"), (makePod(2), "y1")]
    #expect(feasible(makePod(9, spreadSpec()), nodes, placed) == ["x1", "y1"])
    #expect(feasible(makePod(9, spreadSpec { $0.minDomains = 2 }), nodes, placed).count == 2)
    #expect(feasible(makePod(9, spreadSpec { $0.minDomains = 3 }), nodes, placed) == [])
  }

  @Test("A node without the topology label is out, and preemption cannot help it")
  func missingLabel() {
    var snapshot = SchedulerSnapshot([makeNode("a")])
    var cycle = SchedulingCycle()
    let decision = cycle.decide(makePod(9, spreadSpec()), in: &snapshot)
    #expect(
      decision.diagnosis?.fullMessage
        == "0/1 nodes are available: 1 node(s) didn't match pod topology spread constraints "
        + "(missing required label). no new claims to deallocate, preemption: 0/1 nodes are "
        + "available: 1 Preemption is not helpful for scheduling.")
    #expect(decision.diagnosis?.rejectedBy == [.podTopologySpread])
  }

  @Test("nodeAffinityPolicy Honor leaves out the nodes that the pod may not use, Ignore does not")
  func affinityPolicy() {
    let nodes = [
      makeNode("x1", zone: "x", labels: ["disk": "ssd"]), makeNode("y1", zone: "y"),
    ]
    func pod(_ policy: TopologySpreadConstraint.NodeInclusionPolicy) -> PodRef {
      var spec = spreadSpec { $0.nodeAffinityPolicy = policy }.value.spec
      spec.nodeSelector = ["disk": "ssd"]
      return makePod(9, Shared(PodBlueprint(spec)))
    }
    // Zone y is empty; if it counts, x is ahead already.
    #expect(feasible(pod(.honor), nodes, [(makePod(1), "x1")]) == ["x1"])
    #expect(feasible(pod(.ignore), nodes, [(makePod(1), "x1")]) == [])
  }

  @Test("nodeTaintsPolicy Honor leaves out tainted nodes, Ignore counts them")
  func taintsPolicy() {
    let nodes = [
      makeNode("x1", zone: "x"),
      makeNode("y1", zone: "y", taints: [Taint(key: "t", effect: .noSchedule)]),
    ]
    func pod(_ policy: TopologySpreadConstraint.NodeInclusionPolicy) -> PodRef {
      makePod(9, spreadSpec { $0.nodeTaintsPolicy = policy })
    }
    #expect(feasible(pod(.ignore), nodes, [(makePod(1), "x1")]) == [])
    #expect(feasible(pod(.honor), nodes, [(makePod(1), "x1")]) == ["x1"])
  }

  @Test("matchLabelKeys spread each version by itself")
  func matchLabelKeys() {
    let nodes = zones(["x1", "y1"])
    let spec = spreadSpec { $0.matchLabelKeys = ["version"] }
    let old = makePod(1, labels: ["app": "a", "version": "1"])
    let new = makePod(9, spec, labels: ["app": "a", "version": "2"])
    #expect(feasible(new, nodes, [(old, "x1")]) == ["x1", "y1"])
    let same = makePod(9, spec, labels: ["app": "a", "version": "1"])
    #expect(feasible(same, nodes, [(old, "x1")]) == ["y1"])
  }

  @Test("A ReplicaSet's or Service's pods spread by default, bare pods do not")
  func defaultSpreading() {
    var snapshot = SchedulerSnapshot(zones(["x1", "x2", "y1"]))
    snapshot.setSelector(app, of: .replicaSet, namespace: "default", name: "rs")
    snapshot.addPod(makePod(1), to: "x1")
    var cycle = SchedulingCycle()
    let owned = cycle.decide(makePod(9, owner: "rs"), in: &snapshot, detail: .tables)
    let scores = owned.scores(.podTopologySpread, snapshot)
    #expect(snapshot.names(owned.best) == ["y1"])
    #expect(scores?["y1"] == 200)
    let bare = cycle.decide(makePod(10), in: &snapshot, detail: .tables)
    #expect(bare.scores(.podTopologySpread, snapshot) == nil)
    snapshot.setService(namespace: "default", name: "s", selector: ["app": "a"])
    let served = cycle.decide(makePod(11), in: &snapshot, detail: .tables)
    #expect(served.scores(.podTopologySpread, snapshot) == scores)
    snapshot.removeService(namespace: "default", name: "s")
    let again = cycle.decide(makePod(12), in: &snapshot, detail: .tables)
    #expect(again.scores(.podTopologySpread, snapshot) == nil)
  }

  // MARK: Affinity

  private func term(
    _ key: String = WellKnownLabel.zone, _ adjust: (inout PodAffinityTerm) -> Void = { _ in }
  ) -> PodAffinityTerm {
    var term = PodAffinityTerm(labelSelector: app, topologyKey: key)
    adjust(&term)
    return term
  }

  private func spec(_ adjust: @escaping (inout Affinity) -> Void) -> Shared<PodBlueprint> {
    makeSpec {
      var affinity = Affinity()
      adjust(&affinity)
      $0.affinity = affinity
    }
  }

  @Test("Required affinity joins a domain; the first of a group may go anywhere")
  func requiredAffinity() {
    let nodes = zones(["x1", "y1"])
    let together = spec { $0.requiredPodAffinity = [self.term()] }
    #expect(feasible(makePod(9, together), nodes) == ["x1", "y1"])
    #expect(feasible(makePod(9, together, labels: ["app": "b"]), nodes) == [])
    #expect(feasible(makePod(9, together), nodes, [(makePod(1), "y1")]) == ["y1"])
    #expect(
      feasible(makePod(9, together), nodes, [(makePod(1, namespace: "other"), "y1")])
        == ["x1", "y1"], "the term means the pod's own namespace")
  }

  @Test("Required anti-affinity keeps apart from both sides")
  func antiAffinity() {
    let nodes = zones(["x1", "x2", "y1"])
    let apart = spec { $0.requiredPodAntiAffinity = [self.term()] }
    #expect(feasible(makePod(9, apart), nodes, [(makePod(1), "x1")]) == ["y1"])
    // The existing pod's term keeps a pod away that has none itself.
    #expect(feasible(makePod(9), nodes, [(makePod(1, apart), "x1")]) == ["y1"])
    #expect(
      feasible(makePod(9, labels: ["app": "b"]), nodes, [(makePod(1, apart), "x1")]).count == 3)
  }

  @Test("Namespaces, namespace selectors and label keys widen or narrow a term")
  func termScope() {
    let nodes = zones(["x1", "y1"])
    let other = [(makePod(1, namespace: "other"), "x1")]
    func apart(_ adjust: @escaping (inout PodAffinityTerm) -> Void) -> Shared<PodBlueprint> {
      spec { $0.requiredPodAntiAffinity = [self.term(WellKnownLabel.zone, adjust)] }
    }
    #expect(feasible(makePod(9, apart { _ in }), nodes, other).count == 2)
    #expect(feasible(makePod(9, apart { $0.namespaces = ["other"] }), nodes, other) == ["y1"])
    let byTeam = apart { $0.namespaceSelector = LabelSelector(matchLabels: ["team": "t"]) }
    #expect(feasible(makePod(9, byTeam), nodes, other).count == 2)
    #expect(
      feasible(makePod(9, byTeam), nodes, other, namespaces: ["other": ["team": "t"]]) == ["y1"])
    let all = apart { $0.namespaceSelector = LabelSelector() }
    #expect(feasible(makePod(9, all), nodes, other) == ["y1"])
    let versions = apart { $0.matchLabelKeys = ["version"] }
    let old = [(makePod(1, labels: ["app": "a", "version": "1"]), "x1")]
    #expect(
      feasible(makePod(9, versions, labels: ["app": "a", "version": "2"]), nodes, old).count == 2)
    #expect(
      feasible(makePod(9, versions, labels: ["app": "a", "version": "1"]), nodes, old) == ["y1"])
    let strangers = apart { $0.mismatchLabelKeys = ["version"] }
    #expect(
      feasible(makePod(9, strangers, labels: ["app": "a", "version": "2"]), nodes, old) == ["y1"])
  }

  @Test("Preferences of both sides add up, scaled from the worst node to the best")
  func preferences() {
    var snapshot = SchedulerSnapshot(zones(["x1", "y1", "z1"]))
    let near = spec {
      $0.preferredPodAffinity = [WeightedPodAffinityTerm(weight: 10, term: self.term())]
    }
    let far = spec {
      $0.preferredPodAntiAffinity = [WeightedPodAffinityTerm(weight: 30, term: self.term())]
    }
    snapshot.addPod(makePod(1), to: "x1")
    snapshot.addPod(makePod(2, far), to: "y1")
    var cycle = SchedulingCycle()
    let decision = cycle.decide(makePod(9, near), in: &snapshot, detail: .tables)
    // x: +10; y: +10 for the match, −30 by the other's wish; z: 0. From −20 to 10.
    #expect(decision.scores(.interPodAffinity, snapshot) == ["x1": 200, "y1": 0, "z1": 132])
  }

  @Test("Required affinity of pods that stand there draws with weight 1")
  func hardAffinitySymmetry() {
    var snapshot = SchedulerSnapshot(zones(["x1", "y1"]))
    snapshot.addPod(makePod(1, spec { $0.requiredPodAffinity = [self.term()] }), to: "y1")
    var cycle = SchedulingCycle()
    let decision = cycle.decide(makePod(9), in: &snapshot, detail: .tables)
    #expect(decision.scores(.interPodAffinity, snapshot) == ["x1": 0, "y1": 200])
  }
}
