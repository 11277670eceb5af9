import Documents

/// A way through a document, such as `spec.cloud.nodeGroups[0].max` or `nodeGroups[workers].max`.
struct NodePath: Sendable, Hashable {
  enum Step: Sendable, Hashable {
    case key(String)
    case index(Int)
    /// An element of a list by its `name`, or an entry of a mapping by its key.
    case name(String)
  }

  var steps: [Step]

  /// Nil if the text is no path.
  init?(_ text: String) {
    steps = []
    var rest = text[...]
    var mayBeKey = true
    while let first = rest.first {
      if first == "[" {
        guard let end = rest.firstIndex(of: "]") else { return nil }
        let inner = rest[rest.index(after: rest.startIndex)..<end]
        guard !inner.isEmpty else { return nil }
        if let index = Int(inner) {
          guard index >= 0 else { return nil }
          steps.append(.index(index))
        } else {
          steps.append(.name(inner.filter { $0 != "\"" && $0 != "'" }))
        }
        rest = rest[rest.index(after: end)...]
        mayBeKey = false
      } else if first == ".", !mayBeKey {
        rest = rest.dropFirst()
        guard rest.first != nil, rest.first != ".", rest.first != "[" else { return nil }
        mayBeKey = true
      } else {
        guard mayBeKey, first != "." else { return nil }
        let key = rest.prefix { $0 != "." && $0 != "[" }
        steps.append(.key(String(key)))
        rest = rest.dropFirst(key.count)
        mayBeKey = false
      }
    }
    if steps.isEmpty || mayBeKey { return nil }
  }

  /// Where a path leads in a document.
  struct Found {
    var node: DocumentNode
    /// The path as diagnostics write it.
    var path: String
  }

  /// The node the path leads to; nil if there is none. Keys may hold dots themselves.
  func find(in root: DocumentNode) -> Found? {
    var found = Found(node: root, path: "")
    var index = 0
    while index < steps.count {
      guard let (next, used) = Self.descend(found, steps[index...]) else { return nil }
      found = next
      index += used
    }
    return found
  }

  /// The nearest node on the way that exists, for placing a complaint about one that does not.
  func nearest(in root: DocumentNode) -> DocumentNode {
    var found = Found(node: root, path: "")
    var index = 0
    while index < steps.count, let (next, used) = Self.descend(found, steps[index...]) {
      found = next
      index += used
    }
    return found.node
  }

  /// One step down, and how many steps it took: a key with dots in it takes several.
  static func descend(_ found: Found, _ steps: ArraySlice<Step>) -> (Found, used: Int)? {
    guard let first = steps.first else { return nil }
    switch first {
    case .index(let index):
      guard let elements = found.node.elements, elements.indices.contains(index) else { return nil }
      return (Found(node: elements[index], path: "\(found.path)[\(index)]"), 1)
    case .name(let name):
      if let index = found.node.elements?.firstIndex(where: { $0["name"]?.scalarText == name }),
        let element = found.node.elements?[index]
      {
        return (Found(node: element, path: "\(found.path)[\(index)]"), 1)
      }
      guard let value = found.node[name] else { return nil }
      return (Found(node: value, path: join(found.path, name)), 1)
    case .key:
      var key = ""
      for (count, step) in steps.enumerated() {
        guard case .key(let part) = step else { return nil }
        key = key.isEmpty ? part : "\(key).\(part)"
        if let value = found.node[key] {
          return (Found(node: value, path: join(found.path, key)), count + 1)
        }
      }
      return nil
    }
  }

  static func join(_ path: String, _ key: String) -> String {
    path.isEmpty ? key : "\(path).\(key)"
  }
}
