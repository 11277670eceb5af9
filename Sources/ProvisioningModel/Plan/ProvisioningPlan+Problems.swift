import AWSObjects
import Documents
import Probability
import TimeUnits

extension ProvisioningPlan {
  /// Bounds that keep a game within what can be played: steps of a phase, strikes of a snake,
  /// attempts at a phase that are expected, and games.
  public static let stepLimit = 1_000
  public static let strikeLimit = 1_000
  public static let attemptLimit = 10_000.0
  public static let replicationLimit = 100_000

  /// Everything that is wrong with the plan.
  public var problems: [ProvisioningProblem] {
    var problems = frameProblems
    if phases.isEmpty {
      problems.append(ProvisioningProblem(path: "spec.phases", message: "a plan needs phases"))
    }
    for (index, phase) in phases.enumerated() {
      problems += self.problems(of: phase, at: "spec.phases[\(index)]", end: index)
    }
    for (index, ladder) in ladders.enumerated() {
      problems += self.problems(of: ladder, at: "spec.ladders[\(index)]")
    }
    problems += takenProblems
    for (index, claim) in claims.enumerated() {
      problems += self.problems(of: claim, at: "spec.claims[\(index)]")
    }
    return problems.isEmpty ? boardProblems : problems
  }

  private var names: [String] { phases.map(\.name) }

  private var frameProblems: [ProvisioningProblem] {
    var problems: [ProvisioningProblem] = []
    if name.isEmpty {
      problems.append(ProvisioningProblem(path: "metadata.name", message: "the name is empty"))
    }
    if !(1...Self.replicationLimit).contains(replications) {
      problems.append(
        ProvisioningProblem(
          path: "spec.replications", message: "expected 1 to \(Self.replicationLimit) replications")
      )
    }
    let day = Duration.seconds(86_400)
    if workday.value.length < .seconds(60) || workday.value.start + workday.value.length > day {
      problems.append(
        ProvisioningProblem(
          path: "spec.workday",
          message: "a working day lasts a minute at least and ends by midnight",
          suggestion: "start: 9h, length: 8h"))
    }
    let all = names + ladders.map(\.phase.name)
    for (index, name) in all.enumerated() where all[..<index].contains(name) {
      let path =
        index < phases.count
        ? "spec.phases[\(index)].name" : "spec.ladders[\(index - phases.count)].name"
      problems.append(ProvisioningProblem(path: path, message: "the name '\(name)' is taken"))
    }
    return problems
  }

  /// `end` is the place of the phase in the order; nil for a ladder.
  private func problems(of phase: Phase, at path: String, end: Int?) -> [ProvisioningProblem] {
    var problems: [ProvisioningProblem] = []
    if !(1...Self.stepLimit).contains(phase.steps.value) {
      problems.append(
        ProvisioningProblem(
          path: "\(path).steps.count",
          message: "a phase has 1 to \(Self.stepLimit) steps, not \(phase.steps.value)"))
    }
    for (index, setback) in phase.setbacks.enumerated() {
      problems += self.problems(of: setback, at: "\(path).setbacks[\(index)]", phase, end: end)
    }
    let sum = phase.setbacks.reduce(0) { $0 + max(0, $1.chance) }
    if sum > 1 + 1e-9 {
      problems.append(
        ProvisioningProblem(
          path: "\(path).setbacks",
          message: "the chances sum to \(Self.short(sum)), which is more than 1",
          suggestion: "the set-backs of one phase exclude one another"))
    } else if phase.setbacks.filter({ $0.atMost == nil }).reduce(0, { $0 + $1.chance }) > 1 - 1e-9 {
      problems.append(
        ProvisioningProblem(
          path: "\(path).setbacks", message: "the chances sum to 1: the phase never ends",
          suggestion: "say atMost, or leave a chance of no set-back"))
    }
    return problems
  }

