import Foundation
import TestSupport
import Testing

/// Experiments from the command line.
@Suite struct ExperimentCommandTests {
  private static func with<Value>(_ text: String, _ body: (String) throws -> Value) throws -> Value
  {
    let folder =
      NSTemporaryDirectory() + "experiments-\(ProcessInfo.processInfo.globallyUniqueString)"
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    try text.write(toFile: "\(folder)/e.yaml", atomically: true, encoding: .utf8)
    return try body(folder)
  }

  private static let small = """
    apiVersion: seatrial/v1
    kind: DetectorQuality
    metadata: {name: small}
    spec:
      replications: 3
      observations: 200
      variants: [{name: published, detector: published, history: 50}]
      streams: [{name: up, generator: gaussian, shifts: [{at: 100, size: 10}]}]
      data: nowhere
      series: [{name: mine, format: microsoft, files: ["*.csv"]}]

    """

  @Test("an experiment prints its tables, says what it left out, and writes what it is told to")
  func run() throws {
    try Self.with(Self.small) { folder in
      let run = try TestRuns.command(["experiment", "run", "e.yaml", "--out", "kept"], in: folder)
      #expect(run.status == 0, "\(run.errors)")
      #expect(run.errors.isEmpty)
      #expect(run.output.contains("small: 1 stream of 200 values, 3 replications, seed 1"))
      #expect(run.output.contains("skipped: mine: no data below nowhere"))
      let kept = try FileManager.default.contentsOfDirectory(atPath: "\(folder)/kept").sorted()
      #expect(
        kept == ["facts.csv", "quality.csv", "results.json", "run-lengths.csv", "series.csv"])
      let json = try TestRuns.command(["experiment", "run", "e.yaml", "--json"], in: folder)
      let file = try String(contentsOfFile: "\(folder)/kept/results.json", encoding: .utf8)
      #expect(json.output == file)
    }
  }

  @Test("all mistakes of an experiment come at once, with places and suggestions")
  func mistakes() throws {
    let wrong = Self.small.replacingOccurrences(of: "replications", with: "replicatons")
      .replacingOccurrences(of: "generator: gaussian", with: "generator: gausian")
    try Self.with(wrong) { folder in
      let run = try TestRuns.command(["experiment", "run", "e.yaml"], in: folder)
      #expect(run.status == 65)
      #expect(run.output.isEmpty)
      #expect(
        run.errors == """
          e.yaml:5:3: error: spec.replicatons: unknown key 'replicatons' (did you mean \
          'replications'?)
          e.yaml:8:35: error: spec.streams[0].generator: unknown value 'gausian' (did you mean \
          'gaussian'?)
          2 errors; nothing was run

          """)
    }
  }

  @Test("validate reads an experiment as what it is")
  func validate() throws {
    let wrong = Self.small.replacingOccurrences(of: "replications", with: "replicatons")
    try Self.with(wrong) { folder in
      let run = try TestRuns.command(["validate", "e.yaml"], in: folder)
      #expect(run.status == 65)
      #expect(run.errors.hasPrefix("e.yaml:5:3: error: spec.replicatons: unknown key"))
      #expect(run.output == "1 path: 1 errors, 0 warnings\n")
    }
  }

  @Test("an experiment file that is not there has its own status")
  func missing() throws {
    let run = try TestRuns.command(["experiment", "run", "no/such.yaml"])
    #expect(run.status == 66)
    #expect(run.errors.hasPrefix("no/such.yaml: error: no such file"))
  }
}
