import Foundation
import Testing

/// One case of the real program's unit tests, restated as data.
struct UpstreamCase: Decodable, Sendable, CustomTestStringConvertible {
  var id: String
  var area: String
  var era: String
  var source: String
  var given: JSON
  var expected: JSON
  var note: String?

  var testDescription: String { id }

  /// The cases of an area whose id begins so.
  static func of(_ area: String, _ prefix: String = "") -> [UpstreamCase] {
    all.filter { $0.area == area && $0.id.hasPrefix(prefix) }
  }

  private struct File: Decodable { var cases: [UpstreamCase] }

  static let all: [UpstreamCase] = {
    let url = Bundle.module.url(
      forResource: "Recordings/autoscaler-upstream-cases", withExtension: "json")
    guard let url, let data = try? Data(contentsOf: url),
      let file = try? JSONDecoder().decode(File.self, from: data)
    else { return [] }
    return file.cases
  }()
}

/// Any JSON value.
enum JSON: Decodable, Sendable, Hashable {
  case null
  case bool(Bool)
  case number(Double)
  case text(String)
  case list([JSON])
  case object([String: JSON])

  init(from decoder: any Decoder) throws {
    let box = try decoder.singleValueContainer()
    if box.decodeNil() {
      self = .null
    } else if let value = try? box.decode(Bool.self) {
      self = .bool(value)
    } else if let value = try? box.decode(Double.self) {
      self = .number(value)
    } else if let value = try? box.decode(String.self) {
      self = .text(value)
    } else if let value = try? box.decode([JSON].self) {
      self = .list(value)
    } else {
      self = .object(try box.decode([String: JSON].self))
    }
  }

  subscript(key: String) -> JSON? { fields?[key] }

  var fields: [String: JSON]? { if case .object(let fields) = self { fields } else { nil } }
  var list: [JSON]? { if case .list(let list) = self { list } else { nil } }
  var text: String? { if case .text(let text) = self { text } else { nil } }
  var bool: Bool? { if case .bool(let value) = self { value } else { nil } }
  var double: Double? { if case .number(let value) = self { value } else { nil } }
  var int: Int? { double.map { Int($0) } }

  /// The whole numbers in a text, in order.
  var numbers: [Int] { (text ?? "").matches(of: /\d+/).compactMap { Int($0.output) } }
}
