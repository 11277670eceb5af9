public import Statistics
import TimeUnits

extension ProvisioningStudy {
  /// One way of going it, with what all games took; the games in the order of replications.
  public struct Way: Sendable {
    /// `two regions`, `one region, eksctl`.
    public let name: String
    public let isCrossRegion: Bool
    /// The ladders taken.
    public let ladders: [String]
    public let board: ProvisioningBoard
    public private(set) var games: [Game] = []
    /// By square of the board.
    public private(set) var phases: [PhaseFigures]
    /// By number of the board's snakes.
    public private(set) var snakes: [SnakeFigures]
    /// By claim of the plan.
    public private(set) var claims: [ClaimFigures]

    init(
      name: String, isCrossRegion: Bool, ladders: [String], board: ProvisioningBoard,
      plan: ProvisioningPlan
    ) {
      self.name = name
      self.isCrossRegion = isCrossRegion
      self.ladders = ladders
      self.board = board
      phases = board.squares.map { _ in PhaseFigures() }
      snakes = board.snakes.map { _ in SnakeFigures() }
      claims = plan.claims.map { claim in
        ClaimFigures(square: board.squares.firstIndex { $0.phase.name == claim.through })
      }
      games.reserveCapacity(plan.replications)
    }
  }

  /// What one game took.
  public struct Game: Sendable, Hashable {
    /// In seconds; work and waits add up to the time at work, the rest of `elapsed` is night.
    public var handsOn: Double
    public var waiting: Double
    public var elapsed: Double
    /// The day on which the application ran, counted from 1.
    public var day: Int
    public var steps: Int
    public var setbacks: Int

    /// Work and waits, in seconds.
    public var workingTime: Double { handsOn + waiting }
  }

  /// What a phase took, over all games.
  public struct PhaseFigures: Sendable, Hashable {
    public internal(set) var attempts = RunningMoments()
    /// Seconds.
    public internal(set) var handsOn = RunningMoments()
    /// Seconds.
    public internal(set) var waiting = RunningMoments()
  }

  /// What a snake did, over all games.
  public struct SnakeFigures: Sendable, Hashable {
    public internal(set) var strikes = RunningMoments()
    /// Seconds a game.
    public internal(set) var cost = RunningMoments()
  }

  /// How a published sentence fares.
  public struct ClaimFigures: Sendable, Hashable {
    /// The square at whose end it speaks; nil where a ladder skips that.
    public let square: Int?
    /// Seconds at work until then, by game.
    public internal(set) var times: [Double] = []
    /// The day of it, by game.
    public internal(set) var days: [Int] = []
    /// The games before, within and after what the sentence says.
    public internal(set) var before = 0
    public internal(set) var within = 0
    public internal(set) var after = 0
  }
}

extension ProvisioningStudy.Way {
  /// Seconds at work, by game.
  public var workingTimes: [Double] { games.map(\.workingTime) }
  /// Seconds from the first step to the running application, by game.
  public var elapsedTimes: [Double] { games.map(\.elapsed) }

  /// A quantile of a figure of the games.
  public func quantile(
    _ probability: Double, of figure: (ProvisioningStudy.Game) -> Double
  ) -> QuantileInterval? {
    QuantileInterval(ofSorted: games.map(figure).sorted(), probability: probability)
  }

  /// The share of the games that end on a day.
  public func share(onDay day: Int) -> Double {
    Double(games.count { $0.day == day }) / Double(max(1, games.count))
  }

  /// Seconds at work of an average game.
  public var meanWorkingTime: Double { RunningMoments(workingTimes).mean }

  mutating func add(_ game: Playthrough, claims plan: [ProvisioningPlan.Claim]) {
    games.append(
      ProvisioningStudy.Game(
        handsOn: game.handsOn.secondsValue, waiting: game.waiting.secondsValue,
        elapsed: game.elapsed.secondsValue, day: game.day, steps: game.steps,
        setbacks: game.setbacks))
    for (index, tally) in game.phases.enumerated() {
      phases[index].attempts.add(Double(tally.attempts))
      phases[index].handsOn.add(tally.handsOn.secondsValue)
      phases[index].waiting.add(tally.waiting.secondsValue)
    }
    for (index, tally) in game.snakes.enumerated() {
      snakes[index].strikes.add(Double(tally.strikes))
      snakes[index].cost.add(tally.cost.secondsValue)
    }
    for (index, claim) in plan.enumerated() {
      guard let square = claims[index].square else { continue }
      claims[index].add(game.phases[square], of: claim)
    }
  }
}

extension ProvisioningStudy.ClaimFigures {
  mutating func add(_ tally: Playthrough.PhaseTally, of claim: ProvisioningPlan.Claim) {
    times.append(tally.reachedAfter.secondsValue)
    days.append(tally.reachedOnDay)
    if let range = claim.workingTime {
      count(tally.reachedAfter, range)
    } else if let range = claim.days {
      count(tally.reachedOnDay, range)
    }
  }

  private mutating func count<Value: Comparable>(_ value: Value, _ range: ClosedRange<Value>) {
    if value < range.lowerBound {
      before += 1
    } else if value > range.upperBound {
      after += 1
    } else {
      within += 1
    }
  }
}
