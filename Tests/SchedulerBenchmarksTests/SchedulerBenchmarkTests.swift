import Documents
import EngineBenchmarks
import Testing

struct SchedulerBenchmarkTests {
  @Test(
    "Every benchmark places all of its pods", arguments: SchedulerBenchmark.Constraint.allCases)
  func placesAll(constraint: SchedulerBenchmark.Constraint) {
    let result = SchedulerBenchmark(constraint, nodes: 120, pods: 600).run()
    #expect(result.placed == 600)
    #expect(result.podsPerSecond > 0)
    var writer = JSONWriter()
    result.write(to: &writer)
    #expect(writer.text.contains("\"pods_ask_for\":\"\(constraint.rawValue)\""))
  }

  @Test("The list holds every constraint, sampled and not, and one large cluster")
  func list() {
    let all = SchedulerBenchmark.all(quick: false)
    #expect(all.count == 9)
    #expect(all.last?.pods == 150_000)
    #expect(Set(all.dropLast().map(\.constraint)).count == 4)
  }
}
