import Documents

/// A value given on the command line in place of the file's: `--set PATH=VALUE`.
public struct Setting: Sendable, Hashable {
  /// As typed, such as `spec.cloud.nodeGroups[workers].max`.
  public var path: String
  /// As typed; read as YAML.
  public var value: String
  /// The object of the manifests that the path leads into, such as `Deployment/web`; nil is the
  /// scenario.
  public var object: String?

  public init(path: String, value: String, object: String? = nil) {
    self.path = path
    self.value = value
    self.object = object
  }

  /// Reads `PATH=VALUE`; nil without an equals sign or a path.
  public init?(_ text: String) {
    guard let equals = text.firstIndex(of: "="), equals > text.startIndex else { return nil }
    self.init(path: String(text[..<equals]), value: String(text[text.index(after: equals)...]))
  }

  /// How diagnostics and listings name it.
  public var origin: String { "--set \(object.map { $0 + " " } ?? "")\(path)=\(value)" }
}

/// Settings as they took effect.
struct AppliedSettings {
  /// The path in the document, and the setting that put a value there.
  private(set) var places: [(path: String, setting: Setting)] = []

  /// The setting that gave the value at `path`, nil if the file did.
  func setting(at path: String) -> Setting? {
    places.last { place in
      path == place.path
        || (path.hasPrefix(place.path)
          && [".", "["].contains(path.dropFirst(place.path.count).first))
    }?.setting
  }

  /// Puts each setting's value into `root`, in order; what leads nowhere is reported.
  mutating func apply(
    _ settings: [Setting], to root: inout DocumentNode, sink: DiagnosticSink
  ) {
    for setting in settings {
      func refuse(_ message: String, _ suggestion: String? = nil) {
        sink.report(
          Diagnostic(
            severity: .error, file: setting.origin, line: 0, column: 0, path: "",
            message: message, suggestion: suggestion))
      }
      guard let path = NodePath(setting.path) else {
        refuse("'\(setting.path)' is not a path", "such as spec.cloud.nodeGroups[0].max")
        continue
      }
      let ownSink = DiagnosticSink()
      let values = DocumentReader.read(setting.value, file: setting.origin, sink: ownSink)
      if let mistake = ownSink.sorted.first {
        refuse("the value is \(mistake.message)", mistake.suggestion)
        continue
      }
      guard values.count <= 1 else {
        refuse("the value is several documents")
        continue
      }
      var value = values.first ?? DocumentNode(.text(""))
      Self.unplace(&value)
      do {
        let place = try Self.set(value, path.steps[...], in: &root, at: "")
        places.append((place, setting))
      } catch {
        refuse(error.message, error.suggestion)
      }
    }
  }

  private struct Refusal: Error {
    var message: String
    var suggestion: String?
  }

  /// Line 0 stands for no place in the file.
  private static func unplace(_ node: inout DocumentNode) {
    (node.line, node.column) = (0, 0)
    switch node.content {
    case .sequence(var elements):
      for index in elements.indices { unplace(&elements[index]) }
      node.content = .sequence(elements)
    case .mapping(var entries):
      for index in entries.indices {
        (entries[index].keyLine, entries[index].keyColumn) = (0, 0)
        unplace(&entries[index].value)
      }
      node.content = .mapping(entries)
    case .null, .plain, .text: break
    }
  }

  private static func set(
    _ value: DocumentNode, _ steps: ArraySlice<NodePath.Step>, in node: inout DocumentNode,
    at path: String
  ) throws(Refusal) -> String {
    guard let first = steps.first else {
      node = value
      return path
    }
    if case .key(let key) = first {
      return try set(value, key: key, steps, in: &node, at: path)
    }
    guard case .sequence(var elements) = node.content else {
      if case .name(let key) = first {
        return try set(value, key: key, steps, in: &node, at: path)
      }
      throw Refusal(message: "\(path.isEmpty ? "the document" : path) is no list")
    }
    let index = try position(of: first, in: elements, at: path)
    let place = try set(value, steps.dropFirst(), in: &elements[index], at: "\(path)[\(index)]")
    node.content = .sequence(elements)
    return place
  }

  private static func position(
    of step: NodePath.Step, in elements: [DocumentNode], at path: String
  ) throws(Refusal) -> Int {
    switch step {
    case .index(let index) where elements.indices.contains(index): return index
    case .index(let index):
      throw Refusal(message: "\(path) has no [\(index)]: it has \(elements.count) elements")
    case .name(let name), .key(let name):
      if let index = elements.firstIndex(where: { $0["name"]?.scalarText == name }) {
        return index
      }
      let known = elements.compactMap { $0["name"]?.scalarText }
      throw Refusal(
        message: "\(path) has nothing called '\(name)'",
        suggestion: Spelling.suggestion(for: name, among: known)
          ?? (known.isEmpty ? nil : "known: " + known.joined(separator: ", ")))
    }
  }

  private static func set(
    _ value: DocumentNode, key: String, _ steps: ArraySlice<NodePath.Step>,
    in node: inout DocumentNode, at path: String
  ) throws(Refusal) -> String {
    var entries: [DocumentNode.Entry]
    switch node.content {
    case .mapping(let existing): entries = existing
    case .null: entries = []
    default: throw Refusal(message: "\(path.isEmpty ? "the document" : path) is no mapping")
    }
    // A key may hold dots itself: the shortest one that exists is meant.
    var name = key
    var rest = steps.dropFirst()
    if !entries.contains(where: { $0.key == name }) {
      var longer = key
      for (count, step) in steps.dropFirst().enumerated() {
        guard case .key(let part) = step else { break }
        longer += ".\(part)"
        let isThere = entries.contains { $0.key == longer }
        // Names of parameters are the only keys with dots; they need not be there yet.
        if isThere || path.hasSuffix("parameters") {
          (name, rest) = (longer, steps.dropFirst(count + 2))
          if isThere { break }
        }
      }
    }
    let index: Int
    if let found = entries.lastIndex(where: { $0.key == name }) {
      index = found
    } else {
      index = entries.count
      entries.append(
        DocumentNode.Entry(
          key: name, keyLine: 0, keyColumn: 0, value: DocumentNode(.null, line: 0, column: 0)))
    }
    let place = try set(
      value, rest, in: &entries[index].value, at: NodePath.join(path, name))
    node.content = .mapping(entries)
    return place
  }
}
