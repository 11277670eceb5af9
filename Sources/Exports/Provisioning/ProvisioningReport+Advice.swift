import AWSObjects
import ProvisioningModel
import Statistics
public import TimeUnits

extension ProvisioningReport {
  /// Fills in what to mind and what to try next; `eksInDataRegion` is when EKS came to the region
  /// of the data, nil if nobody knows.
  public mutating func advise(eksInDataRegion: CalendarTime?) {
    let plan = study.plan
    warnings = [Self.knowledge(of: plan)]
    if plan.replications < 100 {
      warnings.append("Few games: a bound of an interval that they do not give is a question mark.")
    }
    advice = regionAdvice(eksInDataRegion) + ladderAdvice + snakeAdvice
    advice.append("Another game: --seed \(plan.seed &+ 1).")
  }

  private func regionAdvice(_ start: CalendarTime?) -> [String] {
    let plan = study.plan
    guard plan.isCrossRegion, let start else { return [] }
    return [
      "Wait for EKS beside the data: --set spec.region=\(plan.dataRegion)"
        + (start > plan.date ? " --set spec.date=\(start.date)" : "") + "."
    ]
  }

  /// The ladder that saves most.
  private var ladderAdvice: [String] {
    let gains = zip(study.differences, study.ways.dropFirst()).compactMap {
      difference, way -> (name: String, gain: Double, ladders: [String])? in
      guard way.ladders != base.ladders, let mean = difference.workingTime, mean.high < 0 else {
        return nil
      }
      return (way.name, -mean.mean, way.ladders)
    }
    guard let best = gains.max(by: { $0.gain < $1.gain }) else { return [] }
    return [
      "Climb a ladder: --set spec.take=[\(best.ladders.joined(separator: ","))] saves "
        + "\(ProvisioningPrinter.hours(best.gain)) on average."
    ]
  }

  /// The game without its costliest snake.
  private var snakeAdvice: [String] {
    guard let worst = costliestSnakes.first, base.snakes[worst.index].cost.mean > 0 else {
      return []
    }
    let plan = study.plan
    let name = base.board.squares[worst.from].phase.name
    let list = plan.phases.contains { $0.name == name } ? "phases" : "ladders"
    let setbacks = base.board.squares[worst.from].phase.setbacks
    guard let index = setbacks.firstIndex(of: worst.setback) else { return [] }
    return [
      "What preparation against the costliest snake is worth: --set "
        + "spec.\(list)[\(name)].setbacks[\(index)].chance=0."
    ]
  }

  /// How much of the plan is assumed, and what follows.
  private static func knowledge(of plan: ProvisioningPlan) -> String {
    let phases = plan.phases + plan.ladders.map(\.phase)
    let share = { (name: String, marks: [Mark]) -> String? in
      guard !marks.isEmpty else { return nil }
      return "\(marks.count { $0 == .assumed }) of \(marks.count) \(name)"
    }
    let parts = [
      share("step counts", phases.map(\.steps.provenance.mark)),
      share("times of steps", phases.map(\.perStep.provenance.mark)),
      share("waits", phases.flatMap(\.waits).map(\.law.provenance.mark)),
      share("set-backs", phases.flatMap(\.setbacks).map(\.provenance.mark)),
    ].compactMap { $0 }
    return "Assumed are \(parts.joined(separator: ", ")). That published words lie within these "
      + "games makes the plan plausible and validates nothing; seatrial show prints every figure "
      + "with its source."
  }
}
