import Documents
import EngineBenchmarks
import Testing

struct DetectorBenchmarkTests {
  @Test("the detector and the C loop do the same work and find the same")
  func agreement() {
    let result = DetectorBenchmark(observations: 400_000).run()
    #expect(result.stream.agrees && result.window.agrees)
    #expect(result.stream.checksum != result.window.checksum)
    #expect(result.observations > 0 && result.stream.nanoseconds > 0)
    // A window is fifty-one values.
    #expect(result.window.nanoseconds > 10 * result.stream.nanoseconds)
    var writer = JSONWriter()
    result.write(to: &writer)
    #expect(writer.text.contains("\"stream\":{\"ns\":") && writer.text.contains("\"agrees\":true"))
  }
}
