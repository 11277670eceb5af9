import EngineBenchmarks
import Testing

struct MachineBenchmarkTests {
  @Test("The benchmark's machines are overloaded: pages are missing and containers are killed")
  func overload() {
    let result = MachineBenchmark(machines: 10, containers: 25, seconds: 1_800).run()
    #expect(result.killed > 10)
    #expect(result.missing > 0.05)
    #expect(result.events > 1_000)
    #expect(result.cpuSeconds > 0)
  }

  @Test("The same machines end alike every time")
  func repeats() {
    func run() -> MachineBenchmark.Result { MachineBenchmark(machines: 5, seconds: 900).run() }
    let (a, b) = (run(), run())
    #expect(a.events == b.events && a.killed == b.killed && a.missing == b.missing)
  }
}