  private func problems(
    of setback: Setback, at path: String, _ phase: Phase, end: Int?
  ) -> [ProvisioningProblem] {
    var problems: [ProvisioningProblem] = []
    func say(_ field: String, _ message: String, _ suggestion: String? = nil) {
      problems.append(
        ProvisioningProblem(
          path: "\(path).\(field)", message: message, suggestion: suggestion))
    }
    if !(0...1).contains(setback.chance) {
      say("chance", "a chance lies between 0 and 1, not \(Self.short(setback.chance))")
    }
    if !(setback.repeats > 0 && setback.repeats <= 1) {
      say("repeats", "a share of the steps is above 0 and at most 1")
    }
    if let limit = setback.atMost, !(1...Self.strikeLimit).contains(limit) {
      say("atMost", "expected 1 to \(Self.strikeLimit) times, not \(limit)")
    }
    if setback.backTo == phase.name { return problems }
    guard let target = names.firstIndex(of: setback.backTo) else {
      say(
        "backTo", "no phase is called '\(setback.backTo)'",
        Spelling.suggestion(for: setback.backTo, among: names)
          ?? "known: " + names.joined(separator: ", "))
      return problems
    }
    if let end, target > end {
      say(
        "backTo", "'\(setback.backTo)' comes after '\(phase.name)': a set-back leads back",
        "'\(phase.name)' or a phase before it")
    }
    if let condition = phases[target].condition, setback.condition ?? phase.condition != condition {
      say(
        "backTo", "'\(setback.backTo)' is there only if \(condition.rawValue)",
        "onlyIf: \(condition.rawValue)")
    }
    return problems
  }

  private func problems(of ladder: Ladder, at path: String) -> [ProvisioningProblem] {
    var problems = self.problems(of: ladder.phase, at: path, end: nil)
    if ladder.skips.isEmpty {
      problems.append(
        ProvisioningProblem(path: "\(path).skips", message: "a ladder skips a phase at least"))
    }
    for (index, name) in ladder.skips.enumerated() {
      if !names.contains(name) {
        problems.append(
          ProvisioningProblem(
            path: "\(path).skips[\(index)]", message: "no phase is called '\(name)'",
            suggestion: Spelling.suggestion(for: name, among: names)
              ?? "known: " + names.joined(separator: ", ")))
      } else if ladder.skips[..<index].contains(name) {
        problems.append(
          ProvisioningProblem(
            path: "\(path).skips[\(index)]", message: "'\(name)' is there twice"))
      }
    }
    return problems
  }

  private var takenProblems: [ProvisioningProblem] {
    var problems: [ProvisioningProblem] = []
    var skipped: [String] = []
    let known = ladders.map(\.phase.name)
    for (index, name) in taken.enumerated() {
      guard let ladder = ladders.first(where: { $0.phase.name == name }) else {
        problems.append(
          ProvisioningProblem(
            path: "spec.take[\(index)]", message: "no ladder is called '\(name)'",
            suggestion: Spelling.suggestion(for: name, among: known)
              ?? (known.isEmpty ? nil : "known: " + known.joined(separator: ", "))))
        continue
      }
      if let twice = ladder.skips.first(where: skipped.contains) {
        problems.append(
          ProvisioningProblem(
            path: "spec.take[\(index)]",
            message: "'\(name)' skips '\(twice)', which a ladder before it skips as well"))
      }
      skipped += ladder.skips
    }
    return problems
  }

  private func problems(of claim: Claim, at path: String) -> [ProvisioningProblem] {
    guard names.contains(claim.through) else {
      return [
        ProvisioningProblem(
          path: "\(path).through", message: "no phase is called '\(claim.through)'",
          suggestion: Spelling.suggestion(for: claim.through, among: names)
            ?? "known: " + names.joined(separator: ", "))
      ]
    }
    let sum = publishedSteps(through: claim.through)
    guard let steps = claim.steps, steps != sum else { return [] }
    return [
      ProvisioningProblem(
        path: "\(path).steps",
        message: "the published steps up to '\(claim.through)' sum to \(sum), not \(steps)")
    ]
  }

  /// What only shows when the phases are put together.
  private var boardProblems: [ProvisioningProblem] {
    for isCrossRegion in [false, true] {
      let board: ProvisioningBoard
      do {
        board = try ProvisioningBoard(self, isCrossRegion: isCrossRegion, ladders: taken)
      } catch {
        return [ProvisioningProblem(path: "spec.phases", message: error.description)]
      }
      let attempts = board.attemptBounds?.max() ?? .infinity
      if attempts > Self.attemptLimit {
        return [
          ProvisioningProblem(
            path: "spec.phases",
            message: "the set-backs let hardly anybody through: more than "
              + "\(Int(Self.attemptLimit)) attempts at a phase are to be expected")
        ]
      }
    }
    return []
  }

  private static func short(_ value: Double) -> String {
    let rounded = (value * 1e4).rounded() / 1e4
    return rounded == rounded.rounded() && abs(rounded) < 1e9 ? "\(Int(rounded))" : "\(rounded)"
  }
}
