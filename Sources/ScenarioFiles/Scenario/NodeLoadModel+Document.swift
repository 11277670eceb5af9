import AWSObjects
import Documents
import Scenarios

extension NodeLoadModel {
  /// Reads `models/kubernetes/node-load.yaml`; what is missing or wrong is reported.
  init(document: DocumentNode, file: String, sink: DiagnosticSink) {
    self.init(ranges: [:])
    let root = DocumentCursor(document, file: file, sink: sink)
    guard root.expectMapping() else { return }
    root.ignore("apiVersion", "kind")
    for name in NodeLoadParameter.allCases {
      guard let cursor = root.required(name.rawValue), cursor.expectMapping() else { continue }
      let range = cursor.required("range")
      let from = range?.required("from")?.nonNegative()
      let to = range?.required("to")?.nonNegative()
      range?.reportUnknownFields()
      let scale = cursor.required("scale")?.word(NodeLoadRange.Scale.self)
      let unit = cursor.required("unit")?.string()
      let mark = cursor.required("mark")?.word(Mark.self)
      let source = cursor.required("source")?.string()
      cursor.reportUnknownFields()
      guard let from, let to, let scale, let unit, let mark, let source else { continue }
      if from > to || (scale == .log && from <= 0) {
        range?.error("a range goes from a smaller to a larger number, on a log scale above 0")
      }
      ranges[name] = NodeLoadRange(
        from: from, to: to, scale: scale, unit: unit, provenance: Provenance(mark, source))
    }
    root.reportUnknownFields()
  }
}
