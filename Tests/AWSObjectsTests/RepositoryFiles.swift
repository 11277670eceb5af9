import Documents
import Foundation
import Yams

/// Files beside the tests: the shipped models, and given data where a checkout has it.
enum RepositoryFiles {
  static let root = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()

  static func text(_ path: String) throws -> String {
    try String(contentsOf: root.appending(path: path), encoding: .utf8)
  }

  /// Whether this checkout has the given data beside it.
  static var hasGivenData: Bool { givenData("MANIFEST.md") != nil }

  /// A file of the given data, nil in a checkout without it; it is never part of the repository.
  static func givenData(_ path: String) -> String? {
    try? String(contentsOf: root.appending(path: "../shared/data/\(path)"), encoding: .utf8)
  }

  /// A YAML text as a located document.
  static func yaml(_ text: String) throws -> DocumentNode {
    guard let node = try Yams.compose(yaml: text) else { return DocumentNode(.null) }
    return document(node)
  }

  private static func document(_ node: Node) -> DocumentNode {
    let content: DocumentNode.Content
    switch node {
    case .scalar(let scalar):
      content = scalar.style == .plain ? .plain(scalar.string) : .text(scalar.string)
    case .sequence(let sequence): content = .sequence(sequence.map(document))
    case .mapping(let mapping):
      content = .mapping(
        mapping.map { key, value in
          DocumentNode.Entry(
            key: key.string ?? "", keyLine: key.mark?.line ?? 1, keyColumn: key.mark?.column ?? 1,
            value: document(value))
        })
    case .alias: content = .null
    }
    return DocumentNode(content, line: node.mark?.line ?? 1, column: node.mark?.column ?? 1)
  }
}
