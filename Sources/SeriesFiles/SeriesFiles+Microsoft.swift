public import Documents

extension SeriesFiles {
  /// Reads a series of Microsoft's cloud monitoring data set: `TimeStamp,Value,Label`, label 1
  /// where an expert saw an anomaly.
  ///
  /// A run of labeled rows is one window; rows without a value interrupt nothing.
  ///
  /// Source: microsoft/cloud-monitoring-dataset 6a07a53.
  public static func microsoft(
    _ text: String, file: String, unsorted: Unsorted = .refuse, sink: DiagnosticSink
  ) -> LabeledSeries? {
    guard
      let table = SeriesTable(
        text, file: file, time: "TimeStamp", value: "Value", label: "Label", unsorted: unsorted,
        sink: sink)
    else { return nil }
    var windows: [Range<Int>] = []
    for (number, row) in table.rows.enumerated() where row.isLabeled {
      if let last = windows.last, last.upperBound == number {
        windows[windows.count - 1] = last.lowerBound..<(number + 1)
      } else {
        windows.append(number..<(number + 1))
      }
    }
    return LabeledSeries(
      name: name(of: file), values: table.rows.map(\.value), times: table.rows.map(\.time),
      windows: windows, hasOnsets: true)
  }

  /// The file's name with its folder.
  static func name(of file: String) -> String {
    file.split(separator: "/").suffix(2).joined(separator: "/")
  }
}
