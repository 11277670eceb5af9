/// A playback as a table and as a plot, for a terminal, and as a file.
public struct PlaybackTable: Sendable {
  public let samples: [SchedulerPlayback.Sample]
  /// What the resources are called in headings.
  public let names: [String]

  public init(_ samples: [SchedulerPlayback.Sample], names: [String]) {
    self.samples = samples
    self.names = names
  }

  /// One line a sample: arrivals, the trace's day, pods, and per cent by resource.
  public var text: String {
    var rows = [
      ["arrivals", "day", "placed", "waiting"] + names.map { "\($0) %" }
        + names.map { "\($0) frag. %" }
    ]
    for sample in samples {
      rows.append(
        [
          "\(sample.arrivals)", Self.tenths(Double(sample.seconds) / 86_400), "\(sample.placed)",
          "\(sample.waiting)",
        ] + (sample.allocation + sample.fragmentation).map { Self.tenths(100 * $0) })
    }
    let widths = rows[0].indices.map { column in rows.map { $0[column].count }.max() ?? 0 }
    return rows.map { row in
      zip(row, widths).map { String(repeating: " ", count: $1 - $0.count) + $0 }
        .joined(separator: "  ")
    }.joined(separator: "\n")
  }

  /// Allocation (capital letters) and fragmentation (small ones) over arrivals, from 0 to 100 %.
  public func plot(width: Int, height: Int = 12) -> String {
    guard let last = samples.last, width > 20 else { return "" }
    let columns = width - 8
    var cells = [[Character]](
      repeating: [Character](repeating: " ", count: columns), count: height + 1)
    func draw(_ letter: Character, _ values: [Double]) {
      for column in 0..<columns {
        // The sample nearest to the column's place among the arrivals.
        let arrivals = last.arrivals * (column + 1) / columns
        guard let index = samples.firstIndex(where: { $0.arrivals >= arrivals }) else { continue }
        let row = height - Int((max(0, min(1, values[index])) * Double(height)).rounded())
        cells[row][column] = letter
      }
    }
    for (index, name) in names.enumerated() {
      draw(Character(name.prefix(1).lowercased()), samples.map { $0.fragmentation[index] })
    }
    for (index, name) in names.enumerated() {
      draw(Character(name.prefix(1).uppercased()), samples.map { $0.allocation[index] })
    }
    var lines: [String] = []
    for (row, line) in cells.enumerated() {
      let percent = 100 * (height - row) / height
      let label = row % 3 == 0 ? "\(percent) %" : ""
      lines.append(String(repeating: " ", count: 6 - label.count) + label + " |" + String(line))
    }
    let legend = names.map { name in
      "\(name.prefix(1).uppercased()) \(name) allocated, \(name.prefix(1).lowercased()) its free "
        + "part fragmented"
    }
    return
      (lines + [String(repeating: " ", count: 7) + "arrivals 0 to \(last.arrivals)"] + legend)
      .joined(separator: "\n")
  }

  /// The table with exact numbers, comma-separated.
  public var csv: String {
    let head =
      ["arrivals", "seconds", "placed", "waiting"]
      + names.map { "\($0.lowercased())_allocation" }
      + names.map { "\($0.lowercased())_fragmentation" }
    let lines = samples.map { sample in
      (["\(sample.arrivals)", "\(sample.seconds)", "\(sample.placed)", "\(sample.waiting)"]
        + (sample.allocation + sample.fragmentation).map { "\($0)" }).joined(separator: ",")
    }
    return ([head.joined(separator: ",")] + lines).joined(separator: "\n") + "\n"
  }

  private static func tenths(_ value: Double) -> String {
    let tenths = Int((value * 10).rounded())
    return "\(tenths / 10).\(abs(tenths % 10))"
  }
}
