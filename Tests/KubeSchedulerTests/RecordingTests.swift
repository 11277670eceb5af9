import Conformance
import Documents
import Foundation
import Testing

/// The recordings of kube-scheduler 1.36.2 beside this file.
@Suite struct RecordingTests {
  static let files: [URL] = {
    let folder = Bundle.module.resourceURL?.appendingPathComponent("Recordings")
    let found = folder.flatMap {
      try? FileManager.default.contentsOfDirectory(at: $0, includingPropertiesForKeys: nil)
    }
    return (found ?? []).filter { $0.pathExtension == "json" }.sorted { $0.path < $1.path }
  }()

  @Test("There are forty recordings to compare with")
  func recordingsAreThere() { #expect(Self.files.count == 40) }

  @Test("Every cycle is as recorded: nodes, reasons, scores, victims, messages", arguments: files)
  func isAsRecorded(file: URL) throws {
    let text = try String(contentsOf: file, encoding: .utf8)
    let sink = DiagnosticSink()
    var agreement = SchedulerAgreement()
    agreement.add(text: text, file: file.lastPathComponent, sink: sink)
    #expect(sink.diagnostics.isEmpty)
    #expect(agreement.cases.equal == 1 && agreement.cases.compared == 1)
    #expect(agreement.differences.first == nil, "\(agreement.summary)")
  }

  @Test("A recorded score that is off by one is found, with its pod, node and both values")
  func differencesAreFound() throws {
    let file = try #require(Self.files.first { $0.lastPathComponent == "plain-1000.json" })
    let text = try String(contentsOf: file, encoding: .utf8)
    let place = try #require(text.range(of: "\"NodeResourcesFit\":"))
    let end = try #require(text[place.upperBound...].firstIndex { !$0.isNumber })
    let value = try #require(Int(text[place.upperBound..<end]))
    let altered = text.replacingCharacters(
      in: place.upperBound..<end, with: "\(value + 1)")
    var agreement = SchedulerAgreement()
    agreement.add(text: altered, file: "altered.json", sink: DiagnosticSink())
    #expect(agreement.differences.count == 1)
    let difference = try #require(agreement.differences.first)
    #expect(difference.what.hasPrefix("NodeResourcesFit n"))
    #expect(difference.recorded == "\(value + 1)")
    #expect(difference.ours == "\(value)")
    #expect(agreement.cases.equal == 0 && agreement.cases.compared == 1)
  }

  @Test("A broken recording is reported with its line and column, not compared")
  func brokenRecordingIsReported() {
    let sink = DiagnosticSink()
    var agreement = SchedulerAgreement()
    agreement.add(text: "{\"case\":\n {\"nodes\": [}}", file: "broken.json", sink: sink)
    #expect(agreement.cases.compared == 0)
    #expect(sink.diagnostics.map(\.line) == [2])
    #expect(sink.diagnostics.map(\.column) == [13])
  }
}
