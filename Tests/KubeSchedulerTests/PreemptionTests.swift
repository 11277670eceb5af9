import KubernetesObjects
import Testing
import TimeUnits

@testable import KubeScheduler

@Suite struct PreemptionTests {
  private func spec(
    cpu: Int64, priority: Int32, policy: PodSpec.PreemptionPolicy = .preemptLowerPriority
  ) -> Shared<PodBlueprint> {
    makeSpec(cpu: cpu) {
      $0.priority = priority
      $0.preemptionPolicy = policy
    }
  }

  private func placed(
    _ key: UInt32, cpu: Int64, priority: Int32, start: Int64 = 0, labels: Labels = ["app": "a"]
  ) -> PodRef {
    var pod = makePod(key, spec(cpu: cpu, priority: priority), labels: labels)
    pod.startTime = .seconds(start)
    return pod
  }

  private func decide(
    _ pod: PodRef, _ snapshot: inout SchedulerSnapshot, _ budgets: [PodDisruptionBudget] = []
  ) -> (best: [String], victims: [[UInt32]], message: String) {
    var cycle = SchedulingCycle()
    let decision = cycle.decide(pod, in: &snapshot, budgets: budgets)
    guard let diagnosis = decision.diagnosis else { return ([], [], "") }
    let candidates = diagnosis.preemption.map { preemption in
      preemption.best.map { preemption.candidates[$0] }
    }
    return (
      (candidates ?? []).map { snapshot.nodeName($0.node) },
      (candidates ?? []).map(\.victims), diagnosis.fullMessage
    )
  }

  @Test("Only as many go as must, the least important and the youngest first")
  func fewestVictims() {
    var snapshot = SchedulerSnapshot([makeNode("a", cpu: 1000)])
    snapshot.addPod(placed(1, cpu: 300, priority: 5, start: 1), to: "a")
    snapshot.addPod(placed(2, cpu: 300, priority: 0, start: 1), to: "a")
    snapshot.addPod(placed(3, cpu: 300, priority: 0, start: 9), to: "a")
    let one = decide(makePod(9, spec(cpu: 400, priority: 10)), &snapshot)
    #expect(one.victims == [[3]])
    #expect(one.message == "0/1 nodes are available: 1 Insufficient cpu.")
    let two = decide(makePod(9, spec(cpu: 700, priority: 10)), &snapshot)
    #expect(two.victims == [[2, 3]])
  }

