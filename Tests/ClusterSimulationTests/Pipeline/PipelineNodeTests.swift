import ClusterSimulation
import Scenarios
import TestSupport
import Testing
import TimeUnits
import Traces

/// What the cluster does to the pipeline: pods that come and go, limits, and neighbors.
@Suite struct PipelineNodeTests {
  @Test("a killed pod's messages are lost or come again, and another takes its partitions over")
  func killedPod() throws {
    let played = try ConsumerWorld.play(
      ConsumerWorld.draft(
        seconds: 300, rates: [(180, 1_000)],
        [(200, "kubectl delete pods -l app=consumer --grace-period=0 --force")]),
      ConsumerWorld.deployment("consumer")
        + ConsumerWorld.deployment("consumer-two", container: "consumer"))
    for (_, sample) in played.samples { #expect(sample.counts.difference == 0) }
    let before = try played.sample(at: 195)
    #expect(before.counts.lost == 0 && before.counts.redelivered == 0)
    // Nobody reads while the group waits for the session to time out: 30 s.
    #expect(try played.sample(at: 225).counts.lag > 10_000)
    let last = try played.last
    #expect(last.counts.lost + last.counts.redelivered > 0)
    #expect(last.rebalances > before.rebalances)
    // Those of the other Deployment, and of the pod that was made anew.
    #expect(last.consumers == 4)
    #expect(last.counts.lag < 1_000)
  }

  @Test("a limit of half a core allows a thousand checks of half a millisecond a second")
  func limit() throws {
    let played = try ConsumerWorld.play(
      ConsumerWorld.draft(rates: [(170, 10), (190, 2_000)]),
      ConsumerWorld.deployment("consumer", resources: "{limits: {cpu: 500m}}"))
    // From 200 s to 240 s.
    let (start, end) = (try played.sample(at: 200), try played.sample(at: 240))
    let rate = Double(end.counts.checked - start.counts.checked) / 40
    #expect(abs(rate / 1_000 - 1) < 0.03)
  }

  @Test("beside neighbors without end checks take longer, unless their CPU was asked for")
  func neighbors() throws {
    func service(_ hogs: Int, _ resources: String) throws -> Double {
      let played = try ConsumerWorld.play(
        ConsumerWorld.draft(rates: [(180, 1_500)]),
        ConsumerWorld.deployment("consumer", resources: resources)
          + ConsumerWorld.deployment("hog", replicas: hogs))
      return Double(try played.last.serviceP99)
    }
    let alone = try service(0, "{}")
    #expect(try service(8, "{}") > 2 * alone)
    #expect(try service(8, "{requests: {cpu: 2}}") < 2 * alone)
  }

  @Test("replicas beyond the partitions starve")
  func starving() throws {
    let played = try ConsumerWorld.play(
      ConsumerWorld.draft(
        seconds: 300, partitions: 3,
        [(200, "kubectl scale deployment consumer --replicas=3")]),
      ConsumerWorld.deployment("consumer"))
    let before = try played.sample(at: 195)
    #expect(before.consumers == 2 && before.idleConsumers == 0)
    let last = try played.last
    #expect(last.consumers == 3 && last.idleConsumers == 3)
    #expect(last.counts.lag < 100)
    for (_, sample) in played.samples { #expect(sample.counts.difference == 0) }
  }
}
