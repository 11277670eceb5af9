import Foundation
import TestSupport
import Testing

/// What a person sees who types the commands of the README.
@Suite struct CommandLineTests {
  private static func scratch() throws -> String {
    let path = NSTemporaryDirectory() + "seatrial-\(ProcessInfo.processInfo.globallyUniqueString)"
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    return path
  }

  @Test("the first voyage tells its story and leaves three files; a second process agrees on them")
  func voyage() throws {
    let folder = try Self.scratch()
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let scenario = "\(TestRuns.root)/models/scenarios/first-voyage.yaml"
    var digests: [String] = []
    for name in ["a", "b"] {
      let run = try TestRuns.command(["run", scenario, "--out", "\(folder)/\(name)"])
      #expect(run.status == 0, "\(run.errors)")
      #expect(run.output.contains("3 Insufficient cpu."))
      #expect(run.output.contains("is above max value 4 for the AutoScalingGroup."))
      #expect(run.output.contains("Try next"))
      let summary = try String(contentsOfFile: "\(folder)/\(name)/summary.json", encoding: .utf8)
      let digest = try #require(summary.firstMatch(of: /"digest":"([0-9a-f]{32})"/))
      digests.append(String(digest.1))
    }
    #expect(digests[0] == digests[1])
    let trace: (String) throws -> Data = {
      try Data(contentsOf: URL(fileURLWithPath: "\(folder)/\($0)/trace.jsonl"))
    }
    #expect(try trace("a") == trace("b"))
  }

  @Test("a scenario with six mistakes reports all six with line and column, and writes nothing")
  func mistakes() throws {
    let folder = try Self.scratch()
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let bad = """
      apiVersion: seatrial/v1
      kind: Scenario
      metadata: {name: six-mistakes}
      spec:
        era: current
        horizon: 1 fortnight
        cloud:
          region: us-east-1
          nodeGroups:
            - {name: a, instanceType: m5.larg, zones: [us-east-1a], min: 1, desired: 5, max: 2}
        manifest: [web.yaml]
        manifests: [missing.yaml, web.yaml]

      """
    let web = """
      apiVersion: v1
      kind: Pod
      metadata: {name: p}
      spec:
        containers:
          - name: c
            image: a:1
            resources: {requests: {cpu: 1gi}}

      """
    try bad.write(toFile: "\(folder)/bad.yaml", atomically: true, encoding: .utf8)
    try web.write(toFile: "\(folder)/web.yaml", atomically: true, encoding: .utf8)
    let run = try TestRuns.command(["run", "bad.yaml"], in: folder)
    #expect(run.status == 65)
    #expect(run.output.isEmpty)
    let wanted = [
      "bad.yaml:6:", "m5.large", "bad.yaml:10:", "unknown key 'manifest'", "missing.yaml",
      "web.yaml:8:",
    ]
    for text in wanted { #expect(run.errors.contains(text), "\(text) in \(run.errors)") }
    let errors = run.errors.split(separator: "\n").filter { $0.contains(": error: ") }
    #expect(errors.count == 6, "\(run.errors)")
    #expect(!FileManager.default.fileExists(atPath: "\(folder)/out"))
  }

  @Test("an output folder that cannot be written loses nothing that was there")
  func unwritable() throws {
    let folder = try Self.scratch()
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try "keep".write(toFile: "\(folder)/file", atomically: true, encoding: .utf8)
    let scenario = "\(TestRuns.root)/models/scenarios/first-voyage.yaml"
    // A file where a folder would have to be: no one, not even root, can write below it.
    let run = try TestRuns.command(["run", scenario, "--out", "\(folder)/file/out"])
    #expect(run.status == 73)
    #expect(run.errors.contains("cannot write"))
    #expect(try String(contentsOfFile: "\(folder)/file", encoding: .utf8) == "keep")
  }

  @Test("an instance type shows what the recorded machines have")
  func instanceType() throws {
    let run = try TestRuns.command(["show", "instance-type", "m5.large", "--json"])
    #expect(run.status == 0)
    #expect(run.output.contains(#""cpu":"1930m""#))
    #expect(run.output.contains(#""pods":"29""#))
    let wrong = try TestRuns.command(["show", "instance-type", "m5.larg"])
    #expect(wrong.status == 65)
    #expect(wrong.errors.contains("m5.large"))
  }

  @Test("a wrong command line ends with 64, a missing file with 66")
  func statuses() throws {
    #expect(try TestRuns.command(["run"]).status == 64)
    #expect(try TestRuns.command(["frobnicate"]).status == 64)
    #expect(try TestRuns.command(["run", "no-such-file.yaml"]).status == 66)
    #expect(try TestRuns.command(["run", "--manifests", "no-such-folder"]).status == 66)
  }
}
