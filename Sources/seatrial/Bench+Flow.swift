import ArgumentParser
import Documents
import EngineBenchmarks

// Flow fidelity: what a day costs, and whether it agrees with the event machine.
extension Bench {
  func measureFlow() {
    let hours = quick ? 2 : 24
    let results = FlowBenchmark.Size.allCases.map { FlowBenchmark(size: $0, hours: hours).run() }
    let ratios = results.dropFirst().map { $0.cpuSeconds / results[0].cpuSeconds }
    if json {
      var writer = JSONWriter()
      writer.object { writer in
        writer.field("flow", array: { writer in results.forEach { $0.write(to: &writer) } })
        writer.field("tenfold_rate_cpu_ratio", ratios[0])
        writer.field("tenfold_size_cpu_ratio", ratios[1])
      }
      Console.print(writer.text)
      return
    }
    for result in results {
      Console.print(
        "\(result.hours) h at \(Int(result.perSecond)) checks/s, 100 pods, 48 + 9 nodes: "
          + "\(Self.number(result.cpuSeconds)) s of CPU, \(Self.number(result.wallSeconds)) s, "
          + "\(result.changes) changes, \(result.cellRuns) short runs, "
          + "at most \(Self.number(Double(result.peakBytes) / 1e6)) MB; "
          + "\(result.checked) checked, \(Self.number(result.meanLatency)) ms on average, "
          + "\(Self.number(result.p99Latency)) ms at 99 %")
    }
    Console.print(
      "ten times the rate, on cores ten times as fast, costs \(Self.number(ratios[0])) × as much; "
        + "on ten times as many cores and threads \(Self.number(ratios[1])) ×")
  }

  /// One row a scenario, then how many pass.
  ///
  /// - Throws: `ExitCode.failure` if any does not.
  func checkAgreement() throws {
    let seeds = agreementSeeds
    var passed = 0
    var writer = JSONWriter()
    writer.object { writer in
      writer.field(
        "scenarios",
        array: { writer in
          for seed in seeds {
            let agreement = Agreement(seed: seed)
            if agreement.isMet { passed += 1 }
            agreement.write(to: &writer)
            if !json { agreement.lines.forEach(Console.print) }
          }
        })
      writer.field("passed", passed)
      writer.field("played", seeds.count)
    }
    Console.print(json ? writer.text : "\(passed) of \(seeds.count) scenarios agree")
    if passed < seeds.count { throw ExitCode.failure }
  }

  /// Of a text such as `1...50`, or one seed; nil if it is neither.
  static func seeds(_ text: String) -> ClosedRange<UInt64>? {
    if let seed = UInt64(text) { return seed...seed }
    guard let dots = text.firstRange(of: "..."), let low = UInt64(text[..<dots.lowerBound]),
      let high = UInt64(text[dots.upperBound...]), low <= high
    else { return nil }
    return low...high
  }
}
