public import Documents

/// Reads MessagePack (msgpack.org, spec of 2017) into document nodes, as far as JSON goes.
///
/// A node's column is its byte in the file, counted from 1.
public struct MessagePackReader {
  /// Where and why bytes are not such a document.
  public struct SyntaxError: Error, Sendable {
    /// Counted from 0.
    public var byte: Int
    public var message: String
  }

  private let bytes: [UInt8]
  private var position = 0
  private var depth = 0

  private init(_ bytes: [UInt8]) { self.bytes = bytes }

  /// Reads one document. Complexity: linear in the number of bytes.
  public static func read(_ bytes: [UInt8]) throws(SyntaxError) -> DocumentNode {
    var reader = MessagePackReader(bytes)
    let node = try reader.value()
    if reader.position < bytes.count { throw reader.failure("bytes after the end") }
    return node
  }

  private func failure(_ message: String) -> SyntaxError {
    SyntaxError(byte: position, message: message)
  }

  /// An unsigned number of so many bytes, the highest first.
  private mutating func unsigned(_ count: Int) throws(SyntaxError) -> UInt64 {
    guard bytes.count - position >= count else { throw failure("the file ends early") }
    var value: UInt64 = 0
    for byte in bytes[position..<(position + count)] { value = value << 8 | UInt64(byte) }
    position += count
    return value
  }

  private mutating func value() throws(SyntaxError) -> DocumentNode {
    let start = position
    guard depth < JSONReader.depthLimit else {
      throw failure("nested more than \(JSONReader.depthLimit) levels deep")
    }
    depth += 1
    defer { depth -= 1 }
    return DocumentNode(try content(), line: 1, column: start + 1)
  }

  private mutating func content() throws(SyntaxError) -> DocumentNode.Content {
    let tag = UInt8(try unsigned(1))
    switch tag {
    case 0x00...0x7F: return .plain("\(tag)")
    case 0x80...0x8F: return try mapping(UInt64(tag & 0x0F))
    case 0x90...0x9F: return try sequence(UInt64(tag & 0x0F))
    case 0xA0...0xBF: return .text(try text(UInt64(tag & 0x1F)))
    case 0xC0: return .null
    case 0xC2: return .plain("false")
    case 0xC3: return .plain("true")
    case 0xCA: return .plain("\(Float(bitPattern: UInt32(try unsigned(4))))")
    case 0xCB: return .plain("\(Double(bitPattern: try unsigned(8)))")
    case 0xCC...0xCF: return .plain("\(try unsigned(1 << Int(tag - 0xCC)))")
    case 0xD0...0xD3:
      let size = 1 << Int(tag - 0xD0)
      let shift = UInt64(64 - 8 * size)
      return .plain("\(Int64(bitPattern: try unsigned(size) << shift) >> Int64(shift))")
    case 0xD9...0xDB: return .text(try text(try unsigned(1 << Int(tag - 0xD9))))
    case 0xDC, 0xDD: return try sequence(try unsigned(tag == 0xDC ? 2 : 4))
    case 0xDE, 0xDF: return try mapping(try unsigned(tag == 0xDE ? 2 : 4))
    case 0xE0...0xFF: return .plain("\(Int8(bitPattern: tag))")
    default:
      position -= 1
      throw failure("a kind of value that JSON does not have")
    }
  }

  private mutating func text(_ count: UInt64) throws(SyntaxError) -> String {
    guard UInt64(bytes.count - position) >= count else { throw failure("the file ends early") }
    let end = position + Int(count)
    defer { position = end }
    return String(decoding: bytes[position..<end], as: UTF8.self)
  }

  private mutating func sequence(_ count: UInt64) throws(SyntaxError) -> DocumentNode.Content {
    var elements: [DocumentNode] = []
    for _ in 0..<count { elements.append(try value()) }
    return .sequence(elements)
  }

  private mutating func mapping(_ count: UInt64) throws(SyntaxError) -> DocumentNode.Content {
    var entries: [DocumentNode.Entry] = []
    for _ in 0..<count {
      let place = position + 1
      let key = try value()
      guard let text = Self.key(key) else { throw failure("a key that is no text") }
      entries.append(
        DocumentNode.Entry(key: text, keyLine: 1, keyColumn: place, value: try value()))
    }
    return .mapping(entries)
  }

  /// A key as JSON can have it: SimKube writes pairs as keys, and joins them by a bar in JSON.
  private static func key(_ node: DocumentNode) -> String? {
    if let text = node.scalarText { return text }
    let parts = node.elements?.map(\.scalarText) ?? []
    if parts.isEmpty || parts.contains(nil) { return nil }
    return parts.compactMap { $0 }.joined(separator: "|")
  }
}
