import KubeControllers
import Testing
import TimeUnits

@Suite("Node lifecycle: zones")
struct ZoneStateTests {
  private let options = NodeLifecycleOptions()

  @Test(
    "A zone is disrupted from 55 % and three nodes on, and fully without a ready node",
    arguments: [
      (1, 0, .normal), (0, 1, .fullDisruption), (0, 3, .fullDisruption), (1, 2, .normal),
      (2, 3, .partialDisruption), (3, 3, .normal), (9, 11, .partialDisruption),
      (5, 6, .normal), (45, 55, .partialDisruption), (46, 54, .normal), (0, 0, .normal),
    ] as [(Int, Int, ZoneState)])
  func states(ready: Int, notReady: Int, state: ZoneState) {
    #expect(ZoneState(ready: ready, notReady: notReady, options: options) == state)
  }

  @Test("Small zones in partial disruption evict nobody, larger ones slowly")
  func rates() {
    #expect(ZoneState.partialDisruption.evictionRate(size: 50, options: options) == 0)
    #expect(ZoneState.partialDisruption.evictionRate(size: 51, options: options) == 0.01)
    #expect(ZoneState.normal.evictionRate(size: 9, options: options) == 0.1)
    #expect(ZoneState.fullDisruption.evictionRate(size: 9, options: options) == 0.1)
  }

  private func census(_ zone: String, _ ready: Int, _ notReady: Int) -> ZoneCensus {
    ZoneCensus(zone: zone, ready: ready, notReady: notReady)
  }

  @Test("With every zone down evictions stop; with one node back probes start afresh")
  func masterDisruption() {
    var states = ZoneStates()
    #expect(
      states.update([census("a", 3, 0), census("b", 1, 0)], options: options) == [
        .setRate(zone: "a", nodesPerSecond: 0.1), .setRate(zone: "b", nodesPerSecond: 0.1),
      ])
    #expect(
      states.update([census("a", 0, 3), census("b", 1, 0)], options: options)
        == [.setRate(zone: "a", nodesPerSecond: 0.1)])
    #expect(
      states.update([census("a", 0, 3), census("b", 0, 1)], options: options) == [
        .stopEvictions, .setRate(zone: "a", nodesPerSecond: 0),
        .setRate(zone: "b", nodesPerSecond: 0),
      ])
    #expect(states.update([census("a", 0, 3), census("b", 0, 1)], options: options) == [])
    #expect(
      states.update([census("a", 1, 2), census("b", 0, 1)], options: options) == [
        .restartProbes, .setRate(zone: "a", nodesPerSecond: 0.1),
        .setRate(zone: "b", nodesPerSecond: 0.1),
      ])
    #expect(states["a"] == .normal)
    #expect(states["b"] == .fullDisruption)
  }

  @Test("The first node of a zone is tainted at once, one every ten seconds after it")
  func queue() {
    var queue = RateLimitedNodeQueue(nodesPerSecond: 0.1, at: .zero)
    for node in ["a", "b", "c"] { queue.add(node, at: .seconds(1)) }
    queue.add("a", at: .seconds(2))
    #expect(queue.next(at: .seconds(2)) == ["a", "b", "c"])
    queue.finish("b")
    #expect(queue.next(at: .seconds(11)) == [])
    #expect(queue.next(at: .seconds(12)) == ["a", "c"])
    queue.finish("a")
    // A node that had its turn waits again only once it was forgotten.
    queue.add("b", at: .seconds(13))
    queue.remove("c")
    #expect(queue.isEmpty)
    queue.forget("b")
    queue.add("b", at: .seconds(14))
    #expect(queue.next(at: .seconds(22)) == ["b"])
  }

  @Test("A rate of 0 lets nobody pass, and a new rate has a token only if the old one had")
  func rateChanges() {
    var queue = RateLimitedNodeQueue(nodesPerSecond: 0.1, at: .zero)
    queue.add("a", at: .zero)
    queue.setRate(0, at: .seconds(1))
    #expect(queue.next(at: .seconds(500)) == [])
    queue.setRate(0.1, at: .seconds(500))
    #expect(queue.next(at: .seconds(509)) == [])
    #expect(queue.next(at: .seconds(510)) == ["a"])
  }
}
