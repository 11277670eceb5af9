import Foundation
import TestSupport
import Testing

/// Stories of loaded machines from the command line.
@Suite struct LoadCommandTests {
  private static func summary(_ arguments: [String]) throws -> [String: Any] {
    let run = try TestRuns.command(arguments + ["--json"])
    #expect(run.status == 0, "\(run.errors)")
    let json = try JSONSerialization.jsonObject(with: Data(run.output.utf8))
    return try #require(json as? [String: Any])
  }

  @Test(
    "two processes agree on every story",
    arguments: [
      "", "-requests", "-limits", "-default-heap", "-fixed-heap", "-current", "-autoscaled",
      "-autoscaled-current",
    ])
  func digests(variant: String) throws {
    let folder = NSTemporaryDirectory() + "loads-\(ProcessInfo.processInfo.globallyUniqueString)"
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let story = "models/scenarios/anomalia-machina-7\(variant).yaml"
    let runs = try ["a", "b"].map {
      try Self.summary(["run", story, "--out", "\(folder)/\($0)"])
    }
    #expect(runs[0]["digest"] as? String == runs[1]["digest"] as? String)
    #expect(runs[0]["events"] as? Int == runs[1]["events"] as? Int)
    let traces = try ["a", "b"].map {
      try Data(contentsOf: URL(fileURLWithPath: "\(folder)/\($0)/trace.jsonl"))
    }
    #expect(traces[0] == traces[1])
  }

  @Test("replications say in how many each expectation held, the same every time")
  func replications() throws {
    let arguments = [
      "run", "models/scenarios/anomalia-machina-7-limits.yaml", "--set",
      "spec.nodeLoad.parameters=drawn", "--replications", "6",
    ]
    let run = try Self.summary(arguments)
    #expect(run["replications"] as? Int == 6)
    let claims = try #require(run["expectations"] as? [[String: Any]])
    #expect(claims.count == 4)
    for claim in claims { #expect((0...6).contains(claim["held"] as? Int ?? -1)) }
    let metrics = try #require(run["metrics"] as? [String: [String: Double]])
    #expect(metrics["seatrial_node_not_ready_ratio"]?["p95"] != nil)
    let text = try TestRuns.command(arguments)
    #expect(
      text.output.contains("6 replications from seed 7, node figures drawn from their ranges"))
    let again = try Self.summary(arguments)
    #expect(again["metrics"] as? [String: [String: Double]] == metrics)
  }

  @Test("a folder and replications do not go together")
  func refused() throws {
    let run = try TestRuns.command([
      "run", "models/scenarios/first-voyage.yaml", "--replications", "2", "--out", "x",
    ])
    #expect(run.status == 64)
    #expect(run.errors.contains("--replications writes no folder"))
  }

  @Test("show prints every figure of a loaded node with its mark and source")
  func show() throws {
    let run = try TestRuns.command(["show", "models/scenarios/anomalia-machina-7.yaml"])
    #expect(run.status == 0)
    #expect(run.output.contains("600 MiB, middle of 450 to 750"))
    #expect(run.output.contains("node-load.reclaimStall"))
    #expect(run.output.contains("gp2, 20.0 GiB, burst credits full"))
    let drawn = try TestRuns.command([
      "show", "models/scenarios/anomalia-machina-7.yaml", "--set",
      "spec.nodeLoad.parameters=drawn",
    ])
    #expect(drawn.output.contains("drawn from 450 to 750 MiB"))
  }
}
