import AnomalyDetector
import ArgumentParser
import Conformance
import Documents

/// `seatrial detect`: the detector core on a column of numbers.
struct Detect: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Let the anomaly detector look at a column of numbers.",
    discussion: """
      seatrial detect values.csv
      seatrial detect --window 51 --json < values.txt
      A number a line, or a CSV with a column 'value'. A line comes out for each: the detector's \
      state after it, and what it says. Numbers read back as the same doubles.
      The published detector sums (value - mean - magnitude * s) with s the root of \
      sum_squared_deviation and compares with threshold * s. It equals the published program bit \
      by bit. It is a workload, not a good detector: an isolated spike never fires, however high.
      The normalized one is the textbook's: its sums are in standard deviations of the first \
      --ready-after values, or of --mean and --deviation. mean and sum_squared_deviation are those \
      of that level; after an alarm the sums begin anew with the next value.
      """)

  enum Variant: String, ExpressibleByArgument, CaseIterable {
    case asPublished = "as-published"
    case normalized
  }

  @Argument(help: "The file; - or nothing for standard input.")
  var file = "-"

  @Option(help: "Which detector.")
  var variant = Variant.asPublished

  @Option(parsing: .unconditional, help: "As published: the slack in units of s. (default: 0.05)")
  var magnitude: Double?

  @Option(parsing: .unconditional, help: "As published: the limit in units of s. (default: 3)")
  var threshold: Double?

  @Option(help: "Values before it decides; the normalized one learns from them. (default: 50)")
  var readyAfter: Int?

  @Option(help: "Only the last so many values, to a new detector each time, as the application.")
  var window: Int?

  @Option(
    parsing: .unconditional, help: "Normalized: the slack in standard deviations. (default: 0.5)")
  var slack: Double?

  @Option(
    parsing: .unconditional, help: "Normalized: the limit in standard deviations. (default: 5)")
  var limit: Double?

  @Option(parsing: .unconditional, help: "Normalized: the level, if known.")
  var mean: Double?

  @Option(parsing: .unconditional, help: "Normalized: the standard deviation, if known.")
  var deviation: Double?

  @Flag(help: "Print one JSON document.")
  var json = false

  func validate() throws {
    let published = [("magnitude", magnitude), ("threshold", threshold)]
    let normalized = [
      ("slack", slack), ("limit", limit), ("mean", mean), ("deviation", deviation),
    ]
    for (name, value) in published + normalized {
      guard let value else { continue }
      guard value.isFinite, value >= 0 || name == "mean" else {
        throw ValidationError("--\(name) \(value): give a finite number, not below 0.")
      }
    }
    let others = variant == .normalized ? published : normalized
    if let other = others.first(where: { $0.1 != nil }) {
      throw ValidationError("--\(other.0) does not belong to the variant \(variant.rawValue).")
    }
    if (mean == nil) != (deviation == nil) {
      throw ValidationError("Give --mean and --deviation together.")
    }
    if mean != nil, readyAfter != nil {
      throw ValidationError("With --mean and --deviation nothing is learned: no --ready-after.")
    }
    let least = variant == .normalized ? 2 : 1
    if let readyAfter, readyAfter < least {
      throw ValidationError("--ready-after must be at least \(least).")
    }
    if let window, window < 1 { throw ValidationError("--window must be at least 1.") }
  }

  func run() throws {
    let values = try readValues()
    let replay = DetectorReplay(detector, window: window)
    if let window, window <= silent {
      Console.complain(
        "seatrial: warning: a window of \(window) decides nothing: the detector is silent on its "
          + "first \(silent) values")
    }
    if json {
      writeDocument(replay, values)
    } else {
      try writeTable(replay, values)
    }
  }

  private var detector: DetectorReplay.Detector {
    switch variant {
    case .asPublished:
      return .published(
        PublishedCUSUM(
          magnitude: magnitude ?? 0.05, threshold: threshold ?? 3, readyAfter: readyAfter ?? 50))
    case .normalized:
      var baseline = NormalizedCUSUM.Baseline.firstValues(readyAfter ?? 50)
      if let mean, let deviation { baseline = .known(mean: mean, deviation: deviation) }
      return .normalized(
        NormalizedCUSUM(baseline: baseline, slack: slack ?? 0.5, limit: limit ?? 5))
    }
  }

  /// How many values pass before the first decision.
  private var silent: Int {
    switch detector {
    case .published(let detector): detector.readyAfter - 1
    case .normalized(let detector): detector.learned
    }
  }
}

extension Detect {
  private func readValues() throws -> [Double] {
    let name = file == "-" ? "standard input" : file
    let sink = DiagnosticSink()
    let values = ValueColumn.read(try Console.input(file), file: name, sink: sink)
    try Console.report(sink.sorted)
    return values
  }

  /// The table leaves in pieces, so that a long one needs no memory.
  private func writeTable(_ replay: DetectorReplay, _ values: [Double]) throws {
    var table = DetectorTable()
    try replay.forEachRow(of: values) { row in
      table.append(row)
      if table.bytes.count > 1 << 16 {
        try Console.write(table.bytes)
        table.removeAll()
      }
    }
    try Console.write(table.bytes)
  }

  private func writeDocument(_ replay: DetectorReplay, _ values: [Double]) {
    var writer = JSONWriter()
    var anomalies = 0
    writer.object { json in
      json.field("variant", variant.rawValue)
      json.field("parameters", object: { write(replay.detector, to: &$0) })
      if let window { json.field("window", window) }
      json.field("observations", values.count)
      json.field(
        "rows",
        array: { json in
          replay.forEachRow(of: values) { row in
            row.write(to: &json)
            anomalies += row.detection.isAnomaly ? 1 : 0
          }
        })
      json.field("anomalies", anomalies)
    }
    Console.print(writer.text)
  }

  private func write(_ detector: DetectorReplay.Detector, to json: inout JSONWriter) {
    switch detector {
    case .published(let detector):
      json.field("magnitude", detector.magnitude)
      json.field("threshold", detector.threshold)
      json.field("ready_after", detector.readyAfter)
    case .normalized(let detector):
      json.field("slack", detector.slack)
      json.field("limit", detector.limit)
      switch detector.baseline {
      case .firstValues: json.field("ready_after", detector.learned)
      case .known(let mean, let deviation):
        json.field("mean", mean)
        json.field("deviation", deviation)
      }
    }
  }
}
