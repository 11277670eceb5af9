import AWSObjects
import ProvisioningModel
import TimeUnits

/// A provisioning study for a terminal: the board, one game as a story, the distributions, where
/// the time goes, what is published, and what to try next.
public struct ProvisioningPrinter: Sendable {
  let style: StoryPrinter

  /// Default: no colors, 100 columns.
  public init(isColored: Bool = false, width: Int = 100) {
    style = StoryPrinter(isColored: isColored, width: width)
  }

  public func text(_ report: ProvisioningReport) -> String {
    let plan = report.study.plan
    let regions =
      plan.isCrossRegion
      ? "EKS in \(plan.region), data in \(plan.dataRegion)" : "EKS and data in \(plan.region)"
    var lines = [
      style.bold(plan.name) + "  \(plan.date.date), \(regions), seed \(plan.seed)", "",
    ]
    lines += board(report)
    lines += story(report)
    lines += figures(report)
    lines.append(style.bold("Mind"))
    lines += report.warnings.flatMap { style.wrapped($0, first: "  - ", rest: "    ") }
    lines += ["", style.bold("Try next")]
    lines += report.advice.flatMap { style.wrapped($0, first: "  - ", rest: "    ") }
    lines += [
      "",
      "\(report.trace.count) events, digest \(report.digest); same plan, seed and version give the "
        + "same digest.",
    ]
    return lines.joined(separator: "\n")
  }

  // MARK: Board

  private func board(_ report: ProvisioningReport) -> [String] {
    let plan = report.study.plan
    let board = report.base.board
    let published = board.squares.reduce(0) {
      $0 + ($1.phase.steps.provenance.mark == .published ? $1.phase.steps.value : 0)
    }
    var lines = [
      style.bold("The board")
        + "  \(board.steps) steps: \(published) published, \(board.steps - published) not"
    ]
    let width = min(56, board.squares.map(\.phase.title.count).max() ?? 0)
    for (index, square) in board.squares.enumerated() {
      let mark = square.phase.steps.provenance.mark
      lines.append(
        "  " + Self.pad("\(index + 1)", 2, right: true) + (square.isLadder ? " = " : "   ")
          + Self.pad(square.phase.title, width)
          + Self.pad("\(square.phase.steps.value)", 5, right: true)
          + (mark == .published ? "" : "  \(mark.rawValue)"))
      for snake in square.snakes {
        let target = snake.to == snake.from ? "" : " back to \(snake.to + 1)"
        lines += style.wrapped(
          "\(Self.percent(snake.setback.chance))\(target): \(snake.setback.what)",
          first: "       ~ ", rest: "         ")
      }
    }
    for ladder in plan.ladders where !report.base.ladders.contains(ladder.phase.name) {
      let skipped = board.squares.enumerated().filter {
        ladder.skips.contains($0.element.phase.name)
      }
      guard !skipped.isEmpty else { continue }
      let places = skipped.map { "\($0.offset + 1)" }.joined(separator: ", ")
      let steps = skipped.reduce(0) { $0 + $1.element.phase.steps.value }
      lines += style.wrapped(
        "not taken, \(ladder.phase.steps.value) steps instead of the \(steps) of \(places): "
          + ladder.phase.title, first: "     = ", rest: "       ")
    }
    lines.append("  ~ a snake with its chance at an attempt, = a ladder")
    return lines + [""]
  }

  // MARK: Story

  private func story(_ report: ProvisioningReport) -> [String] {
    let game = report.study.story
    let board = report.base.board
    let snakes = board.snakes
    var lines = [style.bold("The first game")]
    var began: (event: Playthrough.Event, square: Int, attempt: Int, steps: Int)?
    var waited = Duration.zero
    var day = 0
    for event in game.events {
      switch event.what {
      case .began(let square, let attempt, let steps):
        began = (event, square, attempt, steps)
        waited = .zero
      case .waited(_, _, let span): waited = waited + span
      case .ended, .setBack:
        if let began {
          let clock = time(of: began.event, board)
          let title = board.squares[began.square].phase.title
          let steps = began.steps == 1 ? "1 step" : "\(began.steps) steps"
          let waits = waited == .zero ? "" : ", \(Self.minutes(waited)) of waiting"
          let again = began.attempt == 1 ? "" : " again"
          lines += style.wrapped(
            "\(began.square + 1) \(title)\(again): \(steps)\(waits)",
            first: day == began.event.day ? "         \(clock)  " : dayLine(began.event, clock),
            rest: "                ")
          day = began.event.day
        }
        began = nil
        if case .setBack(let index, let found) = event.what {
          let snake = snakes[index]
          lines += style.wrapped(
            "~ \(snake.setback.what): found in \(Self.minutes(found)), back to \(snake.to + 1)",
            first: "         \(time(of: event, board))  ", rest: "                  "
          ).map(style.red)
        }
      case .running:
        let clock = time(of: event, board)
        lines.append(
          (day == event.day ? "         \(clock)  " : dayLine(event, clock))
            + "the application runs")
      case .stepDone: break
      }
    }
    lines += style.wrapped(
      "\(game.steps) steps, \(game.setbacks) set-backs, \(Self.hours(game.handsOn.secondsValue)) "
        + "hands-on, \(Self.hours(game.waiting.secondsValue)) of waiting; "
        + "\(Self.hours(game.elapsed.secondsValue)) with the nights", first: "  ", rest: "  ")
    return lines + [""]
  }

  private func dayLine(_ event: Playthrough.Event, _ clock: String) -> String {
    "  " + Self.pad("day \(event.day)", 7) + "\(clock)  "
  }

  /// ` 9:05`, `14:20`: the time of day.
  private func time(of event: Playthrough.Event, _ board: ProvisioningBoard) -> String {
    let seconds =
      (board.workday.start.nanoseconds + event.time.nanoseconds) / 1_000_000_000 % 86_400
    let minutes = seconds / 60 % 60
    return Self.pad("\(seconds / 3600)", 2, right: true) + ":" + (minutes < 10 ? "0" : "")
      + "\(minutes)"
  }
}
