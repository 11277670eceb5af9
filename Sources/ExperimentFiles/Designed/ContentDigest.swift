import Documents
import Foundation
import ScenarioFiles
import Traces

/// A fingerprint over files, to tell whether anything that decides a run has changed.
struct ContentDigest {
  private var digest = RunDigest()

  var text: String { digest.text }

  mutating func add(_ text: String) { digest.absorb(Array(text.utf8)) }

  /// A file's name and bytes; only the name where it cannot be read.
  private mutating func add(file: String, as name: String) {
    add(name)
    if let data = FileManager.default.contents(atPath: file) { digest.absorb([UInt8](data)) }
  }

  /// All files of a folder at any depth, in the order of their names.
  mutating func addFolder(_ folder: String, where isWanted: (String) -> Bool = { _ in true }) {
    let names = FileManager.default.enumerator(atPath: folder)?.compactMap { $0 as? String } ?? []
    for name in names.filter(isWanted).sorted(by: { $0.utf8.lexicographicallyPrecedes($1.utf8) }) {
      var isFolder: ObjCBool = false
      _ = FileManager.default.fileExists(atPath: "\(folder)/\(name)", isDirectory: &isFolder)
      if !isFolder.boolValue { add(file: "\(folder)/\(name)", as: name) }
    }
  }

  /// A scenario's file with every file that a word in it names, or a word of `extra` does.
  ///
  /// Any word may be a file: a manifest, a trace, what a command applies. One that is a file by
  /// chance does no harm.
  mutating func addScenario(_ path: String, extra: [String]) {
    let text = FileManager.default.contents(atPath: path).map {
      String(decoding: $0, as: UTF8.self)
    }
    add(text ?? "")
    var words: Set<String> = []
    let documents =
      ([text ?? ""] + extra).flatMap {
        DocumentReader.read($0, file: path, sink: DiagnosticSink())
      }
    for document in documents { Self.collect(document, &words) }
    let folder = (path as NSString).deletingLastPathComponent
    for word in words.sorted() where word.contains(where: { $0 != "." && $0 != "/" }) {
      let file = FilePatterns.join(folder, word)
      var isFolder: ObjCBool = false
      guard FileManager.default.fileExists(atPath: file, isDirectory: &isFolder) else { continue }
      if !isFolder.boolValue {
        add(file: file, as: word)
      } else if !word.hasPrefix("/") {
        // An absolute folder is rather a mount than a manifest, and may be without end. Of others
        // manifests count alone: a folder that is named by chance may hold the store itself.
        addFolder(file) { name in
          [".yaml", ".yml", ".json"].contains { name.hasSuffix($0) }
        }
      }
    }
  }

  private static func collect(_ node: DocumentNode, _ words: inout Set<String>) {
    switch node.content {
    case .null: break
    case .plain(let text), .text(let text):
      words.insert(text)
      words.formUnion(text.split { $0.isWhitespace || $0 == "=" || $0 == "," }.map(String.init))
    case .sequence(let elements): for element in elements { collect(element, &words) }
    case .mapping(let entries): for entry in entries { collect(entry.value, &words) }
    }
  }
}
