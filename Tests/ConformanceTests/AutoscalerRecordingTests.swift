import Documents
import Foundation
import Testing

@testable import Conformance

@Suite("Recorded runs of cluster-autoscaler")
struct AutoscalerRecordingTests {
  static let folder = ConformanceRunnerTests.folder(
    "ClusterAutoscalerTests/Recordings/cluster-autoscaler")

  static let files = ((try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? [])
    .filter { $0.hasSuffix(".json") }.sorted()

  static func text(_ file: String) throws -> String {
    try String(contentsOfFile: "\(folder)/\(file)", encoding: .utf8)
  }

  @Test("the recordings are there") func count() { #expect(Self.files.count == 88) }

  @Test("a run can be followed tie by tie", arguments: files)
  func follows(_ file: String) throws {
    let recording = try JSONReader.read(Self.text(file))
    #expect(AutoscalerSuite().recognizes(recording))
    #expect(AutoscalerSuite().judge(recording).firstDifference == nil)
  }

  /// What the suite says of a recording after its text was changed.
  private func difference(_ file: String, _ change: (String) -> String) throws -> String? {
    let text = try Self.text(file)
    let changed = change(text)
    #expect(changed != text, "the change must change something")
    return AutoscalerSuite().judge(try JSONReader.read(changed)).firstDifference
  }

  @Test("another size, group, time or end than recorded is told")
  func differences() throws {
    let size = try difference("01-scaleup-simple.json") {
      $0.replacing(/("ev": ?"IncreaseSize".*?"n": ?)\d+/) { "\($0.output.1)77" }
    }
    #expect(size?.contains("recorded IncreaseSize") == true)
    let flag = try difference("13-scaledown-empty.json") {
      $0.replacingOccurrences(
        of: "\"durationSec\":",
        with: "\"flags\":{\"scale-down-unneeded-time\":\"3m\"},\"durationSec\":")
    }
    #expect(flag?.contains("DeleteNodes") == true)
    let end = try difference("01-scaleup-simple.json") {
      $0.replacing(/"bound": ?(\d+)/) { "\"bound\": 9\($0.output.1)" }
    }
    #expect(end?.contains("at the end") == true)
  }
}
