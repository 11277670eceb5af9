import ClusterSimulation
import TestSupport
import Testing
import TimeUnits
import Traces

import struct Scenarios.Scenario

@Suite struct FirstVoyageTests {
  @Test("the first voyage does what it says, from the first pod to the last")
  func expectations() throws {
    var run = try ClusterRun(TestRuns.setup(file: "models/scenarios/first-voyage.yaml"))
    run.run(until: run.horizon)
    let summary = run.summary(version: "test")
    #expect(summary.expectations.count >= 10)
    for expectation in summary.expectations {
      #expect(expectation.passed, "\(expectation.text): found \(expectation.actual)")
    }
  }

  @Test("a copy at each tenth of the run ends as the run itself, byte for byte")
  func checkpoints() throws {
    let setup = try TestRuns.setup(file: "models/scenarios/first-voyage.yaml")
    var whole = try ClusterRun(setup)
    let horizon = whole.horizon
    var copies: [ClusterRun] = []
    for tenth in 1...9 {
      whole.run(until: SimulationTime(nanoseconds: horizon.nanoseconds / 10 * Int64(tenth)))
      copies.append(whole)
    }
    whole.run(until: horizon)
    let digest = whole.observer.digest.text
    for var copy in copies {
      copy.run(until: horizon)
      #expect(copy.observer.digest.text == digest)
    }
  }

  @Test("another seed gives another run, the same seed the same")
  func seeds() throws {
    func digest(_ seed: UInt64) throws -> String {
      var setup = try TestRuns.setup(file: "models/scenarios/first-voyage.yaml")
      setup.scenario.seed = seed
      var run = try ClusterRun(setup)
      run.run(until: .seconds(1200))
      return run.observer.digest.text
    }
    #expect(try digest(7) == digest(7))
    #expect(try digest(7) != digest(8))
  }
}
