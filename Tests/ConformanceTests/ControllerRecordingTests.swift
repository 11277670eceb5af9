import Conformance
import Documents
import Testing

struct ControllerRecordingTests {
  @Test("recorded controllers are equal: who is made, deleted and gone, when, and the end state")
  func recordings() {
    let folder = ConformanceRunnerTests.folder("KubeControllersTests/Recordings")
    let report = ConformanceRunner.run([folder])
    #expect(report.agrees, "\(report.text)")
    #expect(report.suites.map(\.kind) == ["node", "workload"])
    #expect(report.suites.map(\.cases) == [7, 16])
    #expect(report.suites.map(\.families.count) == [7, 16])
    #expect(report.text.contains("workload: 16 of 16 families equal"))
  }

  @Test("a recording that says something else is told apart, with what ours did instead")
  func difference() throws {
    let folder = ConformanceRunnerTests.folder("KubeControllersTests/Recordings/workload")
    let report = ConformanceRunner.run([folder], suites: [Later()])
    let first = try #require(report.suites.first?.differences.first)
    #expect(first.text.contains("recorded one at"))
    #expect(report.suites[0].equalRows == 0)
  }

  /// The workload suite over timelines whose pods are made a second later.
  private struct Later: ConformanceSuite {
    let kind = "later"

    func recognizes(_ recording: DocumentNode) -> Bool {
      WorkloadSuite().recognizes(recording)
    }

    func judge(_ recording: DocumentNode) -> CaseVerdict {
      WorkloadSuite().judge(later(recording))
    }

    private func later(_ recording: DocumentNode) -> DocumentNode {
      guard var entries = recording.entries,
        let index = entries.firstIndex(where: { $0.key == "timeline" })
      else { return recording }
      let records = (entries[index].value.elements ?? []).map(laterIfCreation)
      entries[index].value = DocumentNode(.sequence(records))
      return DocumentNode(.mapping(entries))
    }

    private func laterIfCreation(_ record: DocumentNode) -> DocumentNode {
      guard record["ev"]?.scalarText == "podCreated", var entries = record.entries,
        let index = entries.firstIndex(where: { $0.key == "t" }),
        let time = record["t"]?.doubleValue
      else { return record }
      entries[index].value = DocumentNode(.plain("\(time + 1)"))
      return DocumentNode(.mapping(entries))
    }
  }
}
