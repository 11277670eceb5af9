import Documents

/// One row of a recorded table, and what differs in it.
struct RecordedRow {
  let node: DocumentNode
  /// What the row is about, for the difference's text.
  let name: String
  private(set) var difference: String?

  init(_ node: DocumentNode, name: String) {
    self.node = node
    self.name = name
  }

  /// Compares one recorded field with our value; the first difference is kept.
  mutating func expect(_ field: String, _ value: String) {
    expect(field, recorded: node[field]?.scalarText, value)
  }

  mutating func expect(_ field: String, recorded: String?, _ value: String) {
    guard difference == nil, recorded != value else { return }
    difference = "\(name): \(field): recorded \(recorded ?? "nothing"), ours \(value)"
  }

  mutating func fail(_ text: String) {
    if difference == nil { difference = "\(name): \(text)" }
  }
}

extension DocumentNode {
  /// The rows of a recording that is a table.
  var rows: [DocumentNode]? { self["cases"]?.elements }
}
