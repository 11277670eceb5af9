import Documents
import Yams

/// Turns composed YAML into located nodes and notices on the way what must not be read on.
struct NodeConversion {
  /// Nodes that may still be made: aliases can repeat a small text without end.
  private var budget: Int
  private(set) var template: TemplateDetector.Finding?
  private(set) var complexKey: (line: Int, column: Int)?

  var isExhausted: Bool { budget < 0 }

  init(budget: Int) { self.budget = budget }

  // Text that a shell will read may hold `${…}`.
  private static let shellKeys: Set<String> = ["command", "args", "value", "script"]

  mutating func convert(_ node: Node, under key: String = "") -> DocumentNode {
    budget -= 1
    let line = node.mark?.line ?? 1
    let column = node.mark?.column ?? 1
    if isExhausted { return DocumentNode(.null, line: line, column: column) }
    let content: DocumentNode.Content
    switch node {
    case .scalar(let scalar): content = self.content(of: scalar, under: key)
    case .sequence(let sequence):
      content = .sequence(sequence.map { convert($0, under: key) })
    case .mapping(let mapping): content = .mapping(entries(of: mapping))
    case .alias: content = .null
    }
    return DocumentNode(content, line: line, column: column)
  }

  private mutating func content(
    of scalar: Node.Scalar, under key: String
  ) -> DocumentNode.Content {
    let text = scalar.string
    let isPlain = scalar.style == .plain || scalar.style == .any
    guard isPlain, scalar.tag.description != "tag:yaml.org,2002:str" else { return .text(text) }
    if template == nil, TemplateDetector.isTemplated(text),
      text.contains("{{") || !Self.shellKeys.contains(key)
    {
      template = TemplateDetector.finding(
        for: text, line: scalar.mark?.line ?? 1, column: scalar.mark?.column ?? 1)
    }
    switch text {
    case "", "~", "null", "Null", "NULL": return .null
    default: return .plain(Self.decimal(text) ?? text)
    }
  }

  /// YAML 1.1 reads `0644` as octal; nil for anything else.
  private static func decimal(_ text: String) -> String? {
    guard text.utf8.count > 1, text.utf8.first == 48,
      text.utf8.allSatisfy({ (48...55).contains($0) }), let value = Int64(text, radix: 8)
    else { return nil }
    return String(value)
  }

  private mutating func entries(of mapping: Node.Mapping) -> [DocumentNode.Entry] {
    var entries: [DocumentNode.Entry] = []
    var merged: [DocumentNode.Entry] = []
    for (key, value) in mapping {
      guard case .scalar(let name) = key else {
        noteComplexKey(key)
        continue
      }
      if name.string == "<<", name.style == .plain {
        merged += mergedEntries(convert(value))
        continue
      }
      entries.append(
        DocumentNode.Entry(
          key: name.string, keyLine: key.mark?.line ?? 1, keyColumn: key.mark?.column ?? 1,
          value: convert(value, under: name.string)))
    }
    // What stands in the mapping itself wins, and of several merged ones the first.
    var known = Set(entries.map(\.key))
    entries += merged.filter { known.insert($0.key).inserted }
    return entries
  }

  private func mergedEntries(_ node: DocumentNode) -> [DocumentNode.Entry] {
    node.entries ?? node.elements?.flatMap { $0.entries ?? [] } ?? []
  }

  /// `{{ x }}` composes as a mapping whose key is a mapping.
  private mutating func noteComplexKey(_ key: Node) {
    let line = key.mark?.line ?? 1
    let column = key.mark?.column ?? 1
    if complexKey == nil { complexKey = (line, column) }
    guard template == nil, case .mapping(let inner) = key, let first = inner.first?.key.string
    else {
      return
    }
    template = TemplateDetector.finding(
      for: "{{ \(first) }}", line: line, column: max(1, column - 1))
  }
}
