import ClusterSimulation
import Scenarios
import TestSupport
import Testing
import TimeUnits
import Traces

/// A run with a data tier: messages are checked, counted and reproducible.
@Suite struct PipelineRunTests {
  @Test("what comes is checked, and every message is accounted for at every scrape")
  func everyMessage() throws {
    let played = try ConsumerWorld.play(
      ConsumerWorld.draft(), ConsumerWorld.deployment("consumer"))
    for (_, sample) in played.samples { #expect(sample.counts.difference == 0) }
    let last = try played.last.counts
    // 500 a second for a minute, Poisson: five deviations are 866.
    #expect(abs(last.produced - 30_000) < 866)
    #expect(last.produced - last.checked < 100)
    #expect(last.lost == 0 && last.redelivered == 0)
    // One in ten thousand is anomalous by default.
    #expect(last.outliers < 20)
    #expect(try played.last.consumers == 2)
  }

  @Test("anomalous values come as often as the topic says")
  func outliers() throws {
    var draft = try ConsumerWorld.draft()
    guard case .kafka(var topic) = draft.services[0].kind else { return }
    topic.outlierChance = 0.1
    draft.services[0].kind = .kafka(topic)
    let counts = try ConsumerWorld.play(draft, ConsumerWorld.deployment("consumer")).last.counts
    let expected = Double(counts.checked) / 10
    #expect(abs(Double(counts.outliers) - expected) < 5 * (expected * 0.9).squareRoot())
  }

  @Test("the same seed gives the same digest, another seed another")
  func reproducible() throws {
    var draft = try ConsumerWorld.draft(seconds: 200)
    func digest() throws -> String {
      try ConsumerWorld.play(draft, ConsumerWorld.deployment("consumer")).run
        .summary(version: "test").digest
    }
    let first = try digest()
    #expect(try digest() == first)
    draft.seed += 1
    #expect(try digest() != first)
  }

  @Test("without services there is no pipeline, whatever the containers could do")
  func noServices() throws {
    var draft = try ConsumerWorld.draft()
    draft.services = []
    draft.nodeLoad = NodeLoadSpec()
    let played = try ConsumerWorld.play(draft, ConsumerWorld.deployment("consumer"))
    #expect(played.samples.isEmpty)
    let metrics = played.run.summary(version: "test").metrics
    #expect(!metrics.contains { $0.name.name.hasPrefix("seatrial_pipeline") })
  }

  @Test("who looks, and how often, changes nothing")
  func observers() throws {
    var totals: [PipelineSample.Counts] = []
    for (interval, traceEvery) in [(Int64(5), 10_000), (60, 0), (1, 1)] {
      var draft = try ConsumerWorld.draft()
      draft.observability.scrapeInterval = .seconds(interval)
      draft.observability.traceEvery = traceEvery
      totals.append(
        try ConsumerWorld.play(draft, ConsumerWorld.deployment("consumer")).last.counts)
    }
    #expect(totals[0].checked > 0)
    #expect(totals[1] == totals[0])
    #expect(totals[2] == totals[0])
  }

  @Test("a producer pod sends while it ramps up and bears load, then no more")
  func producer() throws {
    var draft = try ConsumerWorld.draft(seconds: 420, rates: [])
    var role = ProducerRole()
    role.threads = 2
    role.perSecond = 1_000
    role.ramp = .seconds(20)
    role.load = .seconds(40)
    draft.behaviors.append(BehaviorSpec(name: "producer", role: .producer(role)))
    let played = try ConsumerWorld.play(
      draft, ConsumerWorld.deployment("consumer") + ConsumerWorld.deployment("producer"))
    // 10 s of one thread, 10 s and 40 s of both, each at the speed of a free core.
    let produced = try played.last.counts.produced
    #expect(abs(produced - 110_000) < 5_000)
    #expect(played.samples.map(\.sample.sentPerSecond).max() ?? 0 > 1_900)
    #expect(try played.last.sentPerSecond == 0)
    #expect(try played.last.counts.checked == produced)
  }
}
