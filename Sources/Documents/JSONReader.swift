/// Reads JSON (RFC 8259) into located nodes; Foundation's parser does not tell lines and columns.
public struct JSONReader {
  /// Where and why a text is not JSON.
  public struct SyntaxError: Error, Sendable {
    public var line: Int
    public var column: Int
    /// The place in the text, counted from 0.
    public var byte: Int
    public var message: String
  }

  /// More brackets than this inside one another are refused, so that no text exhausts the stack.
  public static let depthLimit = 512

  private let bytes: [UInt8]
  private var depth = 0
  private var position = 0
  private var line = 1
  private var lineStart = 0

  private init(_ bytes: [UInt8]) { self.bytes = bytes }

  /// Reads one document. Complexity: linear in the length of `text`.
  public static func read(_ text: String) throws(SyntaxError) -> DocumentNode {
    var reader = JSONReader(Array(text.utf8))
    reader.skipSpace()
    let node = try reader.value()
    reader.skipSpace()
    if reader.position < reader.bytes.count { throw reader.failure("text after the end") }
    return node
  }

  private func failure(_ message: String) -> SyntaxError {
    SyntaxError(
      line: line, column: position - lineStart + 1, byte: position, message: message)
  }

  private var next: UInt8? { position < bytes.count ? bytes[position] : nil }

  private mutating func skipSpace() {
    while position < bytes.count {
      switch bytes[position] {
      case 0x20, 0x09, 0x0D: position += 1
      case 0x0A:
        position += 1
        line += 1
        lineStart = position
      default: return
      }
    }
  }

  private mutating func expect(_ byte: UInt8, _ what: String) throws(SyntaxError) {
    guard next == byte else { throw failure("expected \(what)") }
    position += 1
  }

  private mutating func value() throws(SyntaxError) -> DocumentNode {
    let (line, column) = (self.line, position - lineStart + 1)
    let content: DocumentNode.Content
    switch next {
    case UInt8(ascii: "{"), UInt8(ascii: "["):
      guard depth < Self.depthLimit else {
        throw failure("nested more than \(Self.depthLimit) levels deep")
      }
      depth += 1
      content = next == UInt8(ascii: "{") ? try object() : try array()
      depth -= 1
    case UInt8(ascii: "\""): content = .text(try string())
    case nil: throw failure("the text ends early")
    default: content = try word()
    }
    return DocumentNode(content, line: line, column: column)
  }

  private mutating func object() throws(SyntaxError) -> DocumentNode.Content {
    position += 1
    var entries: [DocumentNode.Entry] = []
    skipSpace()
    if next == UInt8(ascii: "}") {
      position += 1
      return .mapping([])
    }
    while true {
      skipSpace()
      let (line, column) = (self.line, position - lineStart + 1)
      guard next == UInt8(ascii: "\"") else { throw failure("expected a key in quotes") }
      let key = try string()
      skipSpace()
      try expect(UInt8(ascii: ":"), "':' after the key")
      skipSpace()
      entries.append(
        DocumentNode.Entry(key: key, keyLine: line, keyColumn: column, value: try value()))
      skipSpace()
      if next == UInt8(ascii: ",") {
        position += 1
        continue
      }
      try expect(UInt8(ascii: "}"), "',' or '}'")
      return .mapping(entries)
    }
  }

  private mutating func array() throws(SyntaxError) -> DocumentNode.Content {
    position += 1
    var elements: [DocumentNode] = []
    skipSpace()
    if next == UInt8(ascii: "]") {
      position += 1
      return .sequence([])
    }
    while true {
      skipSpace()
      elements.append(try value())
      skipSpace()
      if next == UInt8(ascii: ",") {
        position += 1
        continue
      }
      try expect(UInt8(ascii: "]"), "',' or ']'")
      return .sequence(elements)
    }
  }

