import Documents
public import ProvisioningModel
import TimeUnits

/// `trace.jsonl` of a game: one event a line, canonical bytes.
public enum ProvisioningTrace {
  /// The lines of the recorded events, without line feeds; `board` is what was played.
  public static func lines(_ game: Playthrough, on board: ProvisioningBoard) -> [[UInt8]] {
    let snakes = board.snakes
    return game.events.enumerated().map { sequence, event in
      var json = JSONWriter()
      json.object { json in
        json.field("t_ns", event.time.nanoseconds)
        json.field("seq", sequence)
        switch event.what {
        case .began(let square, let attempt, let steps):
          write("phaseBegan", board.squares[square], &json) { json in
            json.field("attempt", attempt)
            json.field("steps", steps)
          }
        case .stepDone(let square, let step):
          write("stepDone", board.squares[square], &json) { $0.field("step", step) }
        case .waited(let square, let wait, let span):
          write("waited", board.squares[square], &json) { json in
            json.field("what", board.squares[square].phase.waits[wait].what)
            json.field("wait_ns", span.nanoseconds)
          }
        case .ended(let square):
          write("phaseEnded", board.squares[square], &json) { _ in }
        case .setBack(let snake, let found):
          let snake = snakes[snake]
          write("setBack", board.squares[snake.from], &json) { json in
            json.field("what", snake.setback.what)
            json.field("back_to", board.squares[snake.to].phase.name)
            json.field("finding_ns", found.nanoseconds)
          }
        case .running:
          json.field("kind", "applicationRunning")
          json.field("object", "application")
          json.field(
            "data",
            object: { json in
              json.field("day", game.day)
              json.field("steps", game.steps)
              json.field("setbacks", game.setbacks)
            })
        }
      }
      return json.bytes
    }
  }

  private static func write(
    _ kind: String, _ square: ProvisioningBoard.Square, _ json: inout JSONWriter,
    _ data: (inout JSONWriter) -> Void
  ) {
    json.field("kind", kind)
    json.field("object", "phase/\(square.phase.name)")
    json.field("data", object: data)
  }
}
