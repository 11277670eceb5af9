public import Documents
import KubernetesObjects

/// resource.Quantity: parse, print, round, convert. Equal: every field of a row, floating-point
/// numbers to 1e-15 of their size.
public struct QuantitySuite: ConformanceSuite {
  public let kind = "quantity"

  public init() {}

  public func recognizes(_ recording: DocumentNode) -> Bool {
    guard let row = recording.rows?.first else { return false }
    return row["in"] != nil && (row["string"] != nil || row["error"] != nil)
  }

  public func judge(_ recording: DocumentNode) -> CaseVerdict {
    var verdict = CaseVerdict()
    for row in recording.rows ?? [] { verdict.count(Self.difference(row)) }
    return verdict
  }

  private static func difference(_ node: DocumentNode) -> String? {
    let text = node["in"]?.scalarText ?? ""
    var row = RecordedRow(node, name: "\"\(text)\"")
    do {
      let quantity = try Quantity(parsing: text)
      if let error = node["error"]?.scalarText {
        row.fail("recorded the error \(error), ours \(quantity)")
      } else {
        compare(quantity, with: &row)
      }
    } catch {
      row.expect("error", error.description)
    }
    return row.difference
  }

  private static func compare(_ quantity: Quantity, with row: inout RecordedRow) {
    row.expect("string", quantity.text)
    row.expect("json", quantity.text)
    row.expect("value", "\(quantity.value)")
    row.expect("milliValue", "\(quantity.milliValue)")
    row.expect("format", quantity.format.rawValue)
    row.expect("sign", "\(quantity.sign)")
    let (whole, fits) = quantity.fastInt64
    expect(pair: "asInt64", "\(whole)", fits, in: &row)
    let double = row.node["asApproximateFloat64"]?.doubleValue ?? .nan
    if !(abs(quantity.asApproximateDouble - double) <= 1e-15 * abs(double)) {
      row.fail(
        "asApproximateFloat64: recorded \(double), ours \(quantity.asApproximateDouble)")
    }
    let scales: [(String, Quantity.Scale)] = [
      ("nano", .nano), ("micro", .micro), ("milli", .milli), ("unit", .unit), ("kilo", .kilo),
      ("mega", .mega), ("giga", .giga),
    ]
    for (name, scale) in scales where row.node["scaledValue_\(name)"] != nil {
      row.expect("scaledValue_\(name)", "\(quantity.scaledValue(scale))")
    }
    for (name, scale) in scales where row.node["roundUp_\(name)"] != nil {
      var rounded = quantity
      let exact = rounded.roundUp(scale)
      expect(pair: "roundUp_\(name)", rounded.text, exact, in: &row)
    }
  }

  /// A recorded `[text, flag]`.
  private static func expect(
    pair field: String, _ text: String, _ flag: Bool, in row: inout RecordedRow
  ) {
    let pair = row.node[field]?.elements ?? []
    row.expect(field, recorded: pair.first?.scalarText, text)
    row.expect("\(field) flag", recorded: pair.last?.scalarText, "\(flag)")
  }
}
