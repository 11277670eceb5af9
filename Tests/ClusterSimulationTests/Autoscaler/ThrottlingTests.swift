import AWSObjects
import KubernetesObjects
import Scenarios
import Testing
import TimeUnits
import Traces

/// An Auto Scaling API that refuses calls.
@Suite struct ThrottlingTests {
  private typealias World = AutoscaledWorld

  @Test("A refused SetDesiredCapacity counts, backs the group off, and is made good later")
  func mutating() throws {
    var draft = try World.draft(
      [World.group("workers")], minutes: 30,
      [World.resize(9.7, "system", 1), World.resize(9.8, "system", 1), World.scale(10, 2)])
    // Two tokens, which a person uses up; the next comes four minutes later.
    draft.cloud.apiRateLimits = [
      APIRateLimit(category: .autoScalingMutating, capacity: 2, refillPerSecond: 1 / 240)
    ]
    let story = try World.play(draft)
    #expect(story.faults.isEmpty, "\(story.faults.prefix(3))")
    let refused = story.events.filter { $0.reason == "FailedToScaleUpGroup" }
    #expect(refused.count == 1)
    #expect(refused.allSatisfy { $0.message.contains("Throttling") })
    #expect(story.sample(at: 12)?.totals.failedScaleUps == 1)
    let backoff = try #require(story.backoffs("workers").first)
    #expect(abs((backoff.to ?? 0) - backoff.from - 5) < 0.5)
    #expect(story.running() == 2)
  }

  @Test("Descriptions that are refused end the loop; it looks again and recovers")
  func describing() throws {
    var draft = try World.draft(
      [World.group("workers")], minutes: 40, [World.scale(10, 2), World.scale(25, 0)])
    draft.cloud.apiRateLimits = [
      APIRateLimit(category: .autoScalingDescribe, capacity: 1, refillPerSecond: 1 / 150)
    ]
    let story = try World.play(draft)
    #expect(story.faults.isEmpty, "\(story.faults.prefix(3))")
    // A reading a minute is wanted and two fifths of them are given.
    #expect((story.sample(at: 40)?.totals.errors ?? 0) > 50)
    #expect(story.samples.contains { $0.minute < 10 && $0.sample.totals.errors > 0 })
    #expect(story.minutes("ScaledUpGroup").count == 1)
    #expect(story.desired("workers", at: 24) == 2)
    #expect(story.desired("workers", at: 40) == 0)
  }

  @Test("A refused removal leaves the node as it was, and it goes when the API answers")
  func terminating() throws {
    var draft = try World.draft(
      [World.group("workers", desired: 1)], minutes: 45,
      [World.resize(13.0, "system", 1), World.resize(13.1, "system", 1)])
    draft.cloud.apiRateLimits = [
      APIRateLimit(category: .autoScalingMutating, capacity: 2, refillPerSecond: 1 / 1_000)
    ]
    draft.autoscalerFlags = [AutoscalerFlag(name: "scale-down-unneeded-time", value: "14m")]
    var story = AutoscaledStory(try World.run(draft))
    story.play(until: .seconds(17 * 60))
    let failed = try #require(story.minutes("ScaleDownFailed").first)
    #expect((13...17).contains(failed))
    let node = try #require(story.nodes { $0.providerID.contains("us-east-1a") }.first)
    #expect(!node.unschedulable)
    #expect(!node.taints.contains { $0.key == "ToBeDeletedByClusterAutoscaler" })
    #expect(story.sample(at: 17)?.totals.scaledDownEmpty == 0)
    story.play()
    #expect(story.faults.isEmpty, "\(story.faults.prefix(3))")
    #expect(story.desired("workers", at: 45) == 0)
    #expect(story.sample(at: 45)?.totals.scaledDownEmpty == 1)
  }
}
