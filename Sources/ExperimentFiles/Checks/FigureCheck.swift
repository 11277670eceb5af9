public import Documents
import Foundation

/// An experiment's results held against `expected.json` in its folder.
public struct FigureCheck: Sendable {
  /// One figure and what was found.
  public struct Row: Sendable, Hashable {
    public var name: String
    public var found: Double
    public var expected: Double
    /// The greatest difference that agrees.
    public var tolerance: Double
    /// Who says what is expected.
    public var source: String

    /// Whether it is as expected, within the tolerance and the rounding of sums.
    public var agrees: Bool {
      abs(found - expected) <= tolerance + 1e-12 * max(abs(found), abs(expected))
    }
  }

  /// The folder of `expected.json`.
  public var folder: String
  /// In the order of the file; what could not be found is among the diagnostics.
  public var rows: [Row] = []
  public var diagnostics: [Diagnostic] = []
  /// Whether a file is not there.
  public var isMissing = false

  /// Reads `expected.json` and what it speaks of; says everything that is wrong at once.
  ///
  /// - Parameter results: the folder of the result files; default the experiment's own, which
  ///   holds them as they were when it landed.
  public init(folder: String, results: String? = nil) {
    self.folder = folder
    let file = FilePatterns.join(folder, "expected.json")
    let sink = DiagnosticSink()
    defer { diagnostics = sink.sorted }
    guard let data = FileManager.default.contents(atPath: file) else {
      isMissing = true
      sink.report(
        Diagnostic(
          severity: .error, file: file, line: 0, column: 0, path: "", message: "no such file"))
      return
    }
    let figures = ExpectedFigureReader.read(
      String(decoding: data, as: UTF8.self), file: file, sink: sink)
    var source = FigureSource(folder: results ?? folder, sink: sink)
    rows = figures.compactMap { figure in
      source.value(of: figure).map {
        Row(
          name: figure.name, found: $0, expected: figure.expected, tolerance: figure.tolerance,
          source: figure.source)
      }
    }
    isMissing = source.isMissing
  }

  /// Whether every figure is as expected.
  public var passed: Bool { rows.allSatisfy(\.agrees) }

  /// A line for each figure, for a terminal.
  public var text: String {
    let lines = rows.map { row in
      let tolerance = row.tolerance > 0 ? " +- \(Figures.text(row.tolerance))" : ""
      return "\(row.agrees ? "agrees " : "DIFFERS")  \(row.name): \(Figures.text(row.found)), "
        + "expected \(Figures.text(row.expected))\(tolerance) by \(row.source)"
    }
    let count = "\(rows.count(where: \.agrees)) of \(rows.count)"
    return (lines + ["\(count) figures of \(folder) are as expected"]).joined(separator: "\n")
  }

  /// One JSON document.
  public var json: String {
    var json = JSONWriter()
    json.object { json in
      json.field("folder", folder)
      json.field("passed", passed)
      json.field(
        "figures",
        array: { json in
          for row in rows {
            json.object { json in
              json.field("name", row.name)
              json.field("found", row.found)
              json.field("expected", row.expected)
              json.field("tolerance", row.tolerance)
              json.field("agrees", row.agrees)
              json.field("source", row.source)
            }
          }
        })
    }
    return json.text
  }
}
