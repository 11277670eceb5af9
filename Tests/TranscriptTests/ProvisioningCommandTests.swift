import Foundation
import TestSupport
import Testing

/// The game of setting a cluster up, from the command line.
@Suite struct ProvisioningCommandTests {
  private static let plan = "models/scenarios/eks-provisioning.yaml"

  private static func withFolder<Value>(_ body: (String) throws -> Value) throws -> Value {
    let folder =
      NSTemporaryDirectory() + "provisioning-\(ProcessInfo.processInfo.globallyUniqueString)"
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    return try body(folder)
  }

  private static func object(_ text: String) throws -> [String: Any] {
    try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
  }

  @Test("a run tells the board, one game, the distributions, what is published and what to try")
  func story() throws {
    let run = try Self.withFolder { folder in
      try TestRuns.command(["run", Self.plan, "--out", "\(folder)/out"])
    }
    #expect(run.status == 0, "\(run.errors)")
    for text in [
      "EKS in us-east-1, data in us-east-2, seed 7",
      "The board  143 steps: 129 published, 14 not",
      "~ 30 % back to 12: the application is wrong, a new image is made",
      "  day 1   9:00  1 EKS service role: 5 steps", "the application runs",
      "1000 games of each way", "  two regions  ", "  one region  ", "Against two regions",
      "the published counts sum to 38\n",
      "the published counts sum to 129, without key-pairs (4, assumed) and cross-region-network",
      "validates nothing", "--set spec.region=us-east-2 --set spec.date=2018-11-09",
      "--set spec.take=[eksctl]",
    ] {
      #expect(run.output.contains(text), "\(text) in \(run.output)")
    }
    // What follows names the digest and the folder, whose lengths are not ours.
    let told = run.output.components(separatedBy: " events, digest")[0]
    #expect(told.split(separator: "\n").allSatisfy { $0.count <= 100 })
  }

  @Test("two processes agree on every byte of the files, apart from the machine's own time")
  func twice() throws {
    try Self.withFolder { folder in
      var runs: [[String]] = []
      for name in ["a", "b"] {
        let run = try TestRuns.command(
          ["run", Self.plan, "--replications", "60", "--out", "\(folder)/\(name)"])
        #expect(run.status == 0, "\(run.errors)")
        runs.append(
          try ["trace.jsonl", "playthroughs.csv", "summary.json"].map {
            try String(contentsOfFile: "\(folder)/\(name)/\($0)", encoding: .utf8)
              .replacing(/"wall_s":[0-9.e-]+/, with: "")
          })
      }
      #expect(runs[0] == runs[1])
      // A line for each game of four ways, and a heading.
      #expect(runs[0][1].split(separator: "\n").count == 1 + 4 * 60)
      let last = try #require(runs[0][0].split(separator: "\n").last)
      #expect(last.contains("\"kind\":\"applicationRunning\""))
    }
  }

  @Test("the JSON has a run's shape; without the detour a game takes less, with an interval")
  func json() throws {
    let run = try TestRuns.command(["run", Self.plan, "--replications", "200", "--json"])
    #expect(run.status == 0, "\(run.errors)")
    let summary = try Self.object(run.output)
    for key in [
      "scenario", "seed", "version", "digest", "simulated_s", "wall_s", "events", "metrics",
      "expectations", "moments", "warnings",
    ] {
      #expect(summary[key] != nil, "\(key)")
    }
    let ways = try #require(summary["ways"] as? [[String: Any]])
    #expect(ways.map { $0["name"] as? String }.prefix(2) == ["two regions", "one region"])
    let difference = try #require((summary["differences"] as? [[String: Any]])?.first)
    let mean = try #require(difference["mean_working_s"] as? [String: Double])
    #expect(try #require(mean["high_95"]) < 0)
    let median = try #require(
      (ways[0]["working_s"] as? [String: Any])?["p50"] as? [String: Double])
    #expect(try #require(median["low_95"]) <= #require(median["value"]))
  }

  @Test("another seed is another game; the region of the data, once EKS is there, has no detour")
  func settings() throws {
    func summary(_ options: [String]) throws -> [String: Any] {
      let run = try TestRuns.command(
        ["run", Self.plan, "--replications", "20", "--json"] + options)
      #expect(run.status == 0, "\(run.errors)")
      return try Self.object(run.output)
    }
    let first = try summary([])
    let other = try summary(["--seed", "8"])
    #expect(first["digest"] as? String != other["digest"] as? String)
    let ohio = try summary([
      "--set", "spec.region=us-east-2", "--set", "spec.date=2018-11-09", "--set",
      "spec.take=[eksctl]",
    ])
    let ways = try #require(ohio["ways"] as? [[String: Any]])
    #expect(ways[0]["name"] as? String == "one region")
    // 129 steps, 61 of them for the 8 of eksctl.
    #expect(ways[0]["steps_without_setbacks"] as? Int == 129 - 61 + 8)
  }

  @Test("validate and show know the kind; a figure is shown with its mark")
  func validateAndShow() throws {
    let good = try TestRuns.command(["validate", Self.plan])
    #expect(good.status == 0)
    #expect(good.output.contains("0 errors, 0 warnings"))
    let shown = try TestRuns.command(["show", Self.plan])
    #expect(shown.output.contains("published, blog 7"))
    #expect(shown.output.contains("10m to 15m, uniform: the control plane is created"))
    let json = try TestRuns.command(["show", Self.plan, "--json"])
    let values = try #require(try Self.object(json.output)["values"] as? [[String: Any]])
    let steps = try #require(values.first { $0["path"] as? String == "spec.phases[0].steps" })
    #expect(steps["mark"] as? String == "published")

    try Self.withFolder { folder in
      let path = "\(folder)/bad.yaml"
      let text = try String(contentsOfFile: "\(TestRuns.root)/\(Self.plan)", encoding: .utf8)
      try text.replacing("backTo: key-pairs", with: "backTo: key-pair")
        .replacing("region: us-east-1", with: "region: us-east-2")
        .write(toFile: path, atomically: true, encoding: .utf8)
      for command in ["validate", "run", "show"] {
        let bad = try TestRuns.command([command, path])
        #expect(bad.status == 65, "\(command)")
        #expect(bad.errors.contains("spec.region: EKS came to us-east-2 on 2018-11-09"))
        #expect(bad.errors.contains("no phase is called 'key-pair' (did you mean 'key-pairs'?)"))
      }
    }
  }

  @Test("what does not go with a plan is said: --until, too many replications")
  func options() throws {
    let until = try TestRuns.command(["run", Self.plan, "--until", "1h"])
    #expect(until.status == 64)
    #expect(until.errors.contains("--until does not go with a provisioning plan."))
    let many = try TestRuns.command(["run", Self.plan, "--replications", "100001"])
    #expect(many.status == 64)
    let none = try TestRuns.command(["run", "models/scenarios/eks-provision.yaml"])
    #expect(none.status == 66)
  }
}
