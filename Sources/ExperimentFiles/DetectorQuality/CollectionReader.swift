import DetectionQuality
import Documents
import SeriesFiles

/// Reads one of `spec.series` with all its files.
struct CollectionReader {
  enum Format: String, CaseIterable {
    case nab, microsoft, tcpd
  }

  /// The folder that paths count from.
  let root: String
  /// Values within which a change has to be found.
  let limit: Int
  private(set) var skipped: [String] = []

  init(root: String, limit: Int) {
    self.root = root
    self.limit = limit
  }

  /// The series; nil if there is none, which is either an error or in `skipped`.
  mutating func read(
    _ cursor: DocumentCursor, taken: inout [String]
  ) -> QualityExperiment.Collection? {
    guard cursor.expectMapping() else { return nil }
    let name = cursor.required("name")?.name(unlike: &taken)
    let patterns = cursor.required("files")?.elements() ?? []
    guard let format = cursor.required("format")?.word(Format.self) else { return nil }
    let unsorted =
      format == .tcpd
      ? nil : cursor.field("unsorted")?.word(SeriesFiles.Unsorted.self)
    let labels =
      switch format {
      case .nab: cursor.required("windows")
      case .tcpd: cursor.required("annotations")
      case .microsoft: nil as DocumentCursor?
      }
    cursor.reportUnknownFields()
    let files = patterns.flatMap { self.files($0) }
    guard let name, !files.isEmpty else {
      if let name, !patterns.isEmpty {
        skipped.append("\(name): no data below \(root)")
      }
      return nil
    }
    guard let read = reader(format, labels, unsorted ?? .refuse, cursor.sink) else { return nil }
    let series = files.compactMap { file -> QualityExperiment.Series? in
      guard let text = FilePatterns.text(file) else {
        cursor.error("not UTF-8 text: '\(file)'")
        return nil
      }
      return read(text, file).map(judged)
    }
    return QualityExperiment.Collection(name: name, series: series)
  }

  /// The files of one pattern; where there is data at all but none of it, a warning says so.
  private func files(_ pattern: DocumentCursor) -> [String] {
    guard let text = pattern.string() else { return [] }
    let found = FilePatterns.files(FilePatterns.join(root, text))
    if found.isEmpty, FilePatterns.exists(root) {
      pattern.warning("no file is called '\(text)' below \(root)")
    }
    return found
  }

  private typealias Read = (_ text: String, _ file: String) -> LabeledSeries?

  private func reader(
    _ format: Format, _ labels: DocumentCursor?, _ unsorted: SeriesFiles.Unsorted,
    _ sink: DiagnosticSink
  ) -> Read? {
    var text = ""
    var file = ""
    if format != .microsoft {
      guard let labels, let written = labels.string() else { return nil }
      file = FilePatterns.join(root, written)
      guard let found = FilePatterns.text(file) else {
        labels.error("no such file, or not UTF-8 text: '\(file)'")
        return nil
      }
      text = found
    }
    switch format {
    case .microsoft:
      return { SeriesFiles.microsoft($0, file: $1, unsorted: unsorted, sink: sink) }
    case .nab:
      guard let windows = NABWindows(text, file: file, sink: sink) else { return nil }
      return { SeriesFiles.nab($0, file: $1, windows: windows, unsorted: unsorted, sink: sink) }
    case .tcpd:
      guard let annotations = TCPDAnnotations(text, file: file, sink: sink) else { return nil }
      return { SeriesFiles.tcpd($0, file: $1, annotations: annotations, sink: sink) }
    }
  }

  /// A series whose windows begin with the trouble is given as long to find it as a stream is.
  private func judged(_ series: LabeledSeries) -> QualityExperiment.Series {
    let windows = series.windows.map { window in
      series.hasOnsets
        ? window.lowerBound..<max(window.upperBound, window.lowerBound + limit) : window
    }
    return QualityExperiment.Series(
      name: series.name, values: series.values,
      truth: GroundTruth(
        count: series.values.count, windows: windows, hasOnsets: series.hasOnsets))
  }
}
