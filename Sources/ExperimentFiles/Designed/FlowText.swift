import Documents

/// A value of a document as one line of YAML that reads back as the same value.
enum FlowText {
  static func of(_ node: DocumentNode) -> String {
    // A whole line may hold what would end a value inside brackets: `kubectl scale …, then`.
    if case .plain(let text) = node.content { return text }
    var writer = JSONWriter()
    write(node, to: &writer)
    return writer.text
  }

  private static func write(_ node: DocumentNode, to writer: inout JSONWriter) {
    switch node.content {
    case .null: writer.null()
    case .text(let text): writer.string(text)
    case .plain(let text):
      if let value = node.boolValue {
        writer.bool(value)
      } else if let value = Int64(text) {
        writer.int(value)
      } else if let value = Double(text), value.isFinite {
        writer.double(value)
      } else {
        writer.string(text)
      }
    case .sequence(let elements):
      writer.array { writer in for element in elements { write(element, to: &writer) } }
    case .mapping(let entries):
      writer.object { writer in
        for entry in entries {
          writer.key(entry.key)
          write(entry.value, to: &writer)
        }
      }
    }
  }
}
