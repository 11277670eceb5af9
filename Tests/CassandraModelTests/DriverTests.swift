import CassandraModel
import SimulationKernel
import Testing

@Suite struct DriverTests {
  static let millisecond: Int64 = 1_000_000
  let ring = TokenRingTests.ring(
    TokenRingTests.places(5, racks: 3)
      + TokenRingTests.places(2, racks: 1, datacenter: "us-west-2"))
  let replicas = NodeSet([NodeID(1), NodeID(6), NodeID(3)])

  func planner(latencyAware: LatencyAwareOptions? = nil) -> QueryPlanner {
    QueryPlanner(ring, localDatacenter: "us-east", latencyAware: latencyAware)
  }

  @Test("local replicas come first in either order, then the other local nodes, never remote ones")
  func tokenAware() {
    var planner = planner()
    var stream = RandomStream(key: 5)
    var firsts: [NodeID: Int] = [:]
    for _ in 0..<2_000 {
      let bits = stream.next()
      let plan = planner.plan(for: replicas, bits: bits, at: 0)
      #expect(Set(plan[..<2]) == [NodeID(1), NodeID(3)])
      #expect(Set(plan[2...]) == [NodeID(0), NodeID(2), NodeID(4)])
      #expect(planner.coordinator(for: replicas, bits: bits, at: 0) == plan[0])
      firsts[plan[0], default: 0] += 1
    }
    #expect(firsts.values.allSatisfy { abs($0 - 1_000) < 120 })
  }

  @Test("a node that is known to be down is left out until it is back")
  func down() {
    var planner = planner()
    planner.setUp(false, NodeID(1))
    planner.setUp(false, NodeID(3))
    let plan = planner.plan(for: replicas, bits: 0, at: 0)
    #expect(Set(plan) == [NodeID(0), NodeID(2), NodeID(4)])
    let next = planner.plan(for: replicas, bits: 0, at: 0)
    #expect(next[0] != plan[0] || next.count == 1, "the rest is used in turn")
    for node in 0..<5 { planner.setUp(false, NodeID(node)) }
    #expect(planner.coordinator(for: replicas, bits: 0, at: 0) == nil)
    planner.setUp(true, NodeID(3))
    planner.setUp(true, NodeID(6))
    #expect(planner.plan(for: replicas, bits: 0, at: 0) == [NodeID(3)])
  }

  @Test("a node above twice the best average comes last, until nothing was measured for 10 s")
  func latencyAware() {
    var planner = planner(latencyAware: LatencyAwareOptions())
    var now: Int64 = 0
    for _ in 0..<100 {
      now += 5 * Self.millisecond
      planner.record(Self.millisecond, of: NodeID(1), at: now)
      planner.record(3 * Self.millisecond, of: NodeID(3), at: now)
    }
    for bits in [0, UInt64.max] {
      let plan = planner.plan(for: replicas, bits: bits, at: now)
      #expect(plan.first == NodeID(1) && plan.last == NodeID(3) && plan.count == 5)
      #expect(planner.coordinator(for: replicas, bits: bits, at: now) == NodeID(1))
    }
    let later = now + 10_000 * Self.millisecond
    planner.record(Self.millisecond, of: NodeID(1), at: later)
    var firsts: Set<NodeID?> = []
    for bits in [0, UInt64.max] {
      firsts.insert(planner.coordinator(for: replicas, bits: bits, at: later + 1))
      #expect(planner.plan(for: replicas, bits: bits, at: later + 1).prefix(2).contains(NodeID(3)))
    }
    #expect(firsts.count == 2)
  }

  @Test("the weight of a new latency after 10 ms is about 5 %, as the driver's manual says")
  func average() throws {
    var tracker = LatencyTracker(nodes: 1)
    var now: Int64 = 0
    for _ in 0..<60 {
      now += 10 * Self.millisecond
      tracker.record(1_000_000, of: NodeID(0), at: now)
    }
    #expect(tracker.average(of: NodeID(0)) == 1_000_000)
    tracker.record(2_000_000, of: NodeID(0), at: now + 10 * Self.millisecond)
    // d = 0.1: 1 - ln(1.1)/0.1 = 0.04690.
    let average = try #require(tracker.average(of: NodeID(0)))
    #expect(abs(average - 1_046_898) <= 1)
    // A short distance takes the series: d = 0.005, 1 - ln(1.005)/0.005 = 0.0024917.
    tracker.record(average + 1_000_000, of: NodeID(0), at: now + 105 * Self.millisecond / 10)
    #expect(abs((tracker.average(of: NodeID(0)) ?? 0) - average - 2_491) <= 1)
  }

  @Test("before 50 measurements no node is excluded, and the first 15 do not count")
  func firstMeasurements() {
    var tracker = LatencyTracker(nodes: 2)
    for step: Int64 in 1...14 { tracker.record(1, of: NodeID(0), at: step) }
    #expect(tracker.average(of: NodeID(0)) == nil)
    tracker.record(9_000, of: NodeID(0), at: 15)
    #expect(tracker.average(of: NodeID(0)) == 9_000)
    for step: Int64 in 1...60 { tracker.record(1_000, of: NodeID(1), at: step) }
    for step: Int64 in 16...49 { tracker.record(9_000, of: NodeID(0), at: step) }
    let early = tracker.isExcluded(NodeID(0), at: 100 * Self.millisecond)
    tracker.record(9_000, of: NodeID(0), at: 101 * Self.millisecond)
    let late = tracker.isExcluded(NodeID(0), at: 102 * Self.millisecond)
    #expect(!early && late)
  }

  @Test("a request times out after 12 s, on the next tick of 100 ms")
  func timeout() {
    let options = DriverOptions()
    #expect(options.timeout(ofRequestSentAt: 0) == 12_000_000_000)
    #expect(options.timeout(ofRequestSentAt: 1) == 12_100_000_000)
  }

  @Test("after a timeout the next host is tried only for idempotent statements")
  func retries() {
    let plan = [NodeID(2), NodeID(0), NodeID(1)]
    var attempts = RequestAttempts(plan: plan)
    #expect(attempts.host == NodeID(2))
    #expect(attempts.next(after: .notSent, isIdempotent: false) == NodeID(0))
    #expect(attempts.next(after: .noAnswer, isIdempotent: true) == NodeID(1))
    #expect(attempts.next(after: .noAnswer, isIdempotent: true) == nil)
    var strict = RequestAttempts(plan: plan)
    #expect(strict.next(after: .noAnswer, isIdempotent: DriverOptions().isIdempotent) == nil)
    var unavailable = RequestAttempts(plan: plan)
    #expect(unavailable.next(after: .unavailable, isIdempotent: false) == NodeID(0))
    #expect(unavailable.next(after: .unavailable, isIdempotent: false) == nil)
  }

  @Test("connections are opened as requests in flight pass the threshold, up to the most")
  func connections() {
    #expect(ConnectionPool.local.connections(inFlight: 5_000) == 1)
    let pool = ConnectionPool.publishedLocal
    for (inFlight, count) in [(0, 1), (800, 1), (801, 2), (1_824, 2), (1_825, 3), (1_000_000, 100)]
    {
      #expect(pool.connections(inFlight: inFlight) == count, "\(inFlight)")
    }
    #expect(pool.capacity == 102_400)
  }
}
