import Experiments
import Statistics

/// Intervals of several points on one axis: `--[==o==]----`, dashes from 5 to 95 % of the runs,
/// brackets around the mean's interval.
struct IntervalPlot {
  private let low: Double
  private let high: Double
  private let width: Int

  init(_ cells: [ExperimentAnalysis.Cell?], width: Int) {
    self.width = width
    var (low, high) = (Double.infinity, -Double.infinity)
    for cell in cells.compactMap(\.self) {
      for value in [cell.p05, cell.p95, cell.interval?.low, cell.interval?.high, cell.mean] {
        guard let value, value.isFinite else { continue }
        (low, high) = (min(low, value), max(high, value))
      }
    }
    (self.low, self.high) = (low, high)
  }

  /// The axis: its ends above the plots.
  var head: String {
    guard low <= high else { return "" }
    let (left, right) = (Figures.text(low), Figures.text(high))
    return left + String(repeating: " ", count: max(1, width - left.count - right.count)) + right
  }

  func line(of cell: ExperimentAnalysis.Cell) -> String {
    var marks = Array(repeating: Character(" "), count: width)
    fill(&marks, cell.p05, cell.p95, "-", "-", "-")
    if let interval = cell.interval { fill(&marks, interval.low, interval.high, "[", "=", "]") }
    marks[place(cell.mean)] = "o"
    return String(marks)
  }

  private func fill(
    _ marks: inout [Character], _ from: Double, _ to: Double, _ first: Character,
    _ middle: Character, _ last: Character
  ) {
    let (start, end) = (place(from), place(to))
    for index in start...max(start, end) { marks[index] = middle }
    (marks[start], marks[end]) = (first, last)
  }

  private func place(_ value: Double) -> Int {
    guard high > low, value.isFinite else { return 0 }
    let share = (value - low) / (high - low)
    return min(width - 1, max(0, Int((share * Double(width - 1)).rounded())))
  }
}
