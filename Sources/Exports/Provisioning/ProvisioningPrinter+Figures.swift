import AWSObjects
import ProvisioningModel
import Statistics
import TimeUnits

extension ProvisioningPrinter {
  /// The distributions of all ways, and what makes them.
  func figures(_ report: ProvisioningReport) -> [String] {
    var lines = [
      style.bold("\(report.study.plan.replications) games of each way")
        + "  in brackets 95 % intervals"
    ]
    let width = max(20, report.study.ways.map(\.name.count).max() ?? 0)
    lines.append(
      "  " + Self.pad("hours at work", width) + Self.quantileHeads)
    for way in report.study.ways {
      lines.append("  " + Self.pad(way.name, width) + quantiles(way) { $0.workingTime })
    }
    lines.append(
      "  " + Self.pad("with nights", width) + Self.quantileHeads)
    for way in report.study.ways {
      lines.append("  " + Self.pad(way.name, width) + quantiles(way) { $0.elapsed })
    }
    lines.append("  " + Self.pad("runs on day", width) + Self.dayHeads)
    for way in report.study.ways {
      lines.append("  " + Self.pad(way.name, width) + days(way))
    }
    lines.append("")
    lines += differences(report)
    return lines + phases(report) + snakes(report) + claims(report)
  }

  private static var quantileHeads: String {
    ["median", "80 %", "95 %"].map { pad($0, 24, right: true) }.joined()
  }

  private func quantiles(
    _ way: ProvisioningStudy.Way, _ figure: (ProvisioningStudy.Game) -> Double
  ) -> String {
    [0.5, 0.8, 0.95].map { probability in
      guard let quantile = way.quantile(probability, of: figure) else { return "" }
      let bound = { (value: Double?) in value.map { Self.number($0 / 3600) } ?? "?" }
      return Self.pad(
        "\(Self.number(quantile.value / 3600)) [\(bound(quantile.low)), \(bound(quantile.high))]",
        24, right: true)
    }.joined()
  }

  private static var dayHeads: String {
    (["1", "2", "3", "4", "later"]).map { pad($0, 9, right: true) }.joined()
  }

  private func days(_ way: ProvisioningStudy.Way) -> String {
    let shares = (1...4).map { way.share(onDay: $0) }
    let later = Double(way.games.count { $0.day > 4 }) / Double(max(1, way.games.count))
    return (shares + [later]).map { Self.pad(Self.percent($0), 9, right: true) }.joined()
  }

  private func differences(_ report: ProvisioningReport) -> [String] {
    guard !report.study.differences.isEmpty else { return [] }
    var lines = [
      style.bold("Against \(report.base.name)") + "  game by game, each in the same luck"
    ]
    for difference in report.study.differences {
      guard let mean = difference.workingTime, let nights = difference.elapsed else { continue }
      let shorter = 1 - difference.shareLonger
      let share =
        mean.mean < 0
        ? "not longer in \(Self.percent(shorter)) of the games"
        : "longer in \(Self.percent(difference.shareLonger)) of the games"
      lines += style.wrapped(
        "\(difference.way): \(Self.signed(mean)) h at work on average, \(Self.signed(nights)) h "
          + "with nights; \(share)", first: "  ", rest: "    ")
    }
    return lines + [""]
  }

  // MARK: Where it goes

  private func phases(_ report: ProvisioningReport) -> [String] {
    let way = report.base
    let total = max(way.meanWorkingTime, 1e-9)
    var lines = [
      style.bold("Where the time goes") + "  \(way.name), \(Self.hours(total)) at work on average"
    ]
    let order = way.phases.enumerated().map { index, figures in
      (index, figures, figures.handsOn.mean + figures.waiting.mean)
    }.sorted { $0.2 == $1.2 ? $0.0 < $1.0 : $0.2 > $1.2 }
    for (index, figures, time) in order.prefix(6) {
      let waiting =
        figures.waiting.mean > 0
        ? ", \(Self.minutes(.seconds(figures.waiting.mean))) of it waiting" : ""
      lines += style.wrapped(
        "\(way.board.squares[index].phase.title): \(Self.hours(time))\(waiting), "
          + "\(Self.number(figures.attempts.mean, decimals: 2)) attempts",
        first: "  " + Self.pad(Self.percent(time / total), 5, right: true) + "  ", rest: "         "
      )
    }
    let waiting = way.phases.reduce(0) { $0 + $1.waiting.mean }
    lines += style.wrapped(
      "machines make people wait for \(Self.percent(waiting / total)) of the time at work",
      first: "  ", rest: "  ")
    if let exact = way.board.expectation,
      let mean = StudentInterval(of: way.workingTimes)
    {
      lines += style.wrapped(
        "the exact mean is \(Self.hours(exact.handsOn + exact.waiting)); these games give "
          + "\(Self.number(total / 3600)) +- \(Self.number(mean.halfWidth / 3600))",
        first: "  ", rest: "  ")
    }
    return lines + [""]
  }

