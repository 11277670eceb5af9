public import Documents

/// cluster-autoscaler, one row a recorded case. Equal: what `AutoscalerComparison` compares.
public struct AutoscalerSuite: ConformanceSuite {
  public let kind = "cluster-autoscaler"

  public init() {}

  public func recognizes(_ recording: DocumentNode) -> Bool {
    recording["case"]?["groups"] != nil && recording["runs"]?.elements != nil
  }

  public func family(of recording: DocumentNode) -> String? {
    guard let name = recording["case"]?["name"]?.scalarText else { return nil }
    return name.hasPrefix("random") ? "random" : "named"
  }

  public func judge(_ recording: DocumentNode) -> CaseVerdict {
    var verdict = CaseVerdict()
    let sink = DiagnosticSink()
    let cursor = DocumentCursor(recording, file: "", sink: sink)
    guard let read = AutoscalerRecording(cursor) else {
      verdict.count(sink.sorted.first.map { "cannot be read: \($0)" } ?? "cannot be read")
      return verdict
    }
    verdict.count(AutoscalerReplay.difference(read))
    return verdict
  }
}
