import Foundation
import TestSupport
import Testing

/// `seatrial experiment` on an experiment of kind Experiment.
@Suite struct DesignedExperimentCommandTests {
  private static let store = "out/experiments/small.sqlite"

  @Test("run keeps its rows; report prints the same again and verify finds the same runs")
  func run() throws {
    try ExperimentFolder.with { folder in
      let first = try ExperimentFolder.output("run", "e.yaml", in: folder)
      #expect(first.hasPrefix("small: 3 points, 5 replications each, 15 runs of scenario.yaml"))
      let report = try ExperimentFolder.output("report", "e.yaml", in: folder)
      #expect(report == first)
      #expect(try ExperimentFolder.output("run", "e.yaml", in: folder) == first)
      let rows = try ExperimentFolder.output("rows", "e.yaml", in: folder)
      #expect(rows.split(separator: "\n").count == 16)
      #expect(
        try ExperimentFolder.output("verify", "e.yaml", "--all", in: folder)
          == "15 of 15 runs are the same again\n")
    }
  }

  @Test("a store in a folder that is called as a word of the scenario is still its own")
  func folder() throws {
    try ExperimentFolder.with { folder in
      let first = try ExperimentFolder.output(
        "run", "e.yaml", "--store", "small/s.sqlite", in: folder)
      #expect(
        try ExperimentFolder.output("run", "e.yaml", "--store", "small/s.sqlite", in: folder)
          == first)
    }
  }

  @Test("one worker and two give the same rows")
  func workers() throws {
    try ExperimentFolder.with { folder in
      for workers in ["1", "2"] {
        _ = try ExperimentFolder.output(
          "run", "e.yaml", "--workers", workers, "--store", "\(workers).sqlite", in: folder)
      }
      let one = try ExperimentFolder.output("rows", "e.yaml", "--store", "1.sqlite", in: folder)
      #expect(
        try ExperimentFolder.output("rows", "e.yaml", "--store", "2.sqlite", in: folder) == one)
    }
  }

  @Test("an expectation that fails ends with 1 and stands in the JUnit file")
  func expectation() throws {
    try ExperimentFolder.with(ExperimentFolder.experiment(expect: "atMost: 0.00001")) {
      folder in
      let run = try TestRuns.command(
        ["experiment", "run", "e.yaml", "--junit", "junit.xml"], in: folder)
      #expect(run.status == 1)
      #expect(run.output.contains("FAILS  cheap enough, at replicas=7"))
      let junit = try String(contentsOfFile: "\(folder)/junit.xml", encoding: .utf8)
      #expect(junit.contains(#"tests="1" failures="1""#))
    }
  }

  @Test("a corrupt store, another program's and one of another scenario are refused and kept")
  func stores() throws {
    try ExperimentFolder.with { folder in
      let path = "\(folder)/s.sqlite"
      try "not a database at all".write(toFile: path, atomically: true, encoding: .utf8)
      for command in ["run", "report"] {
        let run = try TestRuns.command(
          ["experiment", command, "e.yaml", "--store", "s.sqlite"], in: folder)
        #expect(run.status == 65)
        #expect(run.errors.hasPrefix("seatrial: s.sqlite: not a whole SQLite database"))
        #expect(run.errors.contains("--fresh"))
      }
      #expect(try String(contentsOfFile: path, encoding: .utf8) == "not a database at all")
      _ = try ExperimentFolder.output(
        "run", "e.yaml", "--store", "s.sqlite", "--fresh", in: folder)
      #expect(
        try String(contentsOfFile: "\(path).previous", encoding: .utf8) == "not a database at all")
      try SmallExperiment.scenario().replacing("at: 1m", with: "at: 2m")
        .write(toFile: "\(folder)/scenario.yaml", atomically: true, encoding: .utf8)
      let other = try TestRuns.command(
        ["experiment", "run", "e.yaml", "--store", "s.sqlite"], in: folder)
      #expect(other.status == 65)
      #expect(other.errors.contains("the scenario and its files differs. Begin anew with --fresh"))
    }
  }

  @Test("a report without a run says so")
  func missing() throws {
    try ExperimentFolder.with { folder in
      let run = try TestRuns.command(["experiment", "report", "e.yaml"], in: folder)
      #expect(run.status == 66)
      #expect(
        run.errors == "seatrial: \(Self.store): no such store; run the experiment first\n")
    }
  }

  @Test("two points, and two stores, are compared pair by pair")
  func compare() throws {
    try ExperimentFolder.with { folder in
      _ = try ExperimentFolder.output("run", "e.yaml", in: folder)
      let points = try ExperimentFolder.output(
        "compare", "e.yaml", "--a", "replicas=9", "--b", "0", in: folder)
      #expect(points.contains("replicas=9 - replicas=7"))
      // Other luck, in a store of its own.
      let other = ExperimentFolder.experiment().replacing("spec:\n", with: "spec:\n  seed: 77\n")
      try other.write(toFile: "\(folder)/other.yaml", atomically: true, encoding: .utf8)
      _ = try ExperimentFolder.output(
        "run", "other.yaml", "--store", "other.sqlite", in: folder)
      func means(_ store: String) throws -> [Double] {
        let text = try ExperimentFolder.output(
          "compare", "e.yaml", "--with", store, "--json", in: folder)
        let json = try #require(
          JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
        let differences = try #require(json["differences"] as? [[String: Any]])
        return try differences.map { try #require($0["mean"] as? Double) }
      }
      #expect(try means(Self.store) == Array(repeating: 0, count: 6))
      #expect(try means("other.sqlite").contains { $0 != 0 })
      let wrong = try TestRuns.command(
        ["experiment", "compare", "e.yaml", "--a", "replicas=6", "--b", "0"], in: folder)
      #expect(wrong.status == 64)
      #expect(wrong.errors.contains("no point is 'replicas=6'. There are\n  0: replicas=7"))
    }
  }

  @Test("an export holds every run, a dictionary of its columns and a notebook")
  func export() throws {
    try ExperimentFolder.with { folder in
      _ = try ExperimentFolder.output("run", "e.yaml", in: folder)
      _ = try ExperimentFolder.output("export", "e.yaml", "--out", "kept", in: folder)
      func file(_ name: String) throws -> String {
        try String(contentsOfFile: "\(folder)/kept/\(name)", encoding: .utf8)
      }
      #expect(try file("runs.csv") == ExperimentFolder.output("rows", "e.yaml", in: folder))
      let head = try file("runs.csv").prefix { $0 != "\n" }.split(separator: ",").map(String.init)
      let package = try #require(
        JSONSerialization.jsonObject(with: Data(file("datapackage.json").utf8)) as? [String: Any])
      let resources = try #require(package["resources"] as? [[String: Any]])
      let schema = try #require(resources[0]["schema"] as? [String: Any])
      let fields = try #require(schema["fields"] as? [[String: Any]])
      #expect(fields.map { $0["name"] as? String } == head)
      let notebook = try #require(
        JSONSerialization.jsonObject(with: Data(file("analysis.ipynb").utf8)) as? [String: Any])
      #expect(notebook["nbformat"] as? Int == 4)
    }
  }
}
