public import Documents

/// How far our decisions agree with what the real programs decided.
public struct ConformanceReport: Sendable {
  /// One kind of recording.
  public struct Suite: Sendable {
    public var kind: String
    /// Recorded files.
    public var cases: Int
    /// What was compared: rows of a table, or one a case.
    public var rows: Int
    public var equalRows: Int
    /// Cases with a difference, by file, with the first difference of each in full.
    public var differences: [Difference]

    /// Where cases come in families of variants: each with the number of its cases that agree.
    public internal(set) var families: [Family] = []

    /// What was compared inside the rows, by name.
    public internal(set) var aspects: [String: AspectCount] = [:]

    public var agrees: Bool { equalRows == rows }

    init(kind: String, cases: Int, rows: Int, equalRows: Int, differences: [Difference]) {
      self.kind = kind
      self.cases = cases
      self.rows = rows
      self.equalRows = equalRows
      self.differences = differences
    }

    mutating func add(_ family: String, agrees: Bool) {
      let index = families.firstIndex { $0.name == family } ?? families.endIndex
      if index == families.endIndex { families.append(Family(name: family)) }
      families[index].cases += 1
      families[index].equalCases += agrees ? 1 : 0
    }
  }

  /// Cases of one kind that differ in their numbers only.
  public struct Family: Sendable, Hashable {
    public var name: String
    public var cases = 0
    public var equalCases = 0

    public var agrees: Bool { equalCases == cases }
  }

  public struct Difference: Sendable, Hashable {
    public var file: String
    public var text: String
  }

  /// A file or folder that no suite judges.
  public struct Skipped: Sendable, Hashable {
    public var path: String
    public var why: String
  }

  /// In byte order of the kinds.
  public internal(set) var suites: [Suite] = []
  public internal(set) var skipped: [Skipped] = []
  /// Files that are not JSON.
  public internal(set) var broken: [Skipped] = []
  /// Paths that do not exist or cannot be read.
  public internal(set) var missing: [String] = []

  public init() {}

  /// Whether every row that was compared is equal.
  public var agrees: Bool { suites.allSatisfy(\.agrees) }
}

extension ConformanceReport {
  /// The table people read: a line a kind, then each kind's first difference in full.
  public var text: String {
    var lines = [row("kind", "cases", "rows", "equal", "")]
    for suite in suites {
      let share =
        suite.rows == 0 ? "" : "\(suite.equalRows * 1000 / suite.rows / 10) %"
      lines.append(
        row(suite.kind, "\(suite.cases)", "\(suite.rows)", "\(suite.equalRows)", share))
    }
    for suite in suites where !suite.families.isEmpty {
      let equal = suite.families.filter(\.agrees)
      lines.append("")
      lines.append("\(suite.kind): \(equal.count) of \(suite.families.count) families equal")
      lines += Self.wrapped(equal.map(\.name))
      let others = suite.families.filter { !$0.agrees }
      if others.isEmpty { continue }
      lines.append("  not equal:")
      lines += Self.wrapped(others.map { "\($0.name) \($0.equalCases)/\($0.cases)" })
    }
    for suite in suites where !suite.aspects.isEmpty {
      lines.append("")
      lines.append("\(suite.kind), by what was compared:")
      lines += suite.aspects.sorted { $0.key < $1.key }.map { name, count in
        let gap = String(repeating: " ", count: max(1, 34 - name.count))
        return "  \(name)\(gap)\(count.equal) of \(count.compared) equal"
      }
    }
    for suite in suites {
      guard let first = suite.differences.first else { continue }
      lines.append("")
      lines.append(
        "\(suite.kind): \(suite.differences.count) of \(suite.cases) cases differ; first:")
      lines.append("  \(first.file): \(first.text)")
    }
    for skip in skipped { lines.append("skipped \(skip.path): \(skip.why)") }
    for file in broken { lines.append("\(file.path): error: \(file.why)") }
    for path in missing { lines.append("missing \(path)") }
    return lines.joined(separator: "\n") + "\n"
  }

  /// Words in lines of at most 100 columns.
  private static func wrapped(_ words: [String]) -> [String] {
    var lines: [String] = []
    for word in words {
      if let last = lines.last, last.count + 2 + word.count <= 100 {
        lines[lines.count - 1] += ", " + word
      } else {
        lines.append("  " + word)
      }
    }
    return lines
  }

  private func row(_ kind: String, _ columns: String...) -> String {
    func pad(_ text: String, _ width: Int) -> String {
      String(repeating: " ", count: max(0, width - text.count))
    }
    let head = kind + pad(kind, 20)
    return columns.reduce(head) { $0 + pad($1, 8) + $1 }
  }

  public func write(to writer: inout JSONWriter) {
    writer.object { writer in
      writer.field("agrees", agrees)
      writer.field(
        "suites",
        array: { writer in
          for suite in suites { Self.write(suite, to: &writer) }
        })
      Self.write("skipped", skipped, to: &writer)
      Self.write("broken", broken, to: &writer)
      writer.field(
        "missing",
        array: { writer in
          for path in missing { writer.string(path) }
        })
    }
  }

  private static func write(_ name: String, _ files: [Skipped], to writer: inout JSONWriter) {
    writer.field(
      name,
      array: { writer in
        for file in files {
          writer.object {
            $0.field("path", file.path)
            $0.field("why", file.why)
          }
        }
      })
  }

  private static func write(_ suite: Suite, to writer: inout JSONWriter) {
    writer.object { writer in
      writer.field("kind", suite.kind)
      writer.field("cases", suite.cases)
      writer.field("rows", suite.rows)
      writer.field("equal", suite.equalRows)
      if !suite.families.isEmpty {
        writer.field("families", suite.families.count)
        writer.field("equalFamilies", suite.families.filter(\.agrees).count)
      }
      if !suite.aspects.isEmpty {
        writer.field(
          "aspects",
          object: { writer in
            for (name, count) in suite.aspects.sorted(by: { $0.key < $1.key }) {
              writer.field(
                name,
                object: {
                  $0.field("compared", count.compared)
                  $0.field("equal", count.equal)
                })
            }
          })
      }
      writer.field(
        "differences",
        array: { writer in
          for difference in suite.differences {
            writer.object {
              $0.field("file", difference.file)
              $0.field("text", difference.text)
            }
          }
        })
    }
  }
}
