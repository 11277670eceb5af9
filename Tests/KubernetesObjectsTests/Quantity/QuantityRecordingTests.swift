import Documents
import Foundation
import KubernetesObjects
import Testing

/// What resource.Quantity of Kubernetes 1.36.2 did with 720 texts and 360 pairs of them.
struct QuantityRecordingTests {
  static func rows(_ folder: String) throws -> [DocumentNode] {
    let directory = try #require(
      Bundle.module.url(forResource: "Recordings/\(folder)", withExtension: nil))
    let files = try FileManager.default.contentsOfDirectory(
      at: directory, includingPropertiesForKeys: nil)
    return try files.sorted { $0.path < $1.path }.flatMap { file in
      let text = try String(contentsOf: file, encoding: .utf8)
      return try JSONReader.read(text)["cases"]?.elements ?? []
    }
  }

  @Test("every recorded text parses, prints, rounds and converts as the real library does")
  func parsing() throws {
    let rows = try Self.rows("quantity")
    #expect(rows.count == 720)
    for row in rows {
      let text = row["in"]?.scalarText ?? ""
      do {
        let quantity = try Quantity(parsing: text)
        #expect(row["error"] == nil, "\(text) must be refused")
        try check(quantity, row)
      } catch let error as QuantityError {
        #expect(row["error"]?.scalarText == error.description, "\(text)")
      }
    }
  }

  private func check(_ quantity: Quantity, _ row: DocumentNode) throws {
    let text = row["in"]?.scalarText ?? ""
    func equal(_ field: String, _ value: String) {
      #expect(row[field]?.scalarText == value, "\(text): \(field)")
    }
    equal("string", quantity.text)
    equal("json", quantity.text)
    equal("value", "\(quantity.value)")
    equal("milliValue", "\(quantity.milliValue)")
    equal("format", quantity.format.rawValue)
    equal("sign", "\(quantity.sign)")
    let whole = row["asInt64"]?.elements ?? []
    #expect(whole.first?.scalarText == "\(quantity.fastInt64.value)", "\(text): asInt64")
    #expect(whole.last?.boolValue == (quantity.asInt64 != nil), "\(text): asInt64 known")
    let double = try #require(row["asApproximateFloat64"]?.doubleValue)
    #expect(abs(quantity.asApproximateDouble - double) <= 1e-15 * abs(double), "\(text): double")
    let scales: [(String, Quantity.Scale)] = [
      ("milli", .milli), ("unit", .unit), ("kilo", .kilo), ("mega", .mega),
    ]
    for (name, scale) in scales {
      equal("scaledValue_\(name)", "\(quantity.scaledValue(scale))")
      var rounded = quantity
      let exact = rounded.roundUp(scale)
      let expected = row["roundUp_\(name)"]?.elements ?? []
      #expect(expected.first?.scalarText == rounded.text, "\(text): roundUp \(name)")
      #expect(expected.last?.boolValue == exact, "\(text): roundUp \(name) exact")
    }
  }

  @Test("every recorded pair adds, subtracts and compares as the real library does")
  func arithmetic() throws {
    let rows = try Self.rows("quantityops")
    #expect(rows.count == 360)
    for row in rows {
      let a = try Quantity(parsing: try #require(row["a"]?.scalarText))
      let b = try Quantity(parsing: try #require(row["b"]?.scalarText))
      let sum = a + b
      #expect(row["add"]?.scalarText == sum.text, "\(a) + \(b)")
      #expect(row["addValue"]?.scalarText == "\(sum.value)", "\(a) + \(b), whole")
      #expect(row["addMilli"]?.scalarText == "\(sum.milliValue)", "\(a) + \(b), milli")
      #expect(row["sub"]?.scalarText == (a - b).text, "\(a) - \(b)")
      #expect(row["cmp"]?.scalarText == "\(a.compare(b))", "\(a) against \(b)")
    }
  }
}
