import TimeUnits
public import Traces

/// The story of a run for a terminal: what people did, what the cluster did, why, what it cost, and
/// what to try next.
public struct StoryPrinter: Sendable {
  /// Whether to use colors.
  public var isColored: Bool
  /// Columns of the terminal. Default 100.
  public var width: Int

  public init(isColored: Bool = false, width: Int = 100) {
    self.isColored = isColored
    self.width = max(60, width)
  }

  public func text(_ summary: RunSummary) -> String {
    var lines: [String] = [
      bold("\(summary.scenario)") + "  \(summary.start.date), era \(summary.era), "
        + "\(Self.clock(summary.simulated.nanoseconds)) simulated, seed \(summary.seed)", "",
    ]
    for chapter in summary.story.chapters where chapter.command != nil || !chapter.lines.isEmpty {
      lines += self.chapter(chapter)
    }
    lines += endState(summary)
    lines += expectations(summary)
    lines += cost(summary)
    if !summary.warnings.isEmpty {
      lines.append(bold("Mind"))
      lines += summary.warnings.flatMap { wrapped($0, first: "  - ", rest: "    ") }
      lines.append("")
    }
    lines.append(bold("Try next"))
    lines += summary.advice.flatMap { wrapped($0, first: "  - ", rest: "    ") }
    lines.append("")
    lines.append(
      "\(summary.events) events, digest \(summary.digest); same scenario, seed and version give "
        + "the same digest.")
    return lines.joined(separator: "\n")
  }

  // MARK: Parts

  private func chapter(_ chapter: Story.Chapter) -> [String] {
    var lines: [String] = []
    let time = Self.clock(chapter.time.nanoseconds)
    if let command = chapter.command {
      lines += wrapped(command, first: "\(time)  $ ", rest: "            ").map(bold)
      lines += output(of: chapter)
    } else {
      lines.append(bold("\(time)  The cluster starts"))
    }
    for line in chapter.lines {
      lines += wrapped(
        line.what, first: "  \(Self.clock(line.time.nanoseconds))  ", rest: "            ")
      if !line.why.isEmpty {
        lines += wrapped(line.why, first: "            why: ", rest: "                 ")
          .map(dim)
      }
    }
    return lines + [""]
  }

  /// What the command printed; of a long table the beginning.
  private func output(of chapter: Story.Chapter) -> [String] {
    guard !chapter.output.isEmpty else { return [] }
    let all = chapter.output.split(separator: "\n", omittingEmptySubsequences: false)
    let shown = all.count > Self.outputLines + 2 ? Self.outputLines : all.count
    var lines = all.prefix(shown).map {
      "            " + (chapter.accepted ? String($0) : red(String($0)))
    }
    if shown < all.count { lines.append("            … and \(all.count - shown) more lines") }
    return lines
  }

  private static let outputLines = 10

  private func endState(_ summary: RunSummary) -> [String] {
    var lines = [bold("At the end")]
    let short = summary.workloads.filter { $0.ready < $0.wanted }
    let full = summary.workloads.count - short.count
    if full > 0 {
      lines.append("  \(full) of \(summary.workloads.count) workloads have all their pods Ready")
    }
    for workload in short.prefix(20) {
      lines += wrapped(
        "\(workload.name): \(workload.ready) of \(workload.wanted) Ready", first: "  ",
        rest: "    "
      ).map(red)
      if !workload.reason.isEmpty {
        lines += wrapped(workload.reason, first: "    why: ", rest: "         ").map(dim)
      }
    }
    for node in summary.nodes.prefix(8) {
      lines.append(
        "  \(node.name): \(node.isReady ? "Ready" : "not Ready"), "
          + "pods \(node.pods)/\(node.maxPods), requested cpu "
          + Self.percent(node.cpuShare) + ", memory " + Self.percent(node.memoryShare))
    }
    if summary.nodes.count > 8 { lines.append("  and \(summary.nodes.count - 8) more nodes") }
    return lines + [""]
  }

  private static func percent(_ share: Double) -> String { "\(Int((share * 100).rounded())) %" }

  private func expectations(_ summary: RunSummary) -> [String] {
    guard !summary.expectations.isEmpty else { return [] }
    let failed = summary.expectations.filter { !$0.passed }
    let passed = summary.expectations.count - failed.count
    var lines = [bold("Expected")]
    lines.append("  \(passed) of \(summary.expectations.count) as expected")
    // In the scenario's order they tell the run once more, in short.
    for expectation in summary.expectations {
      if expectation.passed {
        lines += wrapped(expectation.text, first: "  ok      ", rest: "          ")
        continue
      }
      lines += wrapped(expectation.text, first: "  FAILED  ", rest: "          ").map(red)
      lines += wrapped("found \(expectation.actual)", first: "          ", rest: "          ")
    }
    return lines + [""]
  }

  private func cost(_ summary: RunSummary) -> [String] {
    var lines = [bold("Cost  $" + Self.dollars(summary.costUSD))]
    for line in summary.costLines {
      lines += wrapped(
        "$\(Self.dollars(line.usd))  \(line.item): \(line.detail)", first: "  ", rest: "         ")
    }
    return lines + [""]
  }

  // MARK: Text

  /// `1:05:09` after the start.
  static func clock(_ nanoseconds: Int64) -> String {
    let seconds = nanoseconds / 1_000_000_000
    func two(_ value: Int64) -> String { value < 10 ? "0\(value)" : "\(value)" }
    return "\(seconds / 3600):\(two(seconds / 60 % 60)):\(two(seconds % 60))"
  }

  static func dollars(_ value: Double) -> String {
    let cents = Int64((value * 10_000).rounded())
    let fraction = String(cents % 10_000)
    return "\(cents / 10_000).\(String(repeating: "0", count: 4 - fraction.count))\(fraction)"
  }

  private func wrapped(_ text: String, first: String, rest: String) -> [String] {
    var lines: [String] = []
    var line = first
    var isEmpty = true
    for word in text.split(separator: " ") {
      if !isEmpty, line.count + word.count + 1 > width {
        lines.append(line)
        line = rest
        isEmpty = true
      }
      line += (isEmpty ? "" : " ") + word
      isEmpty = false
    }
    return lines + [line]
  }

  private func bold(_ text: String) -> String { isColored ? "\u{1B}[1m\(text)\u{1B}[0m" : text }
  private func dim(_ text: String) -> String { isColored ? "\u{1B}[2m\(text)\u{1B}[0m" : text }
  private func red(_ text: String) -> String { isColored ? "\u{1B}[31m\(text)\u{1B}[0m" : text }
}
