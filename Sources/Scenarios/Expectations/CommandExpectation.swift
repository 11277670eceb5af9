/// A claim about what a command on the timeline came to.
public struct CommandExpectation: Sendable, Hashable {
  /// Which entry of the timeline, from 1, in the order of time.
  public var number: Int
  /// The entry's command, for the sentence.
  public var commandText: String
  /// A text that the output contains; nil asks nothing.
  public var output: String?
  /// Whether it was accepted; nil asks nothing.
  public var accepted: Bool?

  public init(number: Int, commandText: String, output: String? = nil, accepted: Bool? = nil) {
    self.number = number
    self.commandText = commandText
    self.output = output
    self.accepted = accepted
  }

  /// Holds the claim against what the command printed; nil stands for a command that did not run.
  public func check(output found: String?, accepted wasAccepted: Bool) -> Verdict {
    guard let found else { return Verdict(passed: false, actual: "it did not run") }
    let saysIt = output.map(found.contains) ?? true
    let isRight = accepted.map { $0 == wasAccepted } ?? true
    let first = found.split(separator: "\n").first.map(String.init) ?? "no output"
    return Verdict(
      passed: saysIt && isRight,
      actual: (wasAccepted ? "accepted: " : "refused: ") + (saysIt && isRight ? first : found))
  }

  /// `"aws … 6" (command 5) is refused and says "above max value"`.
  public var sentence: String {
    var claims: [String] = []
    if let accepted { claims.append(accepted ? "is accepted" : "is refused") }
    if let output { claims.append("says \"\(output)\"") }
    let claim = claims.isEmpty ? "runs" : claims.joined(separator: " and ")
    return "\"\(commandText)\" (command \(number)) \(claim)"
  }
}
