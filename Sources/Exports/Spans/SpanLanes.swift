import TimeUnits

/// Spans laid out in rows so that no two in a row overlap.
struct SpanLanes {
  /// The row of each span, from 0, in the order given.
  private(set) var lanes: [Int] = []
  /// How many rows there are: as many as spans ever overlap.
  private(set) var count = 0

  /// A span may begin in a row at the instant at which the one before it ends.
  ///
  /// By time of start, each span takes the row that was freed last, or a new one: interval
  /// partitioning, for which any free row does.
  /// - Complexity: O(*n* log *n*).
  init(_ spans: [(start: SimulationTime, end: SimulationTime)]) {
    lanes = [Int](repeating: 0, count: spans.count)
    let byStart = spans.indices.sorted { (spans[$0].start, $0) < (spans[$1].start, $1) }
    // Among spans that end together the ones that started earlier come first: they have a row
    // already, while one without length may still wait for its own.
    let byEnd = spans.indices.sorted {
      (spans[$0].end, spans[$0].start, $0) < (spans[$1].end, spans[$1].start, $1)
    }
    var free: [Int] = []
    var ended = 0
    var begun = [Bool](repeating: false, count: spans.count)
    for span in byStart {
      while ended < byEnd.count, begun[byEnd[ended]], spans[byEnd[ended]].end <= spans[span].start {
        free.append(lanes[byEnd[ended]])
        ended += 1
      }
      if let lane = free.popLast() {
        lanes[span] = lane
      } else {
        lanes[span] = count
        count += 1
      }
      begun[span] = true
    }
  }
}
