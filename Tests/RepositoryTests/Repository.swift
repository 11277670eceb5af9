import Foundation

/// The repository's own files, read by tests about them.
enum Repository {
  static let root: String = {
    // …/Tests/RepositoryTests/Repository.swift
    var url = URL(fileURLWithPath: #filePath)
    for _ in 0..<3 { url.deleteLastPathComponent() }
    return url.path
  }()

  static func swiftFiles(below folder: String) -> [String] {
    (FileManager.default.enumerator(atPath: folder)?.compactMap { $0 as? String } ?? [])
      .filter { $0.hasSuffix(".swift") }.map { "\(folder)/\($0)" }.sorted()
  }

  static func lines(of file: String) -> [Substring] {
    let data = FileManager.default.contents(atPath: file) ?? Data()
    return String(decoding: data, as: UTF8.self)
      .split(separator: "\n", omittingEmptySubsequences: false)
  }

  /// The modules a file imports.
  static func imports(of file: String) -> [String] {
    lines(of: file).compactMap { line in
      let words = line.split(separator: " ")
      guard let place = words.firstIndex(of: "import"), place <= 1,
        words[..<place].allSatisfy({ $0 == "public" || $0 == "@testable" }),
        place + 1 < words.count
      else { return nil }
      return String(words[place + 1].split(separator: ".")[0])
    }
  }
}
