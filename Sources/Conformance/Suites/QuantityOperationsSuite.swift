public import Documents
import KubernetesObjects

/// Sums, differences and order of quantities. Equal: every field of a row.
public struct QuantityOperationsSuite: ConformanceSuite {
  public let kind = "quantityops"

  public init() {}

  public func recognizes(_ recording: DocumentNode) -> Bool {
    guard let row = recording.rows?.first else { return false }
    return row["a"] != nil && row["b"] != nil && row["cmp"] != nil
  }

  public func judge(_ recording: DocumentNode) -> CaseVerdict {
    var verdict = CaseVerdict()
    for row in recording.rows ?? [] { verdict.count(Self.difference(row)) }
    return verdict
  }

  private static func difference(_ node: DocumentNode) -> String? {
    let a = node["a"]?.scalarText ?? ""
    let b = node["b"]?.scalarText ?? ""
    var row = RecordedRow(node, name: "\(a) and \(b)")
    do {
      let (x, y) = (try Quantity(parsing: a), try Quantity(parsing: b))
      let sum = x + y
      row.expect("add", sum.text)
      row.expect("addValue", "\(sum.value)")
      row.expect("addMilli", "\(sum.milliValue)")
      row.expect("sub", (x - y).text)
      row.expect("cmp", "\(x.compare(y))")
    } catch {
      row.fail("does not parse: \(error)")
    }
    return row.difference
  }
}
