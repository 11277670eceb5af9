import Documents
import EngineBenchmarks

extension Bench {
  /// A line a use of the detector, or one JSON document; a checksum that differs is a bug of ours.
  func measureDetector() throws {
    let count = observations ?? (quick ? 10_000_000 : 1_000_000_000)
    let result = DetectorBenchmark(observations: count).run()
    if json {
      var writer = JSONWriter()
      result.write(to: &writer)
      Console.print(writer.text)
    } else {
      Console.print(
        "the published detector and a C loop, \(result.observations) values each, medians of "
          + "\(result.rounds) rounds:")
      Console.print(Self.line("a value of a stream", result.stream))
      Console.print(Self.line("a window of 51", result.window))
    }
    guard result.stream.agrees, result.window.agrees else {
      Console.complain("seatrial: the detector and the C loop came to different decisions")
      throw Status.bug
    }
  }

  private static func line(_ name: String, _ side: DetectorBenchmark.Side) -> String {
    "  \(name): \(number(side.nanoseconds)) ns, C \(number(side.nanosecondsOfC)) ns, ratio "
      + "\(number(side.ratio)); checksum \(String(side.checksum, radix: 16))"
      + (side.agrees ? ", the same" : ", C's \(String(side.checksumOfC, radix: 16))")
  }
}
