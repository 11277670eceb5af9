public import Documents

/// What the engine costs on this machine; medians over repeats.
public struct BenchReport: Hashable, Sendable {
  public var hold: [HoldBenchmark.Result]
  public var mm1: MM1Benchmark.Result

  public func write(to json: inout JSONWriter) {
    json.object { json in
      json.field(
        "hold",
        array: { json in
          for result in hold {
            json.object { json in
              json.field("pending", result.pending)
              json.field("ns_per_event", result.nanosecondsPerEvent)
              json.field("checksum", String(result.checksum, radix: 16))
            }
          }
        })
      json.field(
        "mm1",
        object: { json in
          json.field("ns_per_event", mm1.nanosecondsPerEvent)
          json.field("mean_wait", mm1.meanWait)
          json.field("theory", mm1.theory)
        })
    }
  }
}

/// Runs all benchmarks of the engine; some ten seconds, or a second if `quick`.
public func report(quick: Bool) -> BenchReport {
  let repeats = quick ? 1 : 3
  let hold = [10, 1_000, 100_000, 1_000_000].map { pending in
    let events = quick ? max(pending, 200_000) : max(pending * 2, 2_000_000)
    return median(of: repeats, \.nanosecondsPerEvent) {
      HoldBenchmark(pending: pending, events: events).run()
    }
  }
  let mm1 = median(of: repeats, \.nanosecondsPerEvent) {
    MM1Benchmark(customers: quick ? 200_000 : 2_000_000).run()
  }
  return BenchReport(hold: hold, mm1: mm1)
}

/// The result in the middle of several, by one of its figures.
private func median<Result>(
  of repeats: Int, _ figure: (Result) -> Double, run: () -> Result
) -> Result {
  let results = (0..<repeats).map { _ in run() }
  return results.sorted { figure($0) < figure($1) }[repeats / 2]
}
