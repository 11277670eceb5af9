import AWSObjects
import Documents
import TimeUnits

/// Fields as plans write them.
extension DocumentCursor {
  /// A field with the only value that it may have.
  func expect(_ field: String, _ wanted: String) {
    guard let cursor = required(field), let found = cursor.string(), found != wanted else { return }
    cursor.error("unknown \(field) '\(found)'", suggestion: "this program reads '\(wanted)'")
  }

  /// `mark` and `source` of this mapping; the absence of either is reported.
  func provenance() -> Provenance? {
    let mark = required("mark")?.word(Mark.self)
    let source = required("source")?.string()
    guard let mark, let source else { return nil }
    return Provenance(mark, source)
  }

  /// A law of delays with its mark and source beside it, and nothing else in the mapping.
  func sourcedLaw() -> Sourced<DelayLaw>? {
    guard expectMapping() else { return nil }
    let law = shape { $0.duration() }
    let provenance = provenance()
    reportUnknownFields()
    guard let law, let provenance else { return nil }
    return Sourced(law, provenance)
  }

  /// `{from, to}` in order.
  func range<Bound: Comparable>(
    _ bound: (DocumentCursor) -> Bound?
  ) -> ClosedRange<Bound>? {
    guard expectMapping() else { return nil }
    let from = required("from").flatMap(bound)
    let to = required("to").flatMap(bound)
    reportUnknownFields()
    guard let from, let to else { return nil }
    guard from <= to else {
      error("'to' is below 'from'")
      return nil
    }
    return from...to
  }

  /// The name of an AWS region.
  func region() -> Region? {
    guard let name = string() else { return nil }
    guard RegionNames.all.contains(name) else {
      error(
        "unknown region '\(name)'",
        suggestion: Spelling.suggestion(for: name, among: RegionNames.all) ?? "such as us-east-1")
      return nil
    }
    return Region(name)
  }

  /// A seed of random streams.
  func seed() -> UInt64? {
    if case .plain(let text) = node.content, let seed = UInt64(text) { return seed }
    error("expected a whole number from 0 to 2^64 - 1, found \(node.kindDescription)")
    return nil
  }
}