  private mutating func word() throws(SyntaxError) -> DocumentNode.Content {
    let start = position
    scan: while let byte = next {
      switch byte {
      case 0x20, 0x09, 0x0A, 0x0D, UInt8(ascii: ","), UInt8(ascii: "]"), UInt8(ascii: "}"):
        break scan
      default: position += 1
      }
    }
    let text = String(decoding: bytes[start..<position], as: UTF8.self)
    switch text {
    case "null": return .null
    case "true", "false": return .plain(text)
    default:
      if Self.isNumber(text.utf8) { return .plain(text) }
      position = start
      let found = text.isEmpty ? next.map { String(UnicodeScalar($0)) } : String(text.prefix(20))
      throw failure(
        found.map { "expected a value, found '\($0)'" } ?? "expected a value, the text ends")
    }
  }

  /// Whether a word is a number by RFC 8259 §6: no leading zeros, no `0x`, no bare point.
  private static func isNumber(_ text: String.UTF8View) -> Bool {
    var rest = text[...]
    func digits() -> Int {
      let count = rest.prefix { (48...57).contains($0) }.count
      rest = rest.dropFirst(count)
      return count
    }
    if rest.first == UInt8(ascii: "-") { rest.removeFirst() }
    let startsWithZero = rest.first == UInt8(ascii: "0")
    let whole = digits()
    if whole == 0 || (startsWithZero && whole > 1) { return false }
    if rest.first == UInt8(ascii: ".") {
      rest.removeFirst()
      if digits() == 0 { return false }
    }
    if rest.first == UInt8(ascii: "e") || rest.first == UInt8(ascii: "E") {
      rest.removeFirst()
      if rest.first == UInt8(ascii: "+") || rest.first == UInt8(ascii: "-") { rest.removeFirst() }
      if digits() == 0 { return false }
    }
    return rest.isEmpty
  }

  private mutating func string() throws(SyntaxError) -> String {
    position += 1
    let start = position
    while let byte = next, byte != UInt8(ascii: "\""), byte != UInt8(ascii: "\\") {
      if byte < 0x20 { throw failure("a control character inside a string") }
      position += 1
    }
    if next == UInt8(ascii: "\"") {
      position += 1
      return String(decoding: bytes[start..<(position - 1)], as: UTF8.self)
    }
    var text = Array(bytes[start..<position])
    while let byte = next {
      position += 1
      switch byte {
      case UInt8(ascii: "\""): return String(decoding: text, as: UTF8.self)
      case UInt8(ascii: "\\"): try escape(into: &text)
      default: text.append(byte)
      }
    }
    throw failure("a string without its closing quote")
  }

  private mutating func escape(into text: inout [UInt8]) throws(SyntaxError) {
    guard let byte = next else { throw failure("the text ends early") }
    position += 1
    switch byte {
    case UInt8(ascii: "n"): text.append(0x0A)
    case UInt8(ascii: "t"): text.append(0x09)
    case UInt8(ascii: "r"): text.append(0x0D)
    case UInt8(ascii: "b"): text.append(0x08)
    case UInt8(ascii: "f"): text.append(0x0C)
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): text.append(byte)
    case UInt8(ascii: "u"):
      var units = [try hexadecimal()]
      if (0xD800..<0xDC00).contains(units[0]), next == UInt8(ascii: "\\"),
        position + 1 < bytes.count, bytes[position + 1] == UInt8(ascii: "u")
      {
        position += 2
        units.append(try hexadecimal())
      }
      text += Array(String(decoding: units, as: UTF16.self).utf8)
    default: throw failure("an unknown escape")
    }
  }

  private mutating func hexadecimal() throws(SyntaxError) -> UInt16 {
    guard position + 4 <= bytes.count,
      let unit = UInt16(
        String(decoding: bytes[position..<(position + 4)], as: UTF8.self), radix: 16)
    else { throw failure("\\u takes four hexadecimal digits") }
    position += 4
    return unit
  }
}
