import Documents
import SeriesFiles

/// Small files, made for these tests.
enum SeriesTexts {
  static let windows = """
    {
     "realAWS/a.csv": [
      ["2014-02-14 00:10:00.000000", "2014-02-14 00:15:00.000000"]
     ],
     "realAWS/quiet.csv": []
    }
    """

  static let annotations = """
    {"plain": {"6": [3], "7": [4], "8": [], "9": [12]},
     "odd": {"6": [99]}}
    """

  /// What a reader gave, and everything it said.
  static func read<Value>(
    _ body: (DiagnosticSink) -> Value?
  ) -> (value: Value?, said: [String]) {
    let sink = DiagnosticSink()
    let value = body(sink)
    return (value, sink.sorted.map(\.description))
  }

  static func nab(
    _ text: String, file: String = "data/realAWS/a.csv", unsorted: SeriesFiles.Unsorted = .refuse
  ) -> (value: LabeledSeries?, said: [String]) {
    read { sink in
      NABWindows(windows, file: "w.json", sink: sink).flatMap {
        SeriesFiles.nab(text, file: file, windows: $0, unsorted: unsorted, sink: sink)
      }
    }
  }

  static func tcpd(_ text: String) -> (value: LabeledSeries?, said: [String]) {
    read { sink in
      TCPDAnnotations(annotations, file: "n.json", sink: sink).flatMap {
        SeriesFiles.tcpd(text, file: "s.json", annotations: $0, sink: sink)
      }
    }
  }
}
