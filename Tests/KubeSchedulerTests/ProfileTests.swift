import Conformance
import KubeScheduler
import KubernetesObjects
import SimulationKernel
import Testing

/// What a profile other than the default one changes.
@Suite struct ProfileTests {
  private func placed(
    weight: Int32, _ detail: SchedulingCycle.Detail = .tables
  ) -> [String: Int64]? {
    var profile = SchedulerProfile.kubernetes1_36
    profile.hardPodAffinityWeight = weight
    var cycle = SchedulingCycle(profile: profile)
    var snapshot = SchedulerSnapshot([makeNode("a", zone: "x"), makeNode("b", zone: "y")])
    let term = PodAffinityTerm(
      labelSelector: LabelSelector(matchLabels: ["app": "new"]), topologyKey: WellKnownLabel.zone)
    let preferred = PodAffinityTerm(
      labelSelector: LabelSelector(matchLabels: ["app": "new"]), topologyKey: WellKnownLabel.zone)
    snapshot.addPod(
      makePod(
        1,
        makeSpec {
          $0.affinity = Affinity(); $0.affinity?.requiredPodAffinity = [term]
        }),
      to: "a")
    snapshot.addPod(
      makePod(
        2,
        makeSpec {
          $0.affinity = Affinity()
          $0.affinity?.preferredPodAffinity = [
            WeightedPodAffinityTerm(weight: 10, term: preferred)
          ]
        }), to: "b")
    let decision = cycle.decide(
      makePod(3, labels: ["app": "new"]), in: &snapshot, detail: detail)
    return decision.scores(.interPodAffinity, snapshot)
  }

  @Test("hardPodAffinityWeight weighs what placed pods require against what they prefer")
  func hardPodAffinityWeight() {
    // b's preference weighs 10; a's requirement as much as the profile says.
    #expect(placed(weight: 1) == ["a": 0, "b": 200])
    #expect(placed(weight: 10) == ["a": 0, "b": 0])
    #expect(placed(weight: 90) == ["a": 200, "b": 0])
    #expect(placed(weight: 0) == ["a": 0, "b": 200])
  }

  @Test("A snapshot that two profiles use in turn gives each its own weight")
  func turns() {
    var snapshot = SchedulerSnapshot([makeNode("a", zone: "x"), makeNode("b", zone: "y")])
    let term = PodAffinityTerm(
      labelSelector: LabelSelector(matchLabels: ["app": "new"]), topologyKey: WellKnownLabel.zone)
    snapshot.addPod(
      makePod(
        1,
        makeSpec {
          $0.affinity = Affinity(); $0.affinity?.requiredPodAffinity = [term]
        }),
      to: "a")
    var without = SchedulerProfile.kubernetes1_36
    without.hardPodAffinityWeight = 0
    var cycles = [SchedulingCycle(), SchedulingCycle(profile: without)]
    let pod = makePod(3, labels: ["app": "new"])
    for _ in 0..<2 {
      let with = cycles[0].decide(pod, in: &snapshot, detail: .tables)
      #expect(with.scores(.interPodAffinity, snapshot) == ["a": 200, "b": 0])
      let none = cycles[1].decide(pod, in: &snapshot, detail: .tables)
      #expect(none.scores(.interPodAffinity, snapshot) == nil)
    }
  }

  @Test("Without the fit filter a full node is feasible, and resources are still scored")
  func scoresWithoutFilter() {
    var profile = SchedulerProfile.kubernetes1_36
    profile.filters.removeAll { $0 == .nodeResourcesFit }
    var cycle = SchedulingCycle(profile: profile)
    var snapshot = SchedulerSnapshot([makeNode("a", cpu: 100), makeNode("b", cpu: 4000)])
    let decision = cycle.decide(
      makePod(1, makeSpec(cpu: 1000, memoryMiB: 0)), in: &snapshot, detail: .tables)
    #expect(snapshot.names(decision.feasible).sorted() == ["a", "b"])
    // a: (0 + 100) / 2, b: (75 + 100) / 2.
    #expect(decision.scores(.nodeResourcesFit, snapshot) == ["a": 50, "b": 87])
  }

