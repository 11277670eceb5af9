import AWSObjects
import Probability
import TimeUnits

extension ProvisioningBoard {
  /// Plays one game.
  ///
  /// `streams` gives the random numbers for a purpose and a number. Each attempt at each phase has
  /// its own, so that the same phase meets the same luck on another board (common random numbers).
  /// - Complexity: linear in the steps done.
  public func play<Generator: RandomNumberGenerator>(
    isRecorded: Bool = false, streams: (_ name: String, _ entity: UInt64) -> Generator
  ) -> Playthrough {
    var player = Player(self, isRecorded)
    while player.place < squares.count { player.attempt(streams) }
    return player.finish()
  }
}

/// A game under way.
private struct Player {
  /// What is still to be done on a square.
  struct Task {
    var share = 1.0
    /// The snake that brought the player back, nil on the first way.
    var cause: Int?
    var withWaits = true
  }

  let board: ProvisioningBoard
  let isRecorded: Bool
  var place = 0
  var clock: WorkdayClock
  var tasks: [Task]
  var result: Playthrough

  init(_ board: ProvisioningBoard, _ isRecorded: Bool) {
    self.board = board
    self.isRecorded = isRecorded
    clock = WorkdayClock(board.workday)
    tasks = board.squares.map { _ in Task() }
    result = Playthrough(
      phases: board.squares.map { _ in Playthrough.PhaseTally() },
      snakes: board.snakes.map { _ in Playthrough.SnakeTally() })
  }

  /// Does what is to be done on the square, and moves on or back.
  mutating func attempt<Generator: RandomNumberGenerator>(
    _ streams: (String, UInt64) -> Generator
  ) {
    let square = board.squares[place]
    let name = square.phase.name
    let entity = UInt64(result.phases[place].attempts)
    let steps = square.steps(share: tasks[place].share)
    result.phases[place].attempts += 1
    // What would begin after closing time begins in the morning.
    clock.settle()
    record(.began(square: place, attempt: Int(entity) + 1, steps: steps))
    var hands = streams("provisioning.\(name).step", entity)
    for step in 1...steps {
      work(square.perStep.sampleNanoseconds(using: &hands), cause: tasks[place].cause)
      record(.stepDone(square: place, step: step))
    }
    result.phases[place].steps += steps
    result.steps += steps
    if tasks[place].withWaits, !square.waits.isEmpty {
      var machines = streams("provisioning.\(name).wait", entity)
      for (index, wait) in square.waits.enumerated() {
        self.wait(wait.sampleNanoseconds(using: &machines), index, cause: tasks[place].cause)
      }
    }
    var luck = streams("provisioning.\(name).setback", entity)
    let draw = luck.openUniform()
    if let snake = square.snakes.first(where: { $0.isAwake(draw) }), mayStrike(snake) {
      let found = snake.finding.sampleNanoseconds(using: &luck)
      setBack(by: snake, after: found)
      return
    }
    record(.ended(square: place))
    if result.phases[place].reachedOnDay == 0 {
      result.phases[place].reachedAfter = result.workingTime
      result.phases[place].reachedOnDay = clock.dayNumber
    }
    place += 1
  }

  private func mayStrike(_ snake: ProvisioningBoard.Snake) -> Bool {
    snake.setback.atMost.map { result.snakes[snake.index].strikes < $0 } ?? true
  }

  private mutating func setBack(by snake: ProvisioningBoard.Snake, after found: Int64) {
    result.snakes[snake.index].strikes += 1
    work(found, cause: snake.index)
    record(.setBack(snake: snake.index, found: .nanoseconds(found)))
    for square in snake.to...snake.from {
      tasks[square] = Task(
        share: snake.setback.repeats, cause: snake.index, withWaits: snake.setback.waitsAgain)
    }
    place = snake.to
  }

  private mutating func work(_ span: Int64, cause: Int?) {
    clock.work(span)
    result.handsOn.add(span)
    result.phases[place].handsOn.add(span)
    if let cause { result.snakes[cause].cost.add(span) }
  }

  private mutating func wait(_ span: Int64, _ index: Int, cause: Int?) {
    clock.wait(span)
    result.waiting.add(span)
    result.phases[place].waiting.add(span)
    if let cause { result.snakes[cause].cost.add(span) }
    record(.waited(square: place, wait: index, .nanoseconds(span)))
  }

  private mutating func record(_ what: Playthrough.Event.What) {
    guard isRecorded else { return }
    result.events.append(
      Playthrough.Event(
        time: SimulationTime(nanoseconds: clock.elapsed), day: clock.dayNumber, what: what))
  }

  mutating func finish() -> Playthrough {
    record(.running)
    result.elapsed = .nanoseconds(clock.elapsed)
    result.day = clock.dayNumber
    return result
  }
}

extension ProvisioningBoard.Square {
  /// How many steps a share of the phase is: rounded up, one at least.
  func steps(share: Double) -> Int {
    // A share such as 0.1 is not exact in binary; 0.1 of 30 steps are three.
    max(1, Int((share * Double(phase.steps.value) - 1e-9).rounded(.up)))
  }
}

extension ProvisioningBoard.Snake {
  func isAwake(_ draw: Double) -> Bool { draw >= low && draw < low + setback.chance }
}

extension Duration {
  fileprivate mutating func add(_ span: Int64) {
    self = .nanoseconds(nanoseconds.addedSafely(span))
  }
}
