import Documents

/// kube-scheduler's cycles (`scheduler/`): one row a case, equal if every aspect of every cycle is.
struct SchedulerRecordingSuite: ConformanceSuite {
  let kind = "scheduler"

  func recognizes(_ recording: DocumentNode) -> Bool {
    recording["case"]?["nodes"] != nil && recording["results"] != nil
  }

  func judge(_ recording: DocumentNode) -> CaseVerdict {
    var verdict = CaseVerdict()
    let sink = DiagnosticSink()
    let cursor = DocumentCursor(recording, file: "recording", sink: sink)
    guard let recorded = SchedulerRecording(cursor) else {
      verdict.count(sink.sorted.first?.description ?? "not a recording of the scheduler")
      return verdict
    }
    var agreement = SchedulerAgreement()
    agreement.add(recorded)
    verdict.count(
      agreement.differences.first.map {
        "pod \($0.pod), cycle \($0.attempt), \($0.what): recorded \($0.recorded), ours \($0.ours)"
      })
    return verdict
  }
}
