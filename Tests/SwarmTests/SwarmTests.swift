import ClusterSimulation
import Testing
import TimeUnits

@Suite struct SwarmTests {
  @Test("200 random small worlds keep every invariant, minute by minute", arguments: 0..<20)
  func swarm(batch: Int) throws {
    for number in (batch * 10)..<(batch * 10 + 10) {
      var world = SmallWorld(UInt64(number))
      var run = try ClusterRun(world.setup())
      var checker = Checker()
      var records = 0
      for minute in stride(from: Int64(1), through: 60, by: 1) {
        run.run(until: .seconds(minute * 60)) { record, time in
          checker.absorb(record, at: time)
          records += 1
        }
        checker.check(run)
      }
      #expect(records > 10)
      #expect(checker.faults.isEmpty, "world \(number): \(checker.faults.prefix(3))")
    }
  }
}
