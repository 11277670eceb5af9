import Documents
import EngineBenchmarks
import Testing

struct BenchReportTests {
  @Test("The M/M/1 benchmark is an M/M/1 queue")
  func theory() {
    let result = MM1Benchmark(customers: 500_000).run()
    #expect(result.nanosecondsPerEvent > 0)
    #expect(abs(result.meanWait - 4) < 0.25, "σ of the mean is about 0.06")
    #expect(abs(result.theory - 4) < 1e-12)
  }

  @Test("A report names every size, its cost, and the theory beside the measured wait")
  func json() {
    let report = report(quick: true)
    var writer = JSONWriter()
    report.write(to: &writer)
    #expect(report.hold.map(\.pending) == [10, 1_000, 100_000, 1_000_000])
    #expect(writer.text.hasPrefix(#"{"hold":[{"pending":10,"ns_per_event":"#))
    #expect(writer.text.contains(#""mm1":{"ns_per_event":"#))
    #expect(writer.text.contains(#""mean_wait":"#) && writer.text.contains(#""theory":4"#))
  }
}