  @Test("Equal or higher priority is never evicted")
  func equalPriority() {
    var snapshot = SchedulerSnapshot([makeNode("a", cpu: 1000), makeNode("b", cpu: 100)])
    snapshot.addPod(placed(1, cpu: 800, priority: 10), to: "a")
    let result = decide(makePod(9, spec(cpu: 500, priority: 10)), &snapshot)
    #expect(result.best.isEmpty)
    #expect(
      result.message
        == "0/2 nodes are available: 2 Insufficient cpu. no new claims to deallocate, "
        + "preemption: 0/2 nodes are available: 1 No preemption victims found for incoming pod, "
        + "1 Preemption is not helpful for scheduling.")
  }

  @Test("A pod that may not preempt says so")
  func never() {
    var snapshot = SchedulerSnapshot([makeNode("a", cpu: 1000)])
    snapshot.addPod(placed(1, cpu: 800, priority: 0), to: "a")
    let result = decide(makePod(9, spec(cpu: 500, priority: 10, policy: .never)), &snapshot)
    #expect(result.best.isEmpty)
    #expect(
      result.message
        == "0/1 nodes are available: 1 Insufficient cpu. no new claims to deallocate, "
        + "preemption: not eligible due to preemptionPolicy=Never.")
  }

  @Test("A node that stays too small names what is still short")
  func stillShort() {
    var snapshot = SchedulerSnapshot([makeNode("a", cpu: 1000)])
    snapshot.addPod(placed(1, cpu: 300, priority: 0), to: "a")
    snapshot.addPod(placed(2, cpu: 500, priority: 20), to: "a")
    let result = decide(makePod(9, spec(cpu: 600, priority: 10)), &snapshot)
    #expect(
      result.message
        == "0/1 nodes are available: 1 Insufficient cpu. no new claims to deallocate, "
        + "preemption: 0/1 nodes are available: 1 Insufficient cpu.")
  }

  /// Two nodes, and what decides between them.
  enum Criterion: CaseIterable {
    case violations, highestPriority, prioritySum, count, start, none
  }

  @Test("The node is chosen by one criterion after another", arguments: Criterion.allCases)
  func choice(criterion: Criterion) {
    var snapshot = SchedulerSnapshot([makeNode("a", cpu: 1000), makeNode("b", cpu: 1000)])
    var budgets: [PodDisruptionBudget] = []
    var expected = ["b"]
    switch criterion {
    case .violations:
      snapshot.addPod(placed(1, cpu: 800, priority: 0, labels: ["app": "kept"]), to: "a")
      snapshot.addPod(placed(2, cpu: 800, priority: 5), to: "b")
      var budget = PodDisruptionBudget(
        metadata: ObjectMeta(name: "pdb"),
        selector: LabelSelector(matchLabels: ["app": "kept"]))
      budget.disruptionsAllowed = 0
      budgets = [budget]
    case .highestPriority:
      snapshot.addPod(placed(1, cpu: 800, priority: 5), to: "a")
      for key in [2, 3] as [UInt32] {
        snapshot.addPod(placed(key, cpu: 400, priority: 4), to: "b")
      }
    case .prioritySum:
      for (key, priority) in [(1, 5), (2, 4)] as [(UInt32, Int32)] {
        snapshot.addPod(placed(key, cpu: 400, priority: priority), to: "a")
      }
      for (key, priority) in [(3, 5), (4, 3)] as [(UInt32, Int32)] {
        snapshot.addPod(placed(key, cpu: 400, priority: priority), to: "b")
      }
    case .count:
      for (key, node) in [(1, "a"), (2, "a"), (3, "b")] as [(UInt32, String)] {
        snapshot.addPod(placed(key, cpu: node == "a" ? 400 : 800, priority: 0), to: node)
      }
    case .start:
      snapshot.addPod(placed(1, cpu: 800, priority: 0, start: 1), to: "a")
      snapshot.addPod(placed(2, cpu: 800, priority: 0, start: 2), to: "b")
    case .none:
      snapshot.addPod(placed(1, cpu: 800, priority: 0, start: 1), to: "a")
      snapshot.addPod(placed(2, cpu: 800, priority: 0, start: 1), to: "b")
      expected = ["a", "b"]
    }
    let result = decide(makePod(9, spec(cpu: 900, priority: 10)), &snapshot, budgets)
    #expect(result.best.sorted() == expected)
  }

  @Test("Pods under a spent budget come back first")
  func budgets() {
    var snapshot = SchedulerSnapshot([makeNode("a", cpu: 1000)])
    snapshot.addPod(placed(1, cpu: 400, priority: 0, start: 1), to: "a")
    snapshot.addPod(placed(2, cpu: 400, priority: 0, start: 2, labels: ["app": "kept"]), to: "a")
    let pod = makePod(9, spec(cpu: 500, priority: 10))
    #expect(decide(pod, &snapshot).victims == [[2]])
    var budget = PodDisruptionBudget(
      metadata: ObjectMeta(name: "pdb"), selector: LabelSelector(matchLabels: ["app": "kept"]))
    #expect(decide(pod, &snapshot, [budget]).victims == [[1]])
    budget.disruptionsAllowed = 1
    #expect(decide(pod, &snapshot, [budget]).victims == [[2]])
    budget.disruptionsAllowed = 0
    budget.selector = LabelSelector()
    #expect(decide(pod, &snapshot, [budget]).victims == [[2]], "an empty selector protects none")
  }

  @Test("Looking for victims leaves the snapshot as it was")
  func snapshotIsUntouched() {
    var snapshot = SchedulerSnapshot([makeNode("a", cpu: 1000, zone: "z")])
    let spread = LabelSelector(matchLabels: ["app": "a"])
    snapshot.setSelector(spread, of: .replicaSet, namespace: "default", name: "rs")
    for key in 1...3 as ClosedRange<UInt32> {
      snapshot.addPod(placed(key, cpu: 300, priority: 0, start: Int64(key)), to: "a")
    }
    var cycle = SchedulingCycle()
    let small = PodRef(
      key: 7, labels: ["app": "a"], spec: spec(cpu: 50, priority: 0),
      owner: OwnerReference(kind: .replicaSet, name: "rs", uid: UID(low: 1)))
    let before = cycle.decide(small, in: &snapshot, detail: .tables)
    #expect(decide(makePod(9, spec(cpu: 700, priority: 10)), &snapshot).victims == [[2, 3]])
    let after = cycle.decide(small, in: &snapshot, detail: .tables)
    #expect(before.totals == after.totals)
    #expect(snapshot.pods(on: 0) == [1, 2, 3])
  }

  // MARK: Nominations

  @Test("A nominated node is taken without a look at the others")
  func nominatedFirst() throws {
    var snapshot = SchedulerSnapshot([makeNode("a", cpu: 1000), makeNode("b", cpu: 4000)])
    let pod = makePod(9, spec(cpu: 500, priority: 10))
    snapshot.nominate(pod, on: try #require(snapshot.node(named: "a")))
    var cycle = SchedulingCycle()
    #expect(snapshot.names(cycle.decide(pod, in: &snapshot).best) == ["a"])
    snapshot.addPod(placed(1, cpu: 800, priority: 20), to: "a")
    #expect(snapshot.names(cycle.decide(pod, in: &snapshot).best) == ["b"])
  }

  @Test("Room held for a nominated pod is not given to pods of its priority or below")
  func nominatedRoom() throws {
    var snapshot = SchedulerSnapshot([makeNode("a", cpu: 1000)])
    let nominated = makePod(8, spec(cpu: 800, priority: 10))
    snapshot.nominate(nominated, on: try #require(snapshot.node(named: "a")))
    var cycle = SchedulingCycle()
    func fits(_ priority: Int32) -> Bool {
      !cycle.decide(makePod(9, spec(cpu: 500, priority: priority)), in: &snapshot).best.isEmpty
    }
    #expect(!fits(5))
    #expect(!fits(10))
    #expect(fits(11))
    #expect(snapshot.nominatedNode(of: 8) != nil)
    snapshot.addPod(nominated, to: "a")
    #expect(snapshot.nominatedNode(of: 8) == nil)
  }

  @Test("While its victims terminate, a nominated pod evicts no more")
  func terminatingVictim() throws {
    var snapshot = SchedulerSnapshot([makeNode("a", cpu: 1000)])
    var victim = placed(1, cpu: 800, priority: 0)
    snapshot.addPod(victim, to: "a")
    let pod = makePod(9, spec(cpu: 500, priority: 10))
    snapshot.nominate(pod, on: try #require(snapshot.node(named: "a")))
    #expect(decide(pod, &snapshot).victims == [[1]])
    victim.isTerminating = true
    snapshot.updatePod(victim)
    // A pod that goes for another reason does not keep it from evicting.
    #expect(decide(pod, &snapshot).victims == [[1]])
    victim.isPreempted = true
    snapshot.updatePod(victim)
    #expect(
      decide(pod, &snapshot).message
        == "0/1 nodes are available: 1 Insufficient cpu. no new claims to deallocate, "
        + "preemption: not eligible due to a terminating pod on the nominated node.")
  }
}