  @Test("A pod goes by the profile its schedulerName names; an unknown one is left alone")
  func schedulerNames() {
    var packing = SchedulerProfile.recorded
    packing.name = "packing"
    packing.scoringStrategy = .mostAllocated(ScoringStrategy.cpuAndMemory)
    packing.scores = [.init(.nodeResourcesFit, weight: 1)]
    var spreading = packing
    spreading.name = "spreading"
    spreading.scoringStrategy = .leastAllocated(ScoringStrategy.cpuAndMemory)
    func pod(_ name: String, by scheduler: String, gates: [String] = []) -> ManifestObject {
      let spec = makeSpec(cpu: 500, memoryMiB: 512) {
        $0.schedulerName = scheduler
        $0.schedulingGates = gates
      }
      return .pod(Pod(metadata: ObjectMeta(name: name), spec: spec))
    }
    var standing = Pod(
      metadata: ObjectMeta(name: "standing"), spec: makeSpec(cpu: 1000, memoryMiB: 1024))
    standing.nodeName = "b"
    let world = SchedulerRecording([
      .node(makeNode("a")), .node(makeNode("b")), .pod(standing), pod("p", by: "packing"),
      pod("q", by: "spreading"), pod("r", by: "nobody"), pod("s", by: "packing", gates: ["g"]),
    ])
    let run = SchedulerDryRun(world, profiles: [packing, spreading])
    #expect(run.results.map(\.node) == ["b", "a", "", ""])
    #expect(run.results[2].attempts[0].message == "No profile is called 'nobody'.")
    #expect(
      run.results[3].attempts[0].message
        == "Scheduling is blocked due to non-empty scheduling gates")
  }

  @Test("Random ties choose every best node in turn of the seed, and one seed the same again")
  func ties() {
    let pod = ManifestObject.pod(Pod(metadata: ObjectMeta(name: "p"), spec: makeSpec(cpu: 100)))
    let world = SchedulerRecording(
      ["a", "b", "c"].map { ManifestObject.node(makeNode($0)) } + [pod])
    func choice(_ seed: UInt64) -> String {
      let stream = RandomStreams(seed: seed).stream("ties")
      return SchedulerDryRun(world, ties: stream).results[0].node
    }
    #expect(Set((0..<30).map { choice($0) }) == ["a", "b", "c"])
    #expect(choice(7) == choice(7))
    #expect(SchedulerDryRun(world).results[0].node == "a")
  }

  @Test("Of a dump, terminal pods take no room and those of higher priority are tried first")
  func dump() {
    func pod(_ name: String, priority: Int32?, className: String? = nil) -> Pod {
      let spec = makeSpec(cpu: 3000) {
        $0.priority = priority
        $0.priorityClassName = className
      }
      return Pod(metadata: ObjectMeta(name: name), spec: spec)
    }
    var done = pod("done", priority: 0)
    done.nodeName = "a"
    done.status.phase = .succeeded
    var world = SchedulerRecording([
      .node(makeNode("a")), .pod(done), .pod(pod("low", priority: 5)),
      .pod(pod("high", priority: nil, className: "system-node-critical")),
    ])
    let run = SchedulerDryRun(world)
    #expect(run.results.map(\.pod) == ["high", "low"])
    #expect(run.results.map(\.node) == ["a", ""])
    #expect(run.text.contains("Insufficient cpu: asks for 3; the freest, a, has 1 left: 2 more"))
    world.pods[0].boundNode = "a"
    world.unbind()
    #expect(world.pods.allSatisfy { $0.boundNode == nil })
  }

  @Test("An administrator's node affinity is asked of every pod and scores with its own")
  func addedAffinity() {
    var snapshot = SchedulerSnapshot([
      makeNode("a", labels: ["pool": "x"]), makeNode("b", labels: ["pool": "x", "disk": "ssd"]),
      makeNode("c"),
    ])
    var profile = SchedulerProfile.kubernetes1_36
    func term(_ key: String, _ value: String) -> NodeSelectorTerm {
      NodeSelectorTerm(matchExpressions: [
        LabelRequirement(key: key, operator: .in, values: [value])
      ])
    }
    profile.addedAffinity = AddedNodeAffinity(
      required: [term("pool", "x")],
      preferred: [PreferredNodeTerm(weight: 7, term: term("disk", "ssd"))])
    var cycle = SchedulingCycle(profile: profile)
    let decision = cycle.decide(makePod(1), in: &snapshot, detail: .tables)
    #expect(
      decision.reasons(snapshot, profile)
        == ["c": ["node(s) didn't match scheduler-enforced node affinity"]])
    #expect(decision.scores(.nodeAffinity, snapshot) == ["a": 0, "b": 200])
  }

  @Test("An extended resource that an extender looks after is not asked of nodes")
  func ignoredResources() {
    var snapshot = SchedulerSnapshot([makeNode("a")])
    let pod = makePod(1, makeSpec(extended: [("example.com/license", 1), ("other.io/fpga", 1)]))
    var profile = SchedulerProfile.kubernetes1_36
    func reasons() -> [String] {
      var cycle = SchedulingCycle(profile: profile)
      let decision = cycle.decide(pod, in: &snapshot)
      return decision.reasons(snapshot, profile)["a"] ?? []
    }
    #expect(
      reasons() == ["Insufficient example.com/license", "Insufficient other.io/fpga"])
    profile.ignoredResources = ["example.com/license"]
    #expect(reasons() == ["Insufficient other.io/fpga"])
    profile.ignoredResourceGroups = ["other.io"]
    #expect(reasons() == [])
  }

  @Test("Preferences of placed pods may be left out for pods without any of their own")
  func ignoredPreferences() {
    var affinity = Affinity()
    affinity.preferredPodAffinity = [
      WeightedPodAffinityTerm(
        weight: 10,
        term: PodAffinityTerm(
          labelSelector: LabelSelector(matchLabels: ["app": "a"]),
          topologyKey: WellKnownLabel.hostname))
    ]
    var snapshot = SchedulerSnapshot([makeNode("a"), makeNode("b")])
    snapshot.addPod(makePod(1, makeSpec { $0.affinity = affinity }), to: "a")
    func scores(_ profile: SchedulerProfile) -> [String: Int64]? {
      var cycle = SchedulingCycle(profile: profile)
      let decision = cycle.decide(makePod(2), in: &snapshot, detail: .tables)
      return decision.scores(.interPodAffinity, snapshot)
    }
    var profile = SchedulerProfile.kubernetes1_36
    #expect(scores(profile) == ["a": 200, "b": 0])
    profile.ignoresPreferencesOfPlacedPods = true
    #expect(scores(profile) == nil)
  }

  @Test("The search for victims ends with as many candidates as the profile asks for")
  func candidates() throws {
    let nodes = (0..<10).map { makeNode("n\($0)", cpu: 1000) }
    var snapshot = SchedulerSnapshot(nodes)
    for key in 0..<10 {
      snapshot.addPod(makePod(UInt32(key), makeSpec(cpu: 1000)), to: "n\(key)")
    }
    let pod = makePod(99, makeSpec(cpu: 1000) { $0.priority = 5 })
    func count(_ profile: SchedulerProfile) -> Int? {
      var cycle = SchedulingCycle(profile: profile)
      return cycle.decide(pod, in: &snapshot).diagnosis?.preemption?.candidates.count
    }
    var profile = SchedulerProfile.kubernetes1_36
    #expect(count(profile) == 10)
    profile.minCandidateNodesAbsolute = 3
    #expect(count(profile) == 3)
    profile.minCandidateNodesPercentage = 50
    #expect(count(profile) == 5)
  }

  @Test("Node terms that exclude each other name no node at all")
  func conflictingNames() {
    func name(_ value: String) -> LabelRequirement {
      LabelRequirement(key: "metadata.name", operator: .in, values: [value])
    }
    var affinity = Affinity()
    affinity.requiredNodeTerms = [NodeSelectorTerm(matchFields: [name("a"), name("b")])]
    var snapshot = SchedulerSnapshot([makeNode("a"), makeNode("b")])
    var cycle = SchedulingCycle()
    let decision = cycle.decide(
      makePod(1, makeSpec { $0.affinity = affinity }), in: &snapshot)
    #expect(
      decision.diagnosis?.message == "0/2 nodes are available: pod affinity terms conflict.")
  }
}
