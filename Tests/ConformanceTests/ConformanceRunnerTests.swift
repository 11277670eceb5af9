import Conformance
import Documents
import Foundation
import Testing

struct ConformanceRunnerTests {
  /// The recordings that other tests keep.
  static let tests = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent()

  static func folder(_ path: String) -> String { tests.appending(path: path).path }

  private func withFile(_ text: String, _ body: (String) throws -> Void) throws {
    let folder = FileManager.default.temporaryDirectory
      .appending(path: "conformance-\(ProcessInfo.processInfo.processIdentifier)-\(text.count)")
    defer { try? FileManager.default.removeItem(at: folder) }
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    try text.write(
      to: folder.appending(path: "x.json"), atomically: true, encoding: .utf8)
    try body(folder.path)
  }

  @Test("every kept recording is told by its content and equal")
  func recordings() {
    let report = ConformanceRunner.run([
      Self.folder("KubernetesObjectsTests/Recordings"), Self.folder("KubeletTests/Recordings"),
      Self.folder("ConformanceTests/Recordings"), Self.folder("AnomalyDetectorTests/Recordings"),
    ])
    #expect(report.agrees, "\(report.text)")
    #expect(
      report.suites.map(\.kind) == [
        "detector", "eviction", "oomscore", "quantity", "quantityops", "scheduler",
      ])
    #expect(report.suites.map(\.cases) == [16, 12, 6, 6, 6, 2])
    #expect(report.suites.map(\.equalRows) == [16, 12, 240, 720, 360, 2])
    #expect(report.skipped.isEmpty && report.missing.isEmpty)
  }

  @Test("the scheduler's agreement is told plugin by plugin and family by family")
  func aspects() throws {
    let report = ConformanceRunner.run([Self.folder("ConformanceTests/Recordings/scheduler")])
    let suite = try #require(report.suites.first { $0.kind == "scheduler" })
    #expect(suite.families.map(\.name).count == 2 && suite.families.allSatisfy(\.agrees))
    let fit = try #require(suite.aspects["NodeResourcesFit"])
    #expect(fit.compared > 0 && fit.equal == fit.compared)
    #expect(
      report.text.contains("  NodeResourcesFit                  \(fit.equal) of \(fit.compared)"))
    var writer = JSONWriter()
    report.write(to: &writer)
    let json = try JSONReader.read(writer.text)["suites"]?.elements?[0]["aspects"]
    #expect(json?["feasible"]?["compared"]?.intValue ?? 0 > 0)
  }

  @Test("a difference is shown in full and makes the report disagree")
  func difference() throws {
    let row =
      "{\"a\":\"1\",\"b\":\"1Ki\",\"cmp\":-1,\"add\":\"1026\",\"addValue\":1025,"
      + "\"addMilli\":1025000,\"sub\":\"-1023\"}"
    try withFile("{\"cases\":[\(row)]}") { folder in
      let report = ConformanceRunner.run([folder])
      #expect(!report.agrees)
      #expect(report.text.contains("1 and 1Ki: add: recorded 1026, ours 1025"))
      var writer = JSONWriter()
      report.write(to: &writer)
      let json = try JSONReader.read(writer.text)
      #expect(json["agrees"]?.boolValue == false)
      #expect(json["suites"]?.elements?[0]["equal"]?.intValue == 0)
    }
  }

  @Test("what no suite knows is skipped by name, a missing path is missing")
  func skipped() throws {
    try withFile("{\"case\":{\"kind\":\"weather\"},\"timeline\":[]}") { folder in
      let report = ConformanceRunner.run([folder, "/nowhere"])
      #expect(report.agrees && report.suites.isEmpty)
      #expect(report.skipped.map(\.why) == ["1 file of an unknown kind"])
      #expect(report.missing == ["/nowhere"])
    }
    try withFile("{\"cases\": [1,") { folder in
      let report = ConformanceRunner.run([folder])
      #expect(report.skipped.isEmpty)
      #expect(report.broken.first?.why.hasPrefix("not JSON: ") == true)
      #expect(report.broken.first?.path.contains("x.json:1:") == true)
    }
  }
}
