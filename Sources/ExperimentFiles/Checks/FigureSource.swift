import AWSObjects
import Documents
import Foundation
import Statistics

/// The result files of an experiment's folder, each read once.
struct FigureSource {
  private enum File {
    case table(DelimitedTable)
    case document(DocumentNode)
  }

  private let folder: String
  private let sink: DiagnosticSink
  private var files: [String: File] = [:]
  /// Files that cannot be read have been reported.
  private var broken: Set<String> = []
  private(set) var isMissing = false

  init(folder: String, sink: DiagnosticSink) {
    self.folder = folder
    self.sink = sink
  }

  /// The figure as the results have it; nil after saying why there is none.
  mutating func value(of figure: ExpectedFigure) -> Double? {
    guard !broken.contains(figure.file) else { return nil }
    guard let file = files[figure.file] ?? read(figure) else {
      broken.insert(figure.file)
      return nil
    }
    files[figure.file] = file
    switch (figure.place, file) {
    case (.document(let path), .document(let node)): return value(at: path, in: node, figure)
    case (.table(let column, let rows, let statistic), .table(let table)):
      return value(column, rows, statistic, in: table, figure)
    case (.document, .table):
      figure.cursor.error("\(figure.file) is a CSV: give 'column'")
    case (.table, .document):
      figure.cursor.error("\(figure.file) is JSON: give 'path'")
    }
    return nil
  }

  private mutating func read(_ figure: ExpectedFigure) -> File? {
    let path = FilePatterns.join(folder, figure.file)
    guard let data = FileManager.default.contents(atPath: path) else {
      isMissing = true
      figure.cursor.error("no such file: '\(path)'")
      return nil
    }
    guard let text = String(data: data, encoding: .utf8) else {
      figure.cursor.error("\(path) is not UTF-8 text")
      return nil
    }
    guard figure.file.hasSuffix(".json") else {
      let inner = DiagnosticSink()
      let table = DelimitedTable(text, file: path, required: [], sink: inner)
      inner.sorted.forEach(sink.report)
      return inner.hasErrors ? nil : .table(table)
    }
    do { return .document(try JSONReader.read(text)) } catch {
      figure.cursor.error("\(path):\(error.line):\(error.column): \(error.message)")
      return nil
    }
  }

  // MARK: Documents

  private func value(at path: String, in node: DocumentNode, _ figure: ExpectedFigure) -> Double? {
    var node = node
    for step in path.split(separator: ".") {
      let parts = step.split(separator: "[")
      if let key = parts.first, !step.hasPrefix("[") {
        guard let next = node[String(key)] else {
          let known = node.entries?.map(\.key) ?? []
          figure.cursor.error(
            "\(figure.file) has no '\(key)' on the way to \(path)",
            suggestion: Spelling.suggestion(for: String(key), among: known))
          return nil
        }
        node = next
      }
      for part in parts.dropFirst(step.hasPrefix("[") ? 0 : 1) {
        guard let index = Int(part.dropLast()), let list = node.elements,
          list.indices.contains(index)
        else {
          figure.cursor.error("\(figure.file) has no element [\(part) on the way to \(path)")
          return nil
        }
        node = list[index]
      }
    }
    // A claim that holds is 1.
    if let truth = node.scalarText.flatMap(Bool.init) { return truth ? 1 : 0 }
    guard let value = node.doubleValue, value.isFinite else {
      figure.cursor.error("\(path) of \(figure.file) is \(node.kindDescription), not a number")
      return nil
    }
    return value
  }

  // MARK: Tables

  private func value(
    _ column: String?, _ rows: [(column: String, cell: String)],
    _ statistic: ExpectedFigure.Statistic?, in table: DelimitedTable, _ figure: ExpectedFigure
  ) -> Double? {
    for name in rows.map(\.column) + (column.map { [$0] } ?? [])
    where !table.columns.contains(name) {
      figure.cursor.error(
        "\(figure.file) has no column '\(name)'",
        suggestion: Spelling.suggestion(for: name, among: table.columns))
      return nil
    }
    let chosen = table.rows.filter { row in
      rows.allSatisfy { (row.text($0.column) ?? "") == $0.cell }
    }
    if statistic == .count { return Double(chosen.count) }
    let values = chosen.compactMap { row in column.flatMap { row.text($0) }.flatMap(Double.init) }
    guard !values.isEmpty, values.count == chosen.count else {
      figure.cursor.error(
        chosen.isEmpty
          ? "no row of \(figure.file) is such"
          : "\(chosen.count - values.count) such rows of \(figure.file) have no number there")
      return nil
    }
    guard let statistic else {
      if values.count == 1 { return values[0] }
      figure.cursor.error(
        "\(values.count) rows of \(figure.file) are such", suggestion: "statistic: mean")
      return nil
    }
    switch statistic {
    case .mean: return values.reduce(0, +) / Double(values.count)
    case .median: return SampleQuantile.interpolated(ofSorted: values.sorted(), 0.5)
    case .min: return values.min()
    case .max: return values.max()
    case .count: return Double(chosen.count)
    }
  }
}
