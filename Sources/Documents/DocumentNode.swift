/// A value read from YAML or JSON together with where it stands in its file.
///
/// Scalars keep their text, so that `cpu: 0.1` reaches a quantity parser exactly as written.
/// A mapping keeps its order and may hold a key twice; readers report that.
public struct DocumentNode: Sendable {
  public enum Content: Sendable {
    case null
    /// A number, a Boolean or an unquoted word: its meaning is the reader's to decide.
    case plain(String)
    /// A quoted or block scalar: always text.
    case text(String)
    case sequence([DocumentNode])
    case mapping([Entry])
  }

  public struct Entry: Sendable {
    public var key: String
    public var keyLine: Int
    public var keyColumn: Int
    public var value: DocumentNode

    public init(key: String, keyLine: Int, keyColumn: Int, value: DocumentNode) {
      self.key = key
      self.keyLine = keyLine
      self.keyColumn = keyColumn
      self.value = value
    }
  }

  public var content: Content
  /// Counted from 1.
  public var line: Int
  /// Counted from 1.
  public var column: Int

  public init(_ content: Content, line: Int = 1, column: Int = 1) {
    self.content = content
    self.line = line
    self.column = column
  }
}

extension DocumentNode {
  public var isNull: Bool {
    if case .null = content { true } else { false }
  }

  /// The entries of a mapping, nil for anything else.
  public var entries: [Entry]? {
    if case .mapping(let entries) = content { entries } else { nil }
  }

  /// The elements of a sequence, nil for anything else.
  public var elements: [DocumentNode]? {
    if case .sequence(let elements) = content { elements } else { nil }
  }

  /// The text of a scalar, quoted or not; nil for anything else.
  public var scalarText: String? {
    switch content {
    case .plain(let text), .text(let text): text
    default: nil
    }
  }

  /// The value of a plain `true` or `false` in YAML 1.1's spellings, as Kubernetes reads them.
  public var boolValue: Bool? {
    guard case .plain(let text) = content else { return nil }
    switch text {
    case "true", "True", "TRUE", "yes", "Yes", "YES", "on", "On", "ON": return true
    case "false", "False", "FALSE", "no", "No", "NO", "off", "Off", "OFF": return false
    default: return nil
    }
  }

  /// The value of a plain whole number; `3.0` counts as one.
  public var intValue: Int64? {
    guard case .plain(let text) = content else { return nil }
    if let whole = Int64(text) { return whole }
    guard let number = Double(text), number == number.rounded(), abs(number) < 9e15 else {
      return nil
    }
    return Int64(number)
  }

  /// The value of a plain number.
  public var doubleValue: Double? {
    guard case .plain(let text) = content else { return nil }
    return Double(text)
  }

  /// The value under `key`, the last one if it stands twice; nil if there is none.
  public subscript(key: String) -> DocumentNode? {
    entries?.last { $0.key == key }?.value
  }

  /// What kind of value this is, in words for an error message.
  public var kindDescription: String {
    switch content {
    case .null: "nothing"
    case .plain(let text), .text(let text): "\"\(text)\""
    case .sequence: "a list"
    case .mapping: "a mapping"
    }
  }
}
