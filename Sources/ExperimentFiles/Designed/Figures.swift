import Foundation

/// Numbers as a person reads them.
enum Figures {
  /// Four significant digits, or a whole number where there are more.
  static func text(_ value: Double) -> String {
    guard value.isFinite else { return "-" }
    if value != 0, abs(value) < 0.001 || abs(value) >= 1e9 {
      return String(format: "%.3g", value)
    }
    return String(format: abs(value) >= 1_000 ? "%.0f" : "%.4g", value)
  }

  static func text(_ value: Double?) -> String { value.map { text($0) } ?? "-" }

  /// RFC 4180: what holds a comma, a quote or a line end stands in quotes.
  static func row(_ cells: [String]) -> String {
    cells.map { cell in
      guard cell.contains(where: { $0 == "," || $0 == "\"" || $0.isNewline }) else { return cell }
      return "\"" + cell.replacingOccurrences(of: "\"", with: "\"\"") + "\""
    }.joined(separator: ",") + "\n"
  }
}
