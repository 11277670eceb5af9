import AWSObjects
import ProvisioningModel
import SimulationKernel
import TimeUnits

/// Plans of tests: phases a, b, c … of so many steps of ten minutes.
enum TestPlan {
  static let guess = Provenance(.assumed, "a test")

  static func law(_ law: DelayLaw) -> Sourced<DelayLaw> { Sourced(law, guess) }

  static func phase(
    _ name: String, steps: Int, minutes: Int64 = 10, waits: [Int64] = [],
    setbacks: [ProvisioningPlan.Setback] = [], onlyIf: ProvisioningPlan.Condition? = nil
  ) -> ProvisioningPlan.Phase {
    ProvisioningPlan.Phase(
      name: name, title: name, steps: Sourced(steps, Provenance(.published, "a test")),
      perStep: law(.constant(.seconds(minutes * 60))),
      waits: waits.map { .init(what: "wait", law: law(.constant(.seconds($0 * 60)))) },
      setbacks: setbacks, condition: onlyIf)
  }

  static func setback(
    _ chance: Double, backTo: String, repeats: Double = 1, waitsAgain: Bool = true,
    findingMinutes: Int64 = 0, atMost: Int? = nil, onlyIf: ProvisioningPlan.Condition? = nil
  ) -> ProvisioningPlan.Setback {
    ProvisioningPlan.Setback(
      what: "a mistake", chance: chance, backTo: backTo, repeats: repeats, waitsAgain: waitsAgain,
      finding: .constant(.seconds(findingMinutes * 60)), atMost: atMost, condition: onlyIf,
      provenance: guess)
  }

  static func plan(
    _ phases: [ProvisioningPlan.Phase], hours: Int64 = 8, data: String = "us-east-2"
  ) -> ProvisioningPlan {
    ProvisioningPlan(
      name: "test", date: CalendarTime(year: 2018, month: 10, day: 15)!,
      region: Region("us-east-1"), dataRegion: Region(data),
      workday: Sourced(.init(length: .seconds(hours * 3600)), guess), phases: phases)
  }

  static func streams(
    seed: UInt64 = 1, _ replication: UInt64 = 0
  ) -> (String, UInt64) -> RandomStream {
    let streams = RandomStreams(seed: seed).replication(replication)
    return { streams.stream($0, entity: $1) }
  }

  static func play(
    _ plan: ProvisioningPlan, crossRegion: Bool = false, ladders: [String] = [],
    replication: UInt64 = 0, isRecorded: Bool = false
  ) throws -> (board: ProvisioningBoard, game: Playthrough) {
    let board = try ProvisioningBoard(plan, isCrossRegion: crossRegion, ladders: ladders)
    return (board, board.play(isRecorded: isRecorded, streams: streams(replication)))
  }

  private static func streams(_ replication: UInt64) -> (String, UInt64) -> RandomStream {
    streams(seed: 1, replication)
  }
}

extension Duration {
  static func minutes(_ count: Int64) -> Duration { .seconds(count * 60) }
}
