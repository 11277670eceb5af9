/// Ranks of groups by patterns of their names: the text of a ConfigMap.
///
/// Follows `expander/priority/priority.go` of cluster-autoscaler 1.36: a YAML mapping of whole
/// numbers to lists of regular expressions, of which one has to be found in a group's name.
struct GroupPriorities {
  struct Problem: Error, Hashable, CustomStringConvertible {
    var description: String
  }

  /// From the lowest rank to the highest.
  private var patterns: [(rank: Int, pattern: Regex<AnyRegexOutput>)]

  /// The highest rank whose patterns fit; ranks below -1 are never looked at.
  func rank(of group: String) -> Int? {
    patterns.filter { $0.rank >= -1 && group.contains($0.pattern) }.map(\.rank).max()
  }

  static func read(_ text: String?) -> Result<GroupPriorities, Problem> {
    guard let text, !text.isEmpty else {
      return .failure(Problem(description: "Priority expander: no priorities are configured"))
    }
    do throws(Problem) {
      var found: [(rank: Int, pattern: Regex<AnyRegexOutput>)] = []
      for (rank, texts) in try PriorityLines.read(text) {
        for text in texts {
          guard let pattern = try? Regex(text) else {
            throw Problem(description: "not a regular expression, for priority \(rank): \(text)")
          }
          found.append((rank, pattern))
        }
      }
      return .success(GroupPriorities(patterns: found))
    } catch {
      return .failure(
        Problem(
          description: "Wrong configuration for priority expander: \(error.description)."
            + " Ignoring update."))
    }
  }
}

/// The small part of YAML that priorities are written in.
private enum PriorityLines {
  static func read(
    _ text: String
  ) throws(GroupPriorities.Problem) -> [(rank: Int, texts: [String])] {
    var entries: [(rank: Int, texts: [String])] = []
    for line in text.split(whereSeparator: \.isNewline).map({ withoutComment($0).trimmed })
    where !line.isEmpty && line != "---" {
      if line == "-" || line.hasPrefix("- ") {
        guard !entries.isEmpty else { throw .init(description: "a pattern without a priority") }
        entries[entries.count - 1].texts.append(scalar(line.dropFirst().trimmed))
        continue
      }
      let parts = line.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
      guard parts.count == 2, let rank = Int(scalar(parts[0].trimmed)) else {
        throw .init(description: "expected a whole number and a colon, found \"\(line)\"")
      }
      guard !entries.contains(where: { $0.rank == rank }) else {
        throw .init(description: "priority \(rank) is there twice")
      }
      entries.append((rank, try flowList(parts[1].trimmed)))
    }
    return entries
  }

  /// `[a, "b"]`, or nothing when the list follows on lines of its own.
  private static func flowList(
    _ text: Substring
  ) throws(GroupPriorities.Problem) -> [String] {
    if text.isEmpty { return [] }
    guard text.hasPrefix("["), text.hasSuffix("]") else {
      throw .init(description: "expected a list of patterns, found \"\(text)\"")
    }
    return text.dropFirst().dropLast().split(separator: ",").map { scalar($0.trimmed) }
  }

  private static func withoutComment(_ line: Substring) -> Substring {
    if line.trimmed.hasPrefix("#") { return "" }
    guard let mark = line.firstRange(of: " #") else { return line }
    return line[..<mark.lowerBound]
  }

  private static func scalar(_ text: Substring) -> String {
    guard text.count >= 2, let quote = text.first, quote == text.last else { return String(text) }
    let inside = text.dropFirst().dropLast()
    return switch quote {
    case "'": String(inside.replacing("''", with: "'"))
    case "\"": String(inside.replacing("\\\"", with: "\"").replacing("\\\\", with: "\\"))
    default: String(text)
    }
  }
}
