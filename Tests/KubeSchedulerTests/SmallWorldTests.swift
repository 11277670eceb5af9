import KubernetesObjects
import Testing

@testable import KubeScheduler

/// Every world of up to four pods on up to three nodes over a small grid of requests.
@Suite struct SmallWorldTests {
  private static let kinds: [Shared<PodBlueprint>] = {
    var affinity = Affinity()
    affinity.requiredPodAntiAffinity = [
      PodAffinityTerm(
        labelSelector: LabelSelector(matchLabels: ["app": "a"]),
        topologyKey: WellKnownLabel.hostname)
    ]
    return [
      makeSpec(cpu: 400), makeSpec(cpu: 700, memoryMiB: 600), makeSpec(memoryMiB: 600),
      makeSpec(cpu: 700) { $0.priority = 5 },
      makeSpec(cpu: 200) {
        $0.affinity = affinity
        $0.priority = 5
      },
    ]
  }()

  /// All sequences of `length` numbers below `base`.
  private func sequences(_ length: Int, below base: Int) -> [[Int]] {
    (0..<length).reduce([[]]) { found, _ in
      found.flatMap { head in (0..<base).map { head + [$0] } }
    }
  }

  @Test(
    "No node is overfull, no anti-affinity broken, no equal evicted, and whatever fits is placed",
    arguments: 1...3)
  func invariants(nodeCount: Int) {
    let nodes = (0..<nodeCount).map { makeNode("n\($0)", cpu: 1000, memoryMiB: 1000, pods: 3) }
    for length in 1...4 {
      for world in sequences(length, below: Self.kinds.count) {
        run(world, nodes)
      }
    }
  }

  private func run(_ world: [Int], _ nodes: [Node]) {
    var snapshot = SchedulerSnapshot(nodes)
    var cycle = SchedulingCycle()
    var plain = PlainScheduler()
    plain.nodes = nodes
    for (index, kind) in world.enumerated() {
      let pod = makePod(UInt32(index), Self.kinds[kind])
      let decision = cycle.decide(pod, in: &snapshot)
      let expected = plain.decide(pod)
      #expect(Set(snapshot.names(decision.feasible)) == Set(expected.scores.keys), "\(world)")
      if let node = decision.best.first {
        snapshot.addPod(pod, to: node)
        plain.placed.append(.init(pod: pod, node: snapshot.nodeName(node)))
      } else if let preemption = decision.diagnosis?.preemption {
        for candidate in preemption.candidates {
          checkVictims(candidate, pod, plain, snapshot.nodeName(candidate.node), world)
        }
      }
    }
    check(plain, world)
  }

  /// The victims are less important, enough, and none of them could have stayed.
  private func checkVictims(
    _ candidate: PreemptionCandidate, _ pod: PodRef, _ plain: PlainScheduler, _ node: String,
    _ world: [Int]
  ) {
    let victims = plain.placed.filter { candidate.victims.contains($0.pod.key) }
    #expect(!victims.isEmpty && victims.count == candidate.victims.count)
    #expect(victims.allSatisfy { $0.node == node && $0.pod.priority < pod.priority }, "\(world)")
    func fits(without keys: [UInt32]) -> Bool {
      var after = plain
      after.placed.removeAll { keys.contains($0.pod.key) }
      return after.decide(pod).scores[node] != nil
    }
    #expect(fits(without: candidate.victims), "\(world)")
    for spared in candidate.victims {
      #expect(!fits(without: candidate.victims.filter { $0 != spared }), "\(world)")
    }
  }

  private func check(_ plain: PlainScheduler, _ world: [Int]) {
    for node in plain.nodes {
      let here = plain.pods(on: node)
      let requests = here.map(\.spec.value.requests)
      #expect(here.count <= 3, "\(world)")
      #expect(requests.reduce(0) { $0 + $1.milliCPU } <= 1000, "\(world)")
      #expect(requests.reduce(0) { $0 + $1.memory } <= 1000 << 20, "\(world)")
      let apart = here.contains { $0.spec.value.spec.affinity != nil }
      #expect(!apart || here.count == 1, "\(world)")
    }
  }
}
