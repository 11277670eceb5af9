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
    if !summary.pipeline.isEmpty {
      lines.append(bold("The pipeline"))
      lines += summary.pipeline.flatMap { wrapped($0, first: "  ", rest: "    ") }
      lines.append("")
    }
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
    } else if chapter.time == .zero {
      lines.append(bold("\(time)  The cluster starts"))
    } else {
      let end = chapter.end.map { "until \(Self.clock($0.nanoseconds))" } ?? "until the end"
      lines.append(bold("\(time)  \(end)"))
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
    if summary.workloads.isEmpty { lines.append("  no workloads") }
    if full > 0 {
      lines.append("  \(full) of \(summary.workloads.count) workloads have all their pods Ready")
    }
    if short.count > Self.workloadsInFull {
      lines += byReason(short)
    } else {
      for (index, workload) in short.enumerated() {
        lines += wrapped(
          "\(workload.name): \(workload.ready) of \(workload.wanted) Ready", first: "  ",
          rest: "    "
        ).map(red)
        // What several in a row have in common is told after the last of them.
        let isLast = index + 1 == short.count || short[index + 1].reason != workload.reason
        if isLast { lines += why(workload.reason) }
      }
    }
    return lines + nodes(summary) + [""]
  }

  private static let workloadsInFull = 20
  private static let nodesInFull = 20
  private static let reasonsInFull = 4

  private func why(_ reason: String) -> [String] {
    reason.isEmpty ? [] : wrapped(reason, first: "    why: ", rest: "         ").map(dim)
  }

  /// Many workloads that are short of pods: what most of them lack first.
  private func byReason(_ short: [RunSummary.WorkloadState]) -> [String] {
    var names: [String: [String]] = [:]
    var reasons: [String] = []
    for workload in short {
      if names[workload.reason] == nil { reasons.append(workload.reason) }
      names[workload.reason, default: []].append(workload.name)
    }
    let order = reasons.enumerated().sorted { a, b in
      let (first, second) = (names[a.element]!.count, names[b.element]!.count)
      return first == second ? a.offset < b.offset : first > second
    }.map(\.element)
    var lines: [String] = []
    for reason in order.prefix(Self.reasonsInFull) {
      let all = names[reason]!
      let rest = all.count > 3 ? " and \(all.count - 3) more" : ""
      lines += wrapped(
        "\(all.count) short of Ready pods: \(all.prefix(3).joined(separator: ", "))\(rest)",
        first: "  ", rest: "    "
      ).map(red)
      lines += why(reason)
    }
    let left = order.dropFirst(Self.reasonsInFull)
    if !left.isEmpty {
      let count = left.reduce(0) { $0 + names[$1]!.count }
      lines.append("  and \(count) more for \(left.count) other reasons")
    }
    return lines
  }

  /// How full the nodes are: each of a few; of many the whole, those not Ready and the fullest.
  private func nodes(_ summary: RunSummary) -> [String] {
    let all = summary.nodes
    if all.count <= Self.nodesInFull {
      let rest = all.count > 8 ? ["  and \(all.count - 8) more nodes"] : []
      return all.prefix(8).map(node) + rest
    }
    let silent = all.filter { !$0.isReady }.map(\.name)
    let more = silent.count > 4 ? " and \(silent.count - 4) more" : ""
    let ready =
      silent.isEmpty
      ? "all Ready" : "not Ready: \(silent.prefix(4).joined(separator: ", "))\(more)"
    var lines = wrapped("\(all.count) nodes, \(ready)", first: "  ", rest: "    ")
    lines += wrapped(summary.allocation.sentence, first: "  ", rest: "    ")
    let fullest = all.enumerated().filter { $0.element.pods > 0 }.sorted { a, b in
      let (first, second) = (a.element.fullness, b.element.fullness)
      return first == second ? a.offset < b.offset : first > second
    }.prefix(3)
    if !fullest.isEmpty { lines.append("  the fullest:") }
    return lines + fullest.map { node($0.element) }
  }

  private func node(_ node: RunSummary.NodeState) -> String {
    "  \(node.name): \(node.isReady ? "Ready" : "not Ready"), "
      + "pods \(node.pods)/\(node.maxPods), requested cpu "
      + Self.percent(node.cpuShare) + ", memory " + Self.percent(node.memoryShare)
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
    if summary.costLines.isEmpty {
      return [bold("Cost  none") + ": nothing of AWS is in this run", ""]
    }
    var lines = [bold("Cost  $" + Self.dollars(summary.costUSD))]
    for line in summary.costLines {
      lines += wrapped(
        "$\(Self.dollars(line.usd))  \(line.item): \(line.detail)", first: "  ", rest: "         ")
    }
    return lines + [""]
  }

  // MARK: Text

  /// `1:05:09` after the start; from two days on `12d 1:05:09`.
  static func clock(_ nanoseconds: Int64) -> String {
    let seconds = nanoseconds / 1_000_000_000
    func two(_ value: Int64) -> String { value < 10 ? "0\(value)" : "\(value)" }
    let days = seconds >= 2 * 86_400 ? seconds / 86_400 : 0
    let clock = "\((seconds - days * 86_400) / 3600):\(two(seconds / 60 % 60)):\(two(seconds % 60))"
    return days > 0 ? "\(days)d \(clock)" : clock
  }

  static func dollars(_ value: Double) -> String {
    let cents = Int64((value * 10_000).rounded())
    let fraction = String(cents % 10_000)
    return "\(cents / 10_000).\(String(repeating: "0", count: 4 - fraction.count))\(fraction)"
  }

  func wrapped(_ text: String, first: String, rest: String) -> [String] {
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

  func bold(_ text: String) -> String { isColored ? "\u{1B}[1m\(text)\u{1B}[0m" : text }
  func dim(_ text: String) -> String { isColored ? "\u{1B}[2m\(text)\u{1B}[0m" : text }
  func red(_ text: String) -> String { isColored ? "\u{1B}[31m\(text)\u{1B}[0m" : text }
}
