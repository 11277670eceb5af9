public import TimeUnits

/// One game from the first step to the running application.
public struct Playthrough: Sendable, Hashable {
  /// What a phase took in all attempts.
  public struct PhaseTally: Sendable, Hashable {
    public internal(set) var attempts = 0
    public internal(set) var steps = 0
    /// Steps, and finding out what is wrong.
    public internal(set) var handsOn = Duration.zero
    public internal(set) var waiting = Duration.zero
    /// Work and waits of the whole game up to the phase's first end.
    public internal(set) var reachedAfter = Duration.zero
    /// The day of that end, counted from 1.
    public internal(set) var reachedOnDay = 0
  }

  /// What a snake did.
  public struct SnakeTally: Sendable, Hashable {
    public internal(set) var strikes = 0
    /// Finding out, and the steps and waits that were done again because of it.
    public internal(set) var cost = Duration.zero
  }

  /// Something in the story of a game.
  public struct Event: Sendable, Hashable {
    public enum What: Sendable, Hashable {
      /// An attempt at a phase, counted from 1, of so many steps.
      case began(square: Int, attempt: Int, steps: Int)
      /// A step is done; steps are counted from 1 within the attempt.
      case stepDone(square: Int, step: Int)
      /// A wait of the phase is over.
      case waited(square: Int, wait: Int, Duration)
      /// The phase is done, for now.
      case ended(square: Int)
      /// What went wrong is understood.
      case setBack(snake: Int, found: Duration)
      case running
    }

    /// Since the opening of the first day, nights included.
    public var time: SimulationTime
    /// Counted from 1.
    public var day: Int
    public var what: What
  }

  /// Time in which a person does something.
  public internal(set) var handsOn = Duration.zero
  /// Time in which a person waits for a machine.
  public internal(set) var waiting = Duration.zero
  /// From the first step until the application runs, nights included.
  public internal(set) var elapsed = Duration.zero
  /// The day on which the application ran, counted from 1.
  public internal(set) var day = 1
  /// Steps done, repeated ones included.
  public internal(set) var steps = 0
  /// By square of the board.
  public internal(set) var phases: [PhaseTally]
  /// By number of the board's snakes.
  public internal(set) var snakes: [SnakeTally]
  /// In the order of time; empty unless the game was recorded.
  public internal(set) var events: [Event] = []

  /// The set-backs met.
  public var setbacks: Int { snakes.reduce(0) { $0 + $1.strikes } }

  /// Work and waits, without nights: what phases and snakes add up to.
  public var workingTime: Duration { handsOn + waiting }
}