  private func snakes(_ report: ProvisioningReport) -> [String] {
    let way = report.base
    guard !way.snakes.isEmpty else { return [] }
    let total = max(way.meanWorkingTime, 1e-9)
    let all = way.snakes.reduce(0) { $0 + $1.cost.mean }
    var lines = [
      style.bold("Which snakes cost most")
        + "  \(Self.hours(all)) a game, \(Self.percent(all / total)) of the time at work; without "
        + "any it is \(Self.hours(total - all))"
    ]
    for snake in report.costliestSnakes.prefix(5) {
      let figures = way.snakes[snake.index]
      lines += style.wrapped(
        "\(Self.number(figures.strikes.mean, decimals: 2)) times a game in "
          + "\(way.board.squares[snake.from].phase.name): \(snake.setback.what)",
        first: "  " + Self.pad(Self.hours(figures.cost.mean), 7, right: true) + "  ",
        rest: "           ")
    }
    return lines + [""]
  }

  // MARK: What is published

  private func claims(_ report: ProvisioningReport) -> [String] {
    let plan = report.study.plan
    guard !plan.claims.isEmpty else { return [] }
    var lines = [style.bold("What is published, and these games")]
    for (claim, figures) in zip(plan.claims, report.base.claims) {
      lines += style.wrapped("\"\(claim.text)\"", first: "  ", rest: "  ")
      if claim.steps != nil { lines += sum(of: claim, plan) }
      guard figures.square != nil else {
        lines.append("    not held against it: a ladder skips that phase")
        continue
      }
      lines += style.wrapped(outcome(claim, figures), first: "    ", rest: "    ")
      lines += style.wrapped(
        "(\(claim.provenance.mark.rawValue): \(claim.provenance.source))", first: "    ",
        rest: "    "
      ).map(style.dim)
    }
    return lines + [""]
  }

  /// The sum of the published counts, and the phases that are there without one.
  private func sum(of claim: ProvisioningPlan.Claim, _ plan: ProvisioningPlan) -> [String] {
    guard let end = plan.phases.firstIndex(where: { $0.name == claim.through }) else { return [] }
    let others = plan.phases[...end].filter { $0.steps.provenance.mark != .published }
    let rest =
      others.isEmpty
      ? ""
      : ", without "
        + others.map { "\($0.name) (\($0.steps.value), \($0.steps.provenance.mark.rawValue))" }
        .joined(separator: " and ")
    return style.wrapped(
      "the published counts sum to \(plan.publishedSteps(through: claim.through))\(rest)",
      first: "    ", rest: "    ")
  }

  private func outcome(
    _ claim: ProvisioningPlan.Claim, _ figures: ProvisioningStudy.ClaimFigures
  ) -> String {
    let total = Double(max(1, figures.before + figures.within + figures.after))
    let share = { (count: Int) in Self.percent(Double(count) / total) }
    let rest = "earlier in \(share(figures.before)), later in \(share(figures.after))"
    let times = figures.times.sorted()
    let middle = QuantileInterval(ofSorted: times, probability: 0.5)?.value ?? 0
    let median = "median \(Self.hours(middle)) at work"
    if let days = claim.days {
      let name =
        days.lowerBound == days.upperBound
        ? "day \(days.lowerBound)" : "days \(days.lowerBound) to \(days.upperBound)"
      return "on \(name) in \(share(figures.within)) of the games, \(rest); \(median)"
    }
    if let range = claim.workingTime {
      return "after \(Self.hours(range.lowerBound.secondsValue)) to "
        + "\(Self.hours(range.upperBound.secondsValue)) in \(share(figures.within)) of the games, "
        + "\(rest); \(median)"
    }
    return median
  }
}
