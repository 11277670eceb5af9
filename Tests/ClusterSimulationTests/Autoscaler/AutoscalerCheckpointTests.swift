import AWSObjects
import ClusterSimulation
import Scenarios
import SimulationKernel
import TestSupport
import Testing
import TimeUnits
import Traces

/// The same run twice, and a run copied in its middle.
@Suite struct AutoscalerCheckpointTests {
  private static func run(_ era: Era) throws -> ClusterRun {
    var draft = try AutoscaledWorld.draft(
      [AutoscaledWorld.group("small"), AutoscaledWorld.group("large", type: "m5.xlarge")],
      minutes: 45, era: era,
      [
        AutoscaledWorld.scale(8, 4), AutoscaledWorld.restart(12), AutoscaledWorld.scale(20, 1),
        AutoscaledWorld.restart(33),
      ])
    draft.cloud.capacityShortages = [
      CapacityShortage(instanceType: "m5.large", from: .seconds(300), until: .seconds(840))
    ]
    return try AutoscaledWorld.run(draft)
  }

  @Test(
    "Two runs, and copies from every tenth on, end alike, byte for byte",
    arguments: [Era.current, .february2019])
  func copies(era: Era) throws {
    var whole = try Self.run(era)
    var again = try Self.run(era)
    var copies: [ClusterRun] = []
    for tenth in 1...9 {
      whole.run(until: .seconds(Int64(tenth) * 270))
      copies.append(whole)
    }
    whole.run(until: whole.horizon)
    again.run(until: again.horizon)
    #expect(again.observer.digest.text == whole.observer.digest.text)
    for var copy in copies {
      copy.run(until: copy.horizon)
      #expect(copy.observer.digest.text == whole.observer.digest.text)
    }
  }
}
