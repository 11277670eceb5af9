import Documents
import Foundation
import SeriesFiles
import Testing

/// Where public data is that is not ours to pass on; nil where it is not at hand.
enum PublicData {
  static let folder: String? = {
    // …/Tests/SeriesFilesTests/RealSeriesTests.swift, and the data beside the repository.
    var url = URL(fileURLWithPath: #filePath)
    for _ in 0..<4 { url.deleteLastPathComponent() }
    let path = url.path + "/shared/data"
    return FileManager.default.fileExists(atPath: path) ? path : nil
  }()
}

/// The published files themselves.
@Suite(.enabled(if: PublicData.folder != nil))
struct RealSeriesTests {
  private static func texts(below folder: String) throws -> [(file: String, text: String)] {
    let root = try #require(PublicData.folder)
    let names = try FileManager.default.subpathsOfDirectory(atPath: "\(root)/\(folder)").sorted()
    return try names.filter { $0.hasSuffix(".csv") }.map { name in
      let file = "\(root)/\(folder)/\(name)"
      return (file, try String(contentsOfFile: file, encoding: .utf8))
    }
  }

  @Test("Every series of NAB reads, with all of its windows")
  func nab() throws {
    let root = try #require(PublicData.folder)
    let sink = DiagnosticSink()
    let text = try String(
      contentsOfFile: "\(root)/anomaly/nab/combined_windows.json", encoding: .utf8)
    let windows = try #require(NABWindows(text, file: "combined_windows.json", sink: sink))
    let files = try Self.texts(below: "traces/nab") + Self.texts(below: "anomaly/nab")
    let series = files.compactMap {
      SeriesFiles.nab(
        $0.text, file: $0.file, windows: windows, unsorted: .keep, sink: sink)
    }
    #expect(!sink.hasErrors && series.count == files.count && series.count == 24)
    // Each window has two ends in the file of windows, and there is none of other series.
    let ends = text.components(separatedBy: ".000000").count - 1
    #expect(series.reduce(0) { $0 + $1.windows.count } * 2 == ends)
    // The one whose clock was set back is refused otherwise, at its line.
    let strict = DiagnosticSink()
    for file in files where file.file.hasSuffix("machine_temperature_system_failure.csv") {
      _ = SeriesFiles.nab(file.text, file: file.file, windows: windows, sink: strict)
    }
    #expect(strict.diagnostics.map(\.line) == [10_151])
  }

  @Test("Every series of Microsoft's data set reads, with each labeled value in a window")
  func microsoft() throws {
    for file in try Self.texts(below: "traces/ms-cloud-monitoring") {
      let sink = DiagnosticSink()
      let series = try #require(
        SeriesFiles.microsoft(file.text, file: file.file, sink: sink), "\(sink.sorted)")
      let labeled = file.text.split(whereSeparator: \.isNewline).dropFirst().filter {
        guard $0.last == "1" || $0.last == "\"" else { return false }
        // Most rows are not labeled, and say so by their last character.
        let cells = $0.replacing("\"", with: "").split(
          separator: ",", omittingEmptySubsequences: false)
        return cells[2] == "1" && !cells[1].isEmpty
      }
      #expect(series.windows.reduce(0) { $0 + $1.count } == labeled.count, "\(file.file)")
    }
  }
}
