import KubernetesObjects
import Testing

@testable import KubeScheduler

/// Which nodes are looked at, and in what order.
@Suite struct SearchTests {
  @Test(
    "The number of feasible nodes sought follows the size of the cluster",
    arguments: [
      (0, 0), (99, 99), (100, 100), (250, 120), (500, 230), (1000, 420), (2000, 680),
      (3000, 780), (5000, 500), (6000, 300), (10000, 500),
    ])
  func feasibleNodesToFind(nodes: Int, sought: Int) {
    #expect(SchedulerProfile.kubernetes1_36.feasibleNodesToFind(among: nodes) == sought)
  }

  @Test("A fixed percentage holds from a hundred nodes on, and never goes below a hundred")
  func percentage() {
    var profile = SchedulerProfile.kubernetes1_36
    profile.percentageOfNodesToScore = 30
    #expect(profile.feasibleNodesToFind(among: 50) == 50)
    #expect(profile.feasibleNodesToFind(among: 200) == 100)
    #expect(profile.feasibleNodesToFind(among: 1000) == 300)
    profile.percentageOfNodesToScore = 100
    #expect(profile.feasibleNodesToFind(among: 1000) == 1000)
    #expect(SchedulerProfile.kubernetes1_11.feasibleNodesToFind(among: 1000) == 1000)
  }

  @Test("A profile that scores nothing takes the first node that does, and goes on from there")
  func noScores() {
    var profile = SchedulerProfile.kubernetes1_36
    profile.scores = []
    var snapshot = SchedulerSnapshot(["a", "b", "c"].map { makeNode($0) })
    var cycle = SchedulingCycle(profile: profile)
    let found = (0..<4).map { key in
      snapshot.names(cycle.decide(makePod(UInt32(key)), in: &snapshot).best)
    }
    #expect(found == [["a"], ["b"], ["c"], ["a"]])
  }

  @Test("Nodes come one of each zone in turn, zones as they were first seen")
  func zoneOrder() {
    var snapshot = SchedulerSnapshot([
      makeNode("a1", zone: "a"), makeNode("a2", zone: "a"), makeNode("b1", zone: "b"),
      makeNode("a3", zone: "a"), makeNode("c1", zone: "c"), makeNode("b2", zone: "b"),
    ])
    #expect(snapshot.names(snapshot.nodesInOrder()) == ["a1", "b1", "c1", "a2", "b2", "a3"])
    snapshot.removeNode(named: "a1")
    #expect(snapshot.names(snapshot.nodesInOrder()) == ["a2", "b1", "c1", "a3", "b2"])
    snapshot.setNode(makeNode("c1", zone: "b"))
    #expect(snapshot.names(snapshot.nodesInOrder()) == ["a2", "b1", "a3", "b2", "c1"])
  }

  @Test("The next search starts where the last one ended, rejected nodes counted")
  func rotation() {
    let nodes = (0..<250).map { makeNode("n\($0)", unschedulable: $0 % 5 == 0) }
    var snapshot = SchedulerSnapshot(nodes)
    var cycle = SchedulingCycle()
    let first = cycle.decide(makePod(1), in: &snapshot)
    // 120 feasible ones are sought, and every fifth node is cordoned: 149 looked at + the start.
    #expect(first.feasible.count == 120)
    #expect(snapshot.nodeName(first.feasible[0]) == "n1")
    #expect(snapshot.nodeName(first.feasible[119]) == "n149")
    #expect(cycle.nextStart == 150)
    let second = cycle.decide(makePod(2), in: &snapshot)
    #expect(snapshot.nodeName(second.feasible[0]) == "n151")
    #expect(cycle.nextStart == (150 + 150) % 250)
  }

  @Test("A search in blocks ends exactly where one node by node would", arguments: 0..<30)
  func blocksEqualOneByOne(seed: Int) {
    var dice = Dice(seed: UInt64(seed))
    let count = 100 + dice.roll(200)
    let nodes = (0..<count).map { makeNode("n\($0)", unschedulable: dice.chance(60)) }
    var snapshot = SchedulerSnapshot(nodes)
    var cycle = SchedulingCycle()
    cycle.nextStart = dice.roll(count)
    let start = cycle.nextStart
    let wanted = cycle.profile.feasibleNodesToFind(among: count)
    var expected: [String] = []
    var examined = 0
    while examined < count && expected.count < wanted {
      let node = nodes[(start + examined) % count]
      if !node.unschedulable { expected.append(node.name) }
      examined += 1
    }
    let decision = cycle.decide(makePod(1), in: &snapshot)
    #expect(snapshot.names(decision.feasible) == expected)
    #expect(cycle.nextStart == (start + examined) % count)
  }

  @Test("Without nodes no plugin is to blame")
  func noNodes() {
    var snapshot = SchedulerSnapshot()
    var cycle = SchedulingCycle()
    let decision = cycle.decide(makePod(1), in: &snapshot)
    #expect(decision.diagnosis?.fullMessage == "no nodes available to schedule pods")
    #expect(decision.diagnosis?.rejectedBy == [])
  }

  @Test("A single feasible node is taken without being scored")
  func singleNode() {
    var snapshot = SchedulerSnapshot([makeNode("a"), makeNode("b", unschedulable: true)])
    var cycle = SchedulingCycle()
    let decision = cycle.decide(makePod(1), in: &snapshot)
    #expect(snapshot.names(decision.best) == ["a"])
    #expect(decision.bestTotal == 0)
  }

  @Test("Pods reported before their node count on it once it comes")
  func podsBeforeNode() {
    var snapshot = SchedulerSnapshot([makeNode("a", cpu: 100)])
    snapshot.addPod(makePod(1, makeSpec(cpu: 700)), to: "late")
    snapshot.setNode(makeNode("late", cpu: 1000))
    var cycle = SchedulingCycle()
    let decision = cycle.decide(makePod(2, makeSpec(cpu: 400)), in: &snapshot)
    #expect(decision.feasible.isEmpty)
    #expect(decision.failures.count == 2)
    snapshot.removePod(1)
    let second = cycle.decide(makePod(2, makeSpec(cpu: 400)), in: &snapshot)
    #expect(snapshot.names(second.best) == ["late"])
  }

  @Test("A copy of a snapshot is a checkpoint: what is done to one does not show in the other")
  func checkpoint() {
    var snapshot = SchedulerSnapshot([makeNode("a", cpu: 1000)])
    var cycle = SchedulingCycle()
    let pod = makePod(2, makeSpec(cpu: 600))
    #expect(!cycle.decide(pod, in: &snapshot).best.isEmpty)
    var copy = snapshot
    copy.addPod(makePod(1, makeSpec(cpu: 600)), to: "a")
    #expect(cycle.decide(pod, in: &copy).best.isEmpty)
    #expect(!cycle.decide(pod, in: &snapshot).best.isEmpty)
  }

  @Test("Checking one node gives the first failing plugin's reasons")
  func check() throws {
    var snapshot = SchedulerSnapshot([makeNode("a", cpu: 100), makeNode("b")])
    var cycle = SchedulingCycle()
    let pod = makePod(1, makeSpec(cpu: 500))
    let (a, b) = (snapshot.node(named: "a"), snapshot.node(named: "b"))
    let reasons = cycle.check(pod, on: try #require(a), in: &snapshot)
    #expect(reasons.texts(cycle.profile, snapshot) == ["Insufficient cpu"])
    #expect(!reasons.isResolvable, "no eviction makes the node larger")
    #expect(cycle.check(pod, on: try #require(b), in: &snapshot).isEmpty)
  }
}
