import Documents
import Foundation
import Scenarios

/// Reads request counts from a CSV file: a header, then one row for each period.
struct RequestTraceReader {
  let file: String
  let sink: DiagnosticSink

  /// The counts that a reference asks for, scaled; nil after saying what is wrong.
  func read(_ reference: RequestTraceReference, text: String) -> RequestTrace? {
    // Lines end as they do on any system; the last may be empty.
    var lines = text.split(omittingEmptySubsequences: false) { $0.isNewline }
    while lines.last?.isEmpty == true { lines.removeLast() }
    guard let header = lines.first else {
      report(1, "the file is empty")
      return nil
    }
    let names = Self.cells(header)
    guard let column = column(reference, names) else { return nil }
    var counts: [Double] = []
    var hasBegun = reference.from == nil
    for (index, line) in lines.enumerated().dropFirst() {
      let cells = Self.cells(line)
      if let from = reference.from, cells.first?.hasPrefix(from) == true { hasBegun = true }
      guard hasBegun else { continue }
      guard cells.indices.contains(column), let count = Double(cells[column]), count >= 0,
        count.isFinite
      else {
        report(index + 1, "no count in the column '\(names[column])': \"\(line)\"")
        return nil
      }
      counts.append(count * reference.scale)
    }
    if counts.isEmpty {
      report(
        1, reference.from.map { "no row begins with \"\($0)\"" } ?? "there are no rows of counts")
      return nil
    }
    return RequestTrace(period: reference.period, counts: counts)
  }

  private func column(_ reference: RequestTraceReference, _ names: [String]) -> Int? {
    guard let wanted = reference.column else { return names.count > 1 ? 1 : 0 }
    if let column = names.firstIndex(of: wanted) { return column }
    report(
      1, "there is no column '\(wanted)'",
      Spelling.suggestion(for: wanted, among: names) ?? "it has: " + names.joined(separator: ", "))
    return nil
  }

  private static func cells(_ line: Substring) -> [String] {
    line.split(separator: ",", omittingEmptySubsequences: false).map {
      $0.trimmingCharacters(in: CharacterSet(charactersIn: " \t\""))
    }
  }

  private func report(_ line: Int, _ message: String, _ suggestion: String? = nil) {
    sink.report(
      Diagnostic(
        severity: .error, file: file, line: line, column: 1, path: "", message: message,
        suggestion: suggestion))
  }
}
