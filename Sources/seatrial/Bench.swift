import ArgumentParser
import Documents
import EngineBenchmarks

/// `seatrial bench`: the engine's own figures.
struct Bench: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Measure the engine: HOLD and M/M/1, nanoseconds of CPU an event.")

  @Flag(help: "Print JSON.")
  var json = false

  @Flag(help: "Fewer events: a look, not a measurement.")
  var quick = false

  func run() throws {
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

  private static func number(_ value: Double) -> String {
    "\((value * 100).rounded() / 100)"
  }
}
