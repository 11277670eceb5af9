public import Probability
public import Statistics
import TimeUnits

/// One plan played many times, as it is and in other ways, each game in the same luck.
public struct ProvisioningStudy: Sendable {
  public let plan: ProvisioningPlan
  /// The plan as it is first; then the other case of the regions, if anything depends on it; then
  /// the plan with each ladder that it does not take.
  public let ways: [Way]
  /// What each other way takes more than the plan as it is, pair by pair.
  public let differences: [Difference]
  /// The first game of the plan as it is, with its events.
  public let story: Playthrough

  /// Plays everything; `world` gives the random streams of a replication.
  ///
  /// Throws where a law has parameters with which there is none.
  /// - Complexity: replications × ways × steps.
  public init<Generator: RandomNumberGenerator>(
    _ plan: ProvisioningPlan,
    world: (_ replication: UInt64) -> (_ name: String, _ entity: UInt64) -> Generator
  ) throws(DistributionError) {
    self.plan = plan
    var ways: [Way] = []
    for (name, isCrossRegion, ladders) in Self.ways(of: plan) {
      let board = try ProvisioningBoard(plan, isCrossRegion: isCrossRegion, ladders: ladders)
      ways.append(
        Way(name: name, isCrossRegion: isCrossRegion, ladders: ladders, board: board, plan: plan))
    }
    for replication in 0..<plan.replications {
      let streams = world(UInt64(replication))
      for index in ways.indices {
        ways[index].add(ways[index].board.play(streams: streams), claims: plan.claims)
      }
    }
    self.ways = ways
    story = ways[0].board.play(isRecorded: true, streams: world(0))
    differences = ways.dropFirst().map { Difference(of: $0, from: ways[0]) }
  }

  private static func ways(
    of plan: ProvisioningPlan
  ) -> [(name: String, isCrossRegion: Bool, ladders: [String])] {
    let name = { (isCrossRegion: Bool) in isCrossRegion ? "two regions" : "one region" }
    let cross = plan.isCrossRegion
    var ways = [(name(cross), cross, plan.taken)]
    if plan.speaksOfRegions { ways.append((name(!cross), !cross, plan.taken)) }
    for ladder in plan.ladders where !plan.taken.contains(ladder.phase.name) {
      // One that skips what another skips already is no further way.
      let others = plan.ladders.filter { plan.taken.contains($0.phase.name) }
      if ladder.skips.contains(where: { name in others.contains { $0.skips.contains(name) } }) {
        continue
      }
      ways.append(("\(name(cross)), \(ladder.phase.name)", cross, plan.taken + [ladder.phase.name]))
    }
    return ways
  }
}

extension ProvisioningStudy {
  /// What another way takes more than the plan as it is: negative is less.
  public struct Difference: Sendable {
    /// The name of the other way.
    public let way: String
    /// The mean difference in work and waits, in seconds; nil for fewer than two games.
    public let workingTime: StudentInterval?
    /// The mean difference in elapsed time, nights included, in seconds.
    public let elapsed: StudentInterval?
    /// The median difference in work and waits, in seconds.
    public let medianWorkingTime: QuantileInterval?
    /// The share of pairs in which the other way takes longer.
    public let shareLonger: Double

    init(of way: Way, from base: Way) {
      self.way = way.name
      let pairs = zip(way.workingTimes, base.workingTimes).map { $0 - $1 }
      workingTime = StudentInterval(of: pairs)
      elapsed = StudentInterval(of: zip(way.elapsedTimes, base.elapsedTimes).map { $0 - $1 })
      medianWorkingTime = QuantileInterval(ofSorted: pairs.sorted(), probability: 0.5)
      shareLonger = Double(pairs.count { $0 > 0 }) / Double(max(1, pairs.count))
    }
  }
}
