import AWSObjects
public import Probability

/// A plan made ready to play under given conditions: the phases that are there, in order, with
/// their snakes.
public struct ProvisioningBoard: Sendable {
  /// A phase on the board.
  public struct Square: Sendable {
    public var phase: ProvisioningPlan.Phase
    /// Whether it is a ladder that is taken.
    public var isLadder: Bool
    /// Its snakes that are there, in the order of the plan.
    public var snakes: [Snake]
    var perStep: AnyDistribution
    var waits: [AnyDistribution]
  }

  /// A set-back on the board.
  public struct Snake: Sendable {
    public var setback: ProvisioningPlan.Setback
    /// The square it lies on, and the one it leads to.
    public var from: Int
    public var to: Int
    /// Its number among all snakes of the board.
    public var index: Int
    /// The share of the phase's draws that wake it: [low, low + chance).
    var low: Double
    var finding: AnyDistribution
  }

  public let squares: [Square]
  public let workday: ProvisioningPlan.Workday

  /// The board of a plan.
  ///
  /// A set-back that led to a phase that is not there leads to the next one that is, or to its own
  /// if that comes first. Throws where a law has parameters with which there is none.
  public init(
    _ plan: ProvisioningPlan, isCrossRegion: Bool, ladders: [String] = []
  ) throws(DistributionError) {
    let isThere = { (condition: ProvisioningPlan.Condition?) in
      condition == nil || isCrossRegion
    }
    let taken = plan.ladders.filter { ladders.contains($0.phase.name) }
    var phases: [(phase: ProvisioningPlan.Phase, isLadder: Bool)] = []
    // Where each phase of the plan is, or would be, on the board.
    var places: [String: Int] = [:]
    for phase in plan.phases {
      places[phase.name] = phases.count
      let skipping = taken.filter { $0.skips.contains(phase.name) }
      if skipping.isEmpty, isThere(phase.condition) { phases.append((phase, false)) }
      for ladder in skipping where ladder.skips.allSatisfy({ places[$0] != nil }) {
        // The ladder stands here; what led to one of its phases leads to it.
        for name in ladder.skips { places[name] = phases.count }
        places[ladder.phase.name] = phases.count
        phases.append((ladder.phase, true))
      }
    }
    var squares: [Square] = []
    var count = 0
    for (place, entry) in phases.enumerated() {
      let snakes = try Self.snakes(of: entry.phase, at: place, places, &count, isThere)
      var waits: [AnyDistribution] = []
      for wait in entry.phase.waits { waits.append(try wait.law.value.distribution()) }
      squares.append(
        Square(
          phase: entry.phase, isLadder: entry.isLadder, snakes: snakes,
          perStep: try entry.phase.perStep.value.distribution(), waits: waits))
    }
    self.squares = squares
    workday = plan.workday.value
  }

  private static func snakes(
    of phase: ProvisioningPlan.Phase, at place: Int, _ places: [String: Int], _ count: inout Int,
    _ isThere: (ProvisioningPlan.Condition?) -> Bool
  ) throws(DistributionError) -> [Snake] {
    var snakes: [Snake] = []
    var low = 0.0
    for setback in phase.setbacks {
      // One that is not there keeps its share of the draws, so that the others meet the same luck.
      defer { low += setback.chance }
      guard isThere(setback.condition) else { continue }
      snakes.append(
        Snake(
          setback: setback, from: place, to: min(places[setback.backTo] ?? place, place),
          index: count, low: low, finding: try setback.finding.distribution()))
      count += 1
    }
    return snakes
  }

  /// Every snake, by its number.
  public var snakes: [Snake] { squares.flatMap(\.snakes) }

  /// The steps of a game without set-backs.
  public var steps: Int { squares.reduce(0) { $0 + $1.phase.steps.value } }
}
