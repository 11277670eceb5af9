import KubernetesObjects
import Testing
import TimeUnits
import Traces

/// How a story tells pods that come and go all the time.
@Suite struct ArrivalStoryTests {
  private static func pod(_ index: Int) -> PodName {
    PodName(namespace: "default", name: "p\(index)")
  }

  private static func look(_ placed: Int64, waiting: Int64 = 0) -> TraceRecord {
    var sample = AllocationSample(placed: placed, waiting: waiting)
    sample.add("cpu", placed, of: 200)
    sample.add("nvidia.com/gpu", 0, of: 0)
    return .allocation(sample)
  }

  @Test(
    "each kind of thing is one line a span, with the reason that most had; quiet spans are none")
  func spans() {
    var teller = StoryTeller(gathersPods: true)
    for index in 0..<5 {
      teller.absorb(
        .podCreated(Self.pod(index), owner: ""), at: .seconds(Int64(index) * 100))
      teller.absorb(
        .podUnschedulable(Self.pod(index), message: index < 2 ? "no cpu" : "no memory"),
        at: .seconds(Int64(index) * 100))
    }
    teller.absorb(Self.look(1, waiting: 5), at: .seconds(1_000))
    teller.absorb(Self.look(1, waiting: 5), at: .seconds(2_000))
    teller.absorb(.podGone(Self.pod(0)), at: .seconds(2_500))
    teller.absorb(Self.look(0, waiting: 4), at: .seconds(3_000))
    let chapters = teller.finish().chapters.filter { !$0.lines.isEmpty }
    #expect(chapters.map(\.time) == [.zero, .seconds(1_000)])
    #expect(chapters.map(\.end) == [.seconds(1_000), .seconds(3_000)])
    #expect(
      chapters[0].lines.map(\.what) == [
        "5 pods created: p0, p1, p2 and 2 more",
        "5 pods Pending: no node takes them: p0, p1, p2 and 2 more",
        "1 pod has a node, 5 have none; of all nodes requested: cpu 0.5 %",
      ])
    #expect(chapters[0].lines[1].why == "3 of them: no memory")
    #expect(
      chapters[1].lines.map(\.what) == [
        "1 pod of p0 gone", "0 pods have a node, 4 have none; of all nodes requested: cpu 0.0 %",
      ])
  }
}
