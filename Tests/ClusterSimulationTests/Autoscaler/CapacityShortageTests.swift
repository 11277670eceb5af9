import AWSObjects
import EC2AutoScaling
import KubernetesObjects
import Scenarios
import Testing
import TimeUnits
import Traces

/// EC2 has nothing to give: what the autoscaler makes of it.
@Suite struct CapacityShortageTests {
  private typealias World = AutoscaledWorld

  private func draft(
    _ shortage: CapacityShortage, minutes: Int64, era: Era = .current
  ) throws -> ScenarioDraft {
    // The larger type wastes more, so that `small` is asked first.
    var draft = try World.draft(
      [World.group("small"), World.group("large", type: "m5.xlarge")], minutes: minutes, era: era,
      [World.scale(10, 3)])
    draft.cloud.capacityShortages = [shortage]
    return draft
  }

  @Test("Within two minutes the group counts as out of resources and another takes over")
  func takesOver() throws {
    let story = try World.play(
      draft(CapacityShortage(instanceType: "m5.large", from: .seconds(300)), minutes: 25))
    #expect(story.faults.isEmpty, "\(story.faults.prefix(3))")
    let failed = try #require(story.minutes("ScaleUpFailed").first)
    #expect((10...13).contains(failed))
    #expect(
      story.events.contains {
        $0.message.contains("group small due to OutOfResource.placeholder-cannot-be-fulfilled")
      })
    let backoff = try #require(story.backoffs("small").first)
    #expect(abs((backoff.to ?? 0) - backoff.from - 5) < 0.5)
    // The placeholders went, the real number is the target again, and nobody waits.
    #expect(story.group("small")?.desiredCapacity == 0)
    #expect((story.group("large")?.desiredCapacity ?? 0) >= 1)
    #expect(story.running() == 3)
    #expect(story.sample(at: 25)?.totals.failedScaleUps == 1)
  }

  @Test("A group that fails again and again is left alone for 5, 10, 20 and 30 minutes")
  func backsOff() throws {
    var draft = try World.draft([World.group("small")], minutes: 110, [World.scale(10, 2)])
    draft.cloud.capacityShortages = [
      CapacityShortage(instanceType: "m5.large", from: .seconds(300))
    ]
    let story = try World.play(draft)
    #expect(story.faults.isEmpty, "\(story.faults.prefix(3))")
    let spans = story.backoffs("small").compactMap { span in span.to.map { $0 - span.from } }
    #expect(spans.map { ($0 / 5).rounded() * 5 } == [5, 10, 20, 30])
    #expect(story.minutes("ScaleUpFailed").count == story.backoffs("small").count)
    #expect(story.running() == 0)
  }

  @Test("A zone without the type is the group's own affair: it launches in the other")
  func otherZone() throws {
    var draft = try World.draft(
      [World.group("small", zones: ["us-east-1a", "us-east-1c"])], minutes: 20,
      [World.scale(10, 2)])
    draft.cloud.capacityShortages = [
      CapacityShortage(
        instanceType: "m5.large", zones: [AvailabilityZone("us-east-1a")], from: .seconds(300))
    ]
    let story = try World.play(draft)
    #expect(story.faults.isEmpty, "\(story.faults.prefix(3))")
    #expect(story.running() == 2)
    #expect(story.group("small")?.members.map(\.zone.name) == ["us-east-1c", "us-east-1c"])
  }

  @Test("1.13 does not look at activities: it waits its fifteen minutes, then asks the other")
  func waits() throws {
    let story = try World.play(
      draft(
        CapacityShortage(instanceType: "m5.large", from: .seconds(300)), minutes: 40,
        era: .february2019))
    #expect(story.faults.isEmpty, "\(story.faults.prefix(3))")
    #expect(story.minutes("ScaleUpFailed").isEmpty)
    let timedOut = try #require(story.minutes("ScaleUpTimedOut").first)
    #expect((25...27).contains(timedOut))
    #expect(
      story.sizes.first { $0.group == "large" && $0.desired > 0 }.map { $0.minute > 25 } == true)
    #expect(story.group("small")?.desiredCapacity == 0)
    #expect(story.running() == 3)
  }

  @Test("What a person orders in vain is taken back, but nothing is backed off for it")
  func handOrder() throws {
    var draft = try World.draft([World.group("small")], minutes: 25, [World.resize(10, "small", 3)])
    draft.cloud.capacityShortages = [
      CapacityShortage(instanceType: "m5.large", from: .seconds(300))
    ]
    let story = try World.play(draft)
    #expect(story.faults.isEmpty, "\(story.faults.prefix(3))")
    #expect(story.minutes("ScaleUpFailed").isEmpty)
    #expect(story.backoffs("small").isEmpty)
    #expect(story.group("small")?.desiredCapacity == 0)
  }
}
