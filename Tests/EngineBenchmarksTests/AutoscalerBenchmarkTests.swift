import Documents
import EngineBenchmarks
import Testing

struct AutoscalerBenchmarkTests {
  @Test("a loop finds as many options as there are groups, and asks for nodes")
  func loop() {
    let benchmark = AutoscalerBenchmark(pods: 60, shapes: 3, groups: 4, realMilliseconds: 100)
    let result = benchmark.run(repeats: 1)
    #expect(result.options == 4 && result.nodes > 0)
    #expect(result.milliseconds > 0)
    var writer = JSONWriter()
    result.write(to: &writer)
    #expect(writer.text.contains("\"pending_pods\":60"))
  }

  @Test("the recorded case ends with one node")
  func world() {
    let result = AutoscalerWorldBenchmark().run(repeats: 1)
    #expect(result.target == 1 && result.loops > 200)
    var writer = JSONWriter()
    result.write(to: &writer)
    #expect(writer.text.contains("\"target\":1"))
  }
}
