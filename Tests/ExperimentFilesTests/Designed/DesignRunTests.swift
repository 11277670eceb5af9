import Documents
import ExperimentFiles
import ExperimentStore
import Experiments
import Foundation
import Statistics
import TestSupport
import Testing

@Suite struct DesignRunTests {
  @Test("the same rows on one worker and on two; replications share their luck at every point")
  func workers() throws {
    let one = try DesignFolder.run(workers: 1, DesignFolder.rows)
    #expect(try DesignFolder.run(workers: 2, DesignFolder.rows) == one)
    let lines = one.split(separator: "\n").map { $0.split(separator: ",").map(String.init) }
    #expect(
      lines[0] == [
        "point", "type", "replicas", "replication", "seed", "digest", "cost", "waited", "ready",
      ])
    #expect(lines.count == 1 + 4 * 3)
    #expect(lines[1][0...3] == ["0", "m5.large", "7", "0"])
    #expect(Set(lines.dropFirst().map { $0[4] }).count == 3)
    #expect(Set(lines.dropFirst().map { $0[5] }).count == 12)
  }

  @Test("a store that lacks some runs gets these and no others, and then holds the same rows")
  func resume() throws {
    try DesignFolder.with { folder in
      let design = try DesignFolder.load(folder)
      let experiment = design.experiment
      let store = try ExperimentStore("\(folder)/rows.sqlite", of: design.identity)
      let runner = ExperimentRunner(experiment, store: store, version: "test", workers: 2)
      for (point, replication) in [(3, 2), (0, 1), (2, 0)] {
        try store.add(try runner.replay(point: point, replication: replication))
      }
      let told = Told()
      try runner.run { told.add($0) }
      #expect(told.all.count == 9)
      #expect(told.all.map(\.done).max() == 12)
      #expect(told.all.allSatisfy { $0.total == 12 })
      let whole = try DesignFolder.run(workers: 2, DesignFolder.rows)
      #expect(try DesignFolder.rows(design, store) == whole)
    }
  }

  @Test("a change of the scenario, of what it names or of a level is another store; a claim is not")
  func identity() throws {
    let base = try DesignFolder.with { try DesignFolder.load($0).identity }
    func identity(_ spec: String, _ files: [String: String] = [:]) throws -> StoreIdentity {
      try DesignFolder.with(spec, files) { try DesignFolder.load($0).identity }
    }
    #expect(try identity(DesignFolder.spec) == base)
    #expect(try identity(DesignFolder.spec.replacing("atMost: 1", with: "atMost: 2")) == base)
    #expect(
      try identity(DesignFolder.spec.replacing("replications: 3", with: "replications: 9")) == base)
    #expect(try identity(DesignFolder.spec.replacing("[7, 9]", with: "[7, 8]")) != base)
    let manifest = ["web.yaml": SmallExperiment.web.replacing("300m", with: "310m")]
    #expect(try identity(DesignFolder.spec, manifest) != base)
    let scenario = ["scenario.yaml": DesignFolder.scenario.replacing("at: 1m", with: "at: 3m")]
    #expect(try identity(DesignFolder.spec, scenario) != base)
  }

  @Test("a stopping rule plays as many runs as it needs, and the same after an interruption")
  func sequential() throws {
    let spec = DesignFolder.spec.replacing(
      "replications: 3",
      with: "replications: {min: 3, max: 12, until: {response: waited, halfWidth: 0.5}}")
    let whole = try DesignFolder.run(spec, workers: 2) { design, store in
      for point in design.experiment.points.indices {
        let values = try design.experiment.values(of: 1, point: point, in: store)
        let interval = try #require(StudentInterval(of: values))
        #expect((3...12).contains(values.count))
        #expect(interval.halfWidth <= 0.5 || values.count == 12)
      }
      return try DesignFolder.rows(design, store)
    }
    let resumed = try DesignFolder.with(spec) { folder in
      let design = try DesignFolder.load(folder)
      let store = try ExperimentStore("\(folder)/rows.sqlite", of: design.identity)
      let runner = ExperimentRunner(design.experiment, store: store, version: "test", workers: 1)
      for place in whole.split(separator: "\n").dropFirst().reversed().prefix(7) {
        let cells = place.split(separator: ",")
        try store.add(try runner.replay(point: Int(cells[0])!, replication: Int(cells[3])!))
      }
      try runner.run()
      return try DesignFolder.rows(design, store)
    }
    #expect(resumed == whole)
  }

  @Test("antithetic pairs share a seed and draw mirror images; an interval counts pairs")
  func antithetic() throws {
    let spec = DesignFolder.spec.replacing(
      "replications: 3", with: "replications: 4\n  antithetic: true")
    try DesignFolder.run(spec) { design, store in
      let lines = try DesignFolder.rows(design, store).split(separator: "\n").dropFirst()
        .prefix(4).map { $0.split(separator: ",") }
      #expect(lines[0][4] == lines[1][4] && lines[2][4] == lines[3][4])
      #expect(lines[0][4] != lines[2][4])
      #expect(Set(lines.map { $0[5] }).count == 4)
      #expect(try design.experiment.units(of: 1, point: 0, in: store).count == 2)
    }
  }

  @Test("a metric that no run has is named with what is near, and the runs are kept")
  func unknownMetric() throws {
    let spec = DesignFolder.spec.replacing("seatrial_cost_usd", with: "seatrial_cost_ust")
    try DesignFolder.with(spec) { folder in
      let design = try DesignFolder.load(folder)
      let store = try ExperimentStore("\(folder)/rows.sqlite", of: design.identity)
      let failure = #expect(throws: ExperimentFailure.self) {
        try ExperimentRunner(design.experiment, store: store, version: "test", workers: 2).run()
      }
      guard case .unknownMetrics(let responses, let known)? = failure else {
        Issue.record("not what is wrong: \(failure.map { "\($0)" } ?? "nothing")")
        return
      }
      let said = design.unknown(responses, known: known).map(\.description)
      #expect(said.count == 1)
      #expect(
        said[0].hasSuffix(
          "experiment.yaml:12:28: error: spec.responses[0].metric: no run has 'seatrial_cost_ust' "
            + "(did you mean 'seatrial_cost_usd'? with 'mayBeAbsent: true' it is 0 where nothing "
            + "of it happened)"))
      #expect(try store.count() == 4)
    }
  }

  private final class Told: @unchecked Sendable {
    private let lock = NSLock()
    private var told: [ExperimentRunner.Progress] = []

    func add(_ progress: ExperimentRunner.Progress) { lock.withLock { told.append(progress) } }
    var all: [ExperimentRunner.Progress] { lock.withLock { told } }
  }
}
