import Foundation
import TestSupport
import Testing

/// `seatrial detect` from the command line.
@Suite struct DetectCommandTests {
  private static let recordings = "\(TestRuns.root)/Tests/AnomalyDetectorTests/Recordings/detector"

  private static func detect(
    _ text: String, _ options: String...
  ) throws -> (status: Int32, output: String, errors: String) {
    let folder = NSTemporaryDirectory() + "detect-\(ProcessInfo.processInfo.globallyUniqueString)"
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    try text.write(toFile: "\(folder)/v.csv", atomically: true, encoding: .utf8)
    return try TestRuns.command(["detect", "v.csv"] + options, in: folder)
  }

  @Test(
    "a recording comes out as it is, text and all",
    arguments: [
      ("step-2", ["0.05", "3", "50"]), ("extreme-1", ["0.02", "0.1", "30"]),
      ("lognormal-1", ["0.0", "0.05", "1"]),
    ])
  func recording(name: String, parameters: [String]) throws {
    let path = "\(Self.recordings)/\(name).csv"
    let run = try TestRuns.command([
      "detect", path, "--magnitude", parameters[0], "--threshold", parameters[1],
      "--ready-after", parameters[2],
    ])
    #expect(run.status == 0 && run.errors.isEmpty)
    #expect(run.output == (try String(contentsOfFile: path, encoding: .utf8)))
  }

  @Test("a spike in a window: silence as published, an alarm from the normalized one")
  func spike() throws {
    let text = String(repeating: "7\n", count: 60) + "7000\n"
    let published = try Self.detect(text, "--window", "51")
    #expect(published.output.hasSuffix(",true,false,false\n"))
    let normalized = try Self.detect(text, "--window", "51", "--variant", "normalized")
    #expect(normalized.output.hasSuffix("7000.0,7.0,0.0,Infinity,0.0,true,true,false\n"))
    #expect(normalized.output.split(separator: "\n").count == 62)
    let json = try Self.detect(text, "--window", "51", "--variant", "normalized", "--json")
    #expect(json.output.hasPrefix("{\"variant\":\"normalized\",\"parameters\":{\"slack\":0.5,"))
    #expect(json.output.hasSuffix("\"anomalies\":1}\n"))
    #expect(json.output.contains("\"cusum_high\":\"Infinity\""))
  }

  @Test("wrong numbers are all told, and nothing comes out")
  func wrong() throws {
    let run = try Self.detect("1\n2\nx\n3\nNaN\n")
    #expect(run.status == 65 && run.output.isEmpty)
    #expect(run.errors.contains("v.csv:3:1: error: 'x' is not a number"))
    #expect(run.errors.contains("v.csv:5:1: error: NaN"))
    #expect(try Self.detect("").status == 65)
    #expect(try Self.detect("a,b\n1,2\n").status == 65)
    #expect(try TestRuns.command(["detect", "/nowhere.csv"]).status == 66)
  }

  @Test(
    "parameters that make no sense are a wrong command line",
    arguments: [
      ["--magnitude", "-1"], ["--threshold", "inf"], ["--ready-after", "0"], ["--window", "0"],
      ["--variant", "best"], ["--variant", "normalized", "--threshold", "3"], ["--slack", "1"],
      ["--variant", "normalized", "--mean", "1"], ["--variant", "normalized", "--limit", "-1"],
    ])
  func parameters(options: [String]) throws {
    let run = try TestRuns.command(["detect", "/nowhere.csv"] + options)
    #expect(run.status == 64 && run.output.isEmpty, "\(run.errors)")
  }

  @Test("a window too short for any decision is told")
  func shortWindow() throws {
    let run = try Self.detect("1\n2\n", "--window", "49")
    #expect(run.status == 0 && run.errors.contains("a window of 49 decides nothing"))
    #expect(try Self.detect("1\n2\n", "--window", "50").errors.isEmpty)
  }
}
