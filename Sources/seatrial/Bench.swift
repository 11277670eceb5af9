import ArgumentParser
import Documents
import EngineBenchmarks

/// `seatrial bench`: the engine's own figures.
struct Bench: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract:
      """
      Measure the engine, the scheduler, the autoscaler, machines under load, the detector, the \
      pipeline, or replications.
      """
  )

  @Flag(help: "Measure the scheduler's decisions instead of the engine.")
  var scheduler = false

  @Flag(help: "Measure the autoscaler's loops instead of the engine.")
  var autoscaler = false

  @Flag(help: "Measure a thousand overloaded machines for an hour instead of the engine.")
  var machines = false

  @Flag(help: "Measure the anomaly detector against a C loop instead of the engine.")
  var detector = false

  @Flag(help: "Measure 1000 replications of the two-hour story on one worker and on all cores.")
  var replications = false

  @Option(help: "With --detector: how many values each side sees. (default: 1000000000)")
  var observations: Int?

  @Flag(help: "Measure ten million messages of the anomaly pipeline instead of the engine.")
  var pipeline = false

  @Flag(help: "Measure a day of flow fidelity at 220 000 checks a second, and at ten times that.")
  var flow = false

  @Flag(help: "Play drawn scenarios with both fidelities and compare; exit 1 if any differ.")
  var agreement = false

  @Option(help: "With --agreement: the seeds of the scenarios, such as 1...50. (default: 1...12)")
  var seeds: String?

  @Option(help: "With --agreement: the first seed, instead of --seeds. (default: 1)")
  var seed: UInt64?

  @Option(help: "With --agreement: how many scenarios from the first seed on. (default: 12)")
  var scenarios: UInt64?

  @Flag(help: "Print JSON.")
  var json = false

  @Flag(help: "Fewer events: a look, not a measurement.")
  var quick = false

  func validate() throws {
    if let seeds {
      if !agreement { throw ValidationError("--seeds belongs to --agreement.") }
      if Self.seeds(seeds) == nil {
        throw ValidationError("--seeds is a range such as 1...50, found '\(seeds)'.")
      }
    }
    if seed != nil || scenarios != nil {
      if !agreement { throw ValidationError("--seed and --scenarios belong to --agreement.") }
      if seeds != nil { throw ValidationError("--seeds or --seed and --scenarios, not both.") }
      if let scenarios, !(1...100_000).contains(scenarios) {
        throw ValidationError("--scenarios is 1 to 100 000, found \(scenarios).")
      }
    }
    guard let observations else { return }
    if !detector { throw ValidationError("--observations belongs to --detector.") }
    if observations < 1 { throw ValidationError("--observations must be at least 1.") }
  }

  /// The seeds that were asked for.
  var agreementSeeds: ClosedRange<UInt64> {
    let first = seed ?? 1
    return seeds.flatMap { Self.seeds($0) }
      ?? first...(first + (scenarios ?? (quick ? 3 : 12)) - 1)
  }

  func run() throws {
    if flow {
      measureFlow()
      return
    }
    if agreement {
      try checkAgreement()
      return
    }
    if detector {
      try measureDetector()
      return
    }
    if replications {
      try measureReplications()
      return
    }
    if scheduler {
      measureScheduler()
      return
    }
    if autoscaler {
      measureAutoscaler()
      return
    }
    if machines {
      measureMachines()
      return
    }
    if pipeline {
      measurePipeline()
      return
    }
    let report = EngineBenchmarks.report(quick: quick)
    if json {
      var writer = JSONWriter()
      report.write(to: &writer)
      Console.print(writer.text)
      return
    }
    for hold in report.hold {
      Console.print(
        "hold \(hold.pending) pending: \(Self.number(hold.nanosecondsPerEvent)) ns an event")
    }
    Console.print(
      "M/M/1: \(Self.number(report.mm1.nanosecondsPerEvent)) ns an event, mean wait "
        + "\(Self.number(report.mm1.meanWait)), theory \(Self.number(report.mm1.theory))")
  }

  private func measurePipeline() {
    let benchmark = PipelineBenchmark(messages: quick ? 300_000 : 10_000_000)
    let result = benchmark.run()
    if json {
      var writer = JSONWriter()
      result.write(to: &writer)
      Console.print(writer.text)
      return
    }
    Console.print(
      "\(result.messages) messages through \(benchmark.pods) pods at their limit: "
        + "\(Int(result.messagesPerSecond)) a second of CPU, "
        + "\(Self.number(result.nanosecondsPerMessage)) ns and "
        + "\(Self.number(result.eventsPerMessage)) events a message "
        + "(\(Self.number(result.leastNanoseconds)) ns in the quietest hundredth), "
        + "\(result.lag) waiting at the end; "
        + "\(Self.number(result.openNanoseconds)) ns a message at 70 % of that rate; "
        + "the detector's arithmetic beside it: \(Self.number(result.window.nanoseconds)) ns "
        + "a window (C: \(Self.number(result.window.nanosecondsOfC))); "
        + "the last 50 values of \(result.keys) keys: "
        + "\(Self.number(result.bytesPerKey)) bytes a key, "
        + "\(Self.number(Double(result.keyBytes) / 1e6)) MB; "
        + "at most \(Self.number(Double(result.peakBytes) / 1e6)) MB of memory")
  }

  private func measureMachines() {
    let benchmark = MachineBenchmark(machines: quick ? 100 : 1_000)
    let result = benchmark.run()
    if json {
      var writer = JSONWriter()
      result.write(to: &writer)
      Console.print(writer.text)
      return
    }
    Console.print(
      "\(benchmark.machines) machines with \(benchmark.containers) JVMs each for an hour: "
        + "\(result.events) events, \(Self.number(result.cpuSeconds)) s of CPU, "
        + "\(result.killed) containers ended by the kernel, "
        + "\(Self.number(result.missing * 100)) % of the hot pages missing at the end")
  }

  /// One line a benchmark as it ends, or all of them as one JSON document.
  private func measureScheduler() {
    var writer = JSONWriter()
    writer.object { writer in
      writer.field(
        "scheduler",
        array: { writer in
          for benchmark in SchedulerBenchmark.all(quick: quick) {
            let result = benchmark.run()
            result.write(to: &writer)
            if !json { Console.print(Self.line(result)) }
          }
        })
      writer.field("peak_mib", ProcessClock.peakMebibytes)
    }
    if json {
      Console.print(writer.text)
    } else {
      Console.print("peak memory \(ProcessClock.peakMebibytes) MiB")
    }
  }

  private static func line(_ result: SchedulerBenchmark.Result) -> String {
    let benchmark = result.benchmark
    var line =
      "\(benchmark.nodes) nodes, \(benchmark.pods) pods, \(benchmark.constraint.rawValue)"
    line += benchmark.scoresAll ? ", every node scored: " : ": "
    line += "\(Int(result.podsPerSecond)) pods per CPU second"
    if benchmark.nodes == 1_000, !benchmark.scoresAll {
      let factor = result.podsPerSecond / benchmark.constraint.realPodsPerSecond
      line +=
        ", \(Int(factor)) × the real algorithm's "
        + "\(Int(benchmark.constraint.realPodsPerSecond))"
    }
    line += "; the last quarter costs \(number(result.growth)) × the first"
    if result.placed < benchmark.pods { line += "; \(result.placed) placed" }
    return line
  }

  static func number(_ value: Double) -> String {
    "\((value * 100).rounded() / 100)"
  }
}
