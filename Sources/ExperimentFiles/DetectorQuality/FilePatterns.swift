import Foundation

/// Paths with `*` in their parts, as shells expand them.
enum FilePatterns {
  /// `path` counted from `folder`; an absolute one as it is.
  static func join(_ folder: String, _ path: String) -> String {
    path.hasPrefix("/") || folder.isEmpty ? path : "\(folder)/\(path)"
  }

  static func exists(_ path: String) -> Bool { FileManager.default.fileExists(atPath: path) }

  /// The text of a file; nil if there is none, or it is not UTF-8.
  static func text(_ path: String) -> String? {
    FileManager.default.contents(atPath: path).flatMap { String(data: $0, encoding: .utf8) }
  }

  /// The files that match, in the order of their bytes. A `*` stands for any characters but `/`,
  /// and not for a leading point.
  static func files(_ pattern: String) -> [String] {
    var found = [pattern.hasPrefix("/") ? "/" : ""]
    for part in pattern.split(separator: "/") {
      found = found.flatMap { folder -> [String] in
        func path(_ name: some StringProtocol) -> String {
          folder.isEmpty || folder == "/" ? folder + name : "\(folder)/\(name)"
        }
        guard part.contains("*") else { return [path(part)] }
        let names =
          (try? FileManager.default.contentsOfDirectory(atPath: folder.isEmpty ? "." : folder))
          ?? []
        return names.filter { !$0.hasPrefix(".") && matches($0, String(part)) }.map { path($0) }
      }
    }
    var isFolder: ObjCBool = false
    return
      found
      .filter { FileManager.default.fileExists(atPath: $0, isDirectory: &isFolder) }
      .filter { _ in !isFolder.boolValue }
      .sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  }

  private static func matches(_ name: String, _ pattern: String) -> Bool {
    let pieces = pattern.split(separator: "*", omittingEmptySubsequences: false)
    guard let first = pieces.first, let last = pieces.last, name.hasPrefix(first),
      name.count >= first.count + last.count, name.hasSuffix(last)
    else { return false }
    var rest = name.dropFirst(first.count).dropLast(last.count)
    for piece in pieces.dropFirst().dropLast() where !piece.isEmpty {
      guard let place = rest.range(of: piece) else { return false }
      rest = rest[place.upperBound...]
    }
    return true
  }
}
