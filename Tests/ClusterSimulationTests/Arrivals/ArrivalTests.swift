import ClusterSimulation
import KubernetesObjects
import Scenarios
import SimulationKernel
import TestSupport
import Testing
import TimeUnits
import Traces

/// Pods that come and go at the times of a table.
@Suite struct ArrivalTests {
  private static func arrival(
    _ name: String, from: Int64, to: Int64? = nil, cpu: Int64 = 3
  ) -> PodArrival {
    var container = Container(name: "c", image: "web:1")
    container.resources.requests[ResourceName.cpu] = Quantity(value: cpu)
    return PodArrival(
      pod: Pod(
        metadata: ObjectMeta(name: name),
        spec: Shared(PodBlueprint(PodSpec(containers: [container])))),
      created: .seconds(from), deleted: to.map { .seconds($0) })
  }

  private static func times(
    _ records: [(time: SimulationTime, record: TraceRecord)], _ kind: String
  ) -> [String] {
    records.filter { $0.record.kind == kind }
      .map { "\($0.record.object) \($0.time.nanoseconds / 1_000_000_000)" }
  }

  @Test("each pod is created and removed at its time, and what waited takes the room at once")
  func times() throws {
    let (run, records) = try GivenWorld.play(
      GivenWorld.draft(seconds: 1_000), GivenWorld.node("a"),
      arrivals: [
        Self.arrival("first", from: 10, to: 500), Self.arrival("second", from: 20),
        Self.arrival("brief", from: 600, to: 600, cpu: 1),
        Self.arrival("late", from: 2_000),
      ])
    #expect(
      Self.times(records, "podCreated")
        == ["pod/default/first 10", "pod/default/second 20", "pod/default/brief 600"])
    #expect(Self.times(records, "podGone") == ["pod/default/first 500", "pod/default/brief 600"])
    #expect(Self.times(records, "podUnschedulable").first == "pod/default/second 20")
    // The queue holds a pod back for a second at most before it tries again.
    let bound = Self.times(records, "podBound")
    #expect(bound.first == "pod/default/first 10")
    #expect(
      bound.contains("pod/default/second 500") || bound.contains("pod/default/second 501"))
    // Removed without grace: nothing was ever Terminating.
    #expect(Self.times(records, "podDeleting").isEmpty)
    #expect(GivenWorld.pods(run) == ["second on a, Running"])
  }

  @Test("the looks tell how much is requested, up to the end of the run")
  func looks() throws {
    let (run, records) = try GivenWorld.play(
      GivenWorld.draft(seconds: 1_000), GivenWorld.node("a"),
      arrivals: [Self.arrival("first", from: 10, to: 500), Self.arrival("second", from: 20)])
    let looks = records.compactMap { time, record -> (SimulationTime, AllocationSample)? in
      if case .allocation(let sample) = record { (time, sample) } else { nil }
    }
    #expect(looks.first?.1.placed == 1 && looks.first?.1.waiting == 1)
    #expect(looks.last?.0 == .seconds(1_000))
    #expect(looks.last?.1.waiting == 0)
    #expect(looks.last?.1.text.hasPrefix("cpu 75.0 %, memory 0.0 %") == true)
    let ratio = run.observer.metrics.store.matching(
      "seatrial_requested_ratio", ["resource": "cpu"])
    #expect(ratio.first?.1.last == 0.75)
    let story = run.summary(version: "test").story
    #expect(story.chapters.flatMap(\.lines).contains { $0.what.contains("1 have none") })
  }

  @Test("a pod that somebody deleted before its time is not missed, one that is refused is told")
  func meanwhile() throws {
    let (run, records) = try GivenWorld.play(
      GivenWorld.draft(seconds: 1_000, [(100, "kubectl delete pod first")]),
      GivenWorld.node("a") + GivenWorld.pod("second"),
      arrivals: [
        Self.arrival("first", from: 10, to: 500), Self.arrival("second", from: 20, to: 700),
      ])
    #expect(records.count { if case .podGone = $0.record { true } else { false } } == 1)
    // The second of the name is not the table's: it stays.
    #expect(GivenWorld.pods(run) == ["second on a, Running"])
    #expect(
      run.summary(version: "test").warnings
        == ["Pod second was refused: pods \"second\" already exists"])
  }

  @Test("ten thousand pods take events and time in proportion, and two runs agree")
  func many() throws {
    let arrivals = (0..<10_000).map { index in
      Self.arrival("p\(index)", from: Int64(index), to: Int64(index) + 30, cpu: 1)
    }
    let nodes = (0..<20).map { GivenWorld.node("n\($0)") }.joined()
    let draft = try GivenWorld.draft(seconds: 10_100)
    let (run, _) = try GivenWorld.play(draft, nodes, arrivals: arrivals)
    #expect(run.simulation.eventsHandled < 400_000)
    #expect(GivenWorld.pods(run).isEmpty)
    let again = try GivenWorld.play(draft, nodes, arrivals: arrivals).run
    #expect(run.observer.digest.text == again.observer.digest.text)
  }
}
