import AnomalyDetector
public import Documents
import Foundation

/// The change detector of Anomalia Machina: one list of cases, a table each beside it. Equal: every
/// number of every row is the same double, and every decision the same.
public struct DetectorSuite: ConformanceSuite {
  public let kind = "detector"

  public init() {}

  public func recognizes(_ recording: DocumentNode) -> Bool {
    guard let first = recording.elements?.first else { return false }
    return first["file"] != nil && first["magnitude"] != nil && first["threshold"] != nil
      && first["ready_after"] != nil
  }

  /// A list alone holds nothing to compare.
  public func judge(_ recording: DocumentNode) -> CaseVerdict { CaseVerdict() }

  public func judge(_ recording: DocumentNode, at file: String) -> [FileVerdict] {
    let folder = file.lastIndex(of: "/").map { String(file[...$0]) } ?? ""
    return (recording.elements ?? []).map { node in
      let path = folder + (node["file"]?.scalarText ?? "")
      var verdict = CaseVerdict()
      verdict.count(Self.difference(node, table: path))
      return FileVerdict(file: path, verdict: verdict)
    }
  }

  private static func difference(_ node: DocumentNode, table path: String) -> String? {
    guard let magnitude = node["magnitude"]?.doubleValue,
      let threshold = node["threshold"]?.doubleValue, let ready = node["ready_after"]?.intValue
    else { return "its parameters cannot be read" }
    guard let data = FileManager.default.contents(atPath: path) else { return "no such file" }
    let detector = PublishedCUSUM(
      magnitude: magnitude, threshold: threshold, readyAfter: Int(ready))
    return DetectorComparison(table: String(decoding: data, as: UTF8.self)).difference(of: detector)
  }
}
