/// What a command printed, and whether it was accepted.
struct CommandOutcome: Sendable {
  var lines: [String] = []
  var accepted = true

  static func refused(_ line: String) -> CommandOutcome {
    CommandOutcome(lines: [line], accepted: false)
  }

  mutating func add(_ line: String) { lines.append(line) }

  mutating func refuse(_ line: String) {
    lines.append(line)
    accepted = false
  }

  var output: String { lines.joined(separator: "\n") }
}
