public import Documents

/// kube-scheduler, one row a recorded case. Equal: everything `SchedulerAgreement` compares.
public struct SchedulerCaseSuite: ConformanceSuite {
  public let kind = "scheduler"

  public init() {}

  public func recognizes(_ recording: DocumentNode) -> Bool {
    recording["case"]?["nodes"] != nil && recording["results"]?.elements != nil
  }

  /// Cases of one kind have names such as `churn-1010`.
  public func family(of recording: DocumentNode) -> String? {
    recording["case"]?["name"]?.scalarText.map { String($0.prefix { $0 != "-" }) }
  }

  public func judge(_ recording: DocumentNode) -> CaseVerdict {
    var verdict = CaseVerdict()
    let sink = DiagnosticSink()
    let cursor = DocumentCursor(recording, file: "", sink: sink)
    guard let read = SchedulerRecording(cursor) else {
      verdict.count(sink.sorted.first.map { "cannot be read: \($0)" } ?? "cannot be read")
      return verdict
    }
    var agreement = SchedulerAgreement()
    agreement.add(read)
    verdict.aspects = agreement.aspects
    verdict.count(
      agreement.differences.first.map { first in
        "pod \(first.pod), cycle \(first.attempt), \(first.what): recorded \(first.recorded), "
          + "ours \(first.ours)"
      })
    return verdict
  }
}
