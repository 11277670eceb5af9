import ClusterAutoscaler
import Testing
import TimeUnits

/// `utils/backoff/exponential_backoff_test.go` of 1.36.
@Suite("Upstream: back-off of groups")
struct NodeGroupBackoffTests {
  private let error = CreationError(.outOfResources, code: "InsufficientInstanceCapacity")

  @Test("the cases are there") func count() { #expect(UpstreamCase.of("backoff").count == 3) }

  private func backoff(_ given: JSON) -> NodeGroupBackoff {
    NodeGroupBackoff(
      initial: .seconds(given["initial_s"]?.int ?? 60),
      longest: .seconds(given["max_s"]?.int ?? 180),
      resetTimeout: .seconds((given["reset_after_h"]?.int ?? 3) * 3_600))
  }

  @Test(
    "each failure after a wait doubles it, up to a limit",
    arguments: UpstreamCase.of("backoff", "backoff.max"))
  func max(_ example: UpstreamCase) {
    var backoff = backoff(example.given)
    var now = SimulationTime.zero
    for seconds in example.expected["backoff_s"]?.list ?? [] {
      let until = backoff.backOff("g", error: error, at: now)
      #expect(until == now + .seconds(seconds.int ?? 0))
      #expect(backoff.isBackedOff("g", at: now) && !backoff.isBackedOff("g", at: until))
      now = until + .nanoseconds(1)
    }
  }

  @Test(
    "a failure during a wait only restarts it",
    arguments: UpstreamCase.of("backoff", "backoff.repeat"))
  func again(_ example: UpstreamCase) {
    var backoff = backoff(example.given)
    let initial = Duration.seconds(example.given["initial_s"]?.int ?? 0)
    _ = backoff.backOff("g", error: error, at: .zero)
    let half = SimulationTime.zero + initial / 2
    let until = backoff.backOff("g", error: error, at: half)
    #expect(until == half + initial)
    let after = until + .nanoseconds(1)
    #expect(backoff.backOff("g", error: error, at: after) == after + initial * 2)
    // The longer wait is kept, too, by a failure during it.
    #expect(backoff.backOff("g", error: error, at: after + initial) == after + initial * 3)
  }

  @Test("a failure long past is forgotten", arguments: UpstreamCase.of("backoff", "backoff.stale"))
  func stale(_ example: UpstreamCase) {
    var backoff = backoff(example.given)
    let reset = Duration.seconds((example.given["reset_after_h"]?.int ?? 0) * 3_600)
    _ = backoff.backOff("g", error: error, at: .zero)
    backoff.removeStale(at: .zero + (reset - .seconds(1)))
    #expect(backoff.entries.count == 1)
    let later = SimulationTime.zero + reset + .nanoseconds(1)
    backoff.removeStale(at: later)
    #expect(backoff.entries.isEmpty)
    #expect(backoff.backOff("g", error: error, at: later) == later + .seconds(60))
  }

  @Test("groups wait each for itself, and success may end a wait")
  func twoGroups() {
    var backoff = NodeGroupBackoff()
    let until = backoff.backOff("a", error: error, at: .zero)
    #expect(until == .seconds(300))
    #expect(!backoff.isBackedOff("b", at: .zero))
    #expect(backoff.entry("a")?.error == error)
    backoff.removeBackoff("a")
    #expect(!backoff.isBackedOff("a", at: .zero))
  }
}
