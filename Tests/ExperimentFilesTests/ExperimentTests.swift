import DetectionQuality
import ExperimentFiles
import Foundation
import Statistics
import Testing

/// Experiments from their files to their results.
@Suite struct ExperimentTests {
  private static func results(
    _ folder: String
  ) throws -> (report: QualityReport, results: QualityResults, skipped: [String]) {
    let loaded = ExperimentLoader.load("\(folder)/experiment.yaml")
    #expect(loaded.diagnostics.isEmpty, "\(loaded.diagnostics)")
    guard case .detectorQuality(let experiment)? = loaded.experiment else {
      throw CocoaError(.fileReadCorruptFile)
    }
    let results = experiment.run()
    let report = QualityReport(experiment, results, skipped: loaded.skipped, version: "test")
    return (report, results, loaded.skipped)
  }

  @Test("Streams, series, facts and run lengths come out, twice the same")
  func whole() throws {
    try ExperimentFolder.with(ExperimentFolder.experiment, ExperimentFolder.data) { folder in
      let (report, results, skipped) = try Self.results(folder)
      #expect(skipped.isEmpty)
      #expect(results.streams.map(\.subject) == ["noise", "noise", "up", "up"])
      #expect(results.streams.map(\.summary.windows) == [0, 0, 4, 4])
      // Ten deviations up, for good: both find all four.
      #expect(results.streams[2].summary.recall?.value == 1)
      #expect(results.streams[3].summary.recall?.value == 1)
      #expect(results.series.count == 4)
      #expect(results.series[0].series == "realOne/jump.csv")
      #expect(results.collections.map(\.summary.found) == [1, 1])
      #expect(results.collections[1].summary.falseEpisodes == 0)
      #expect(results.runLengths.map(\.baseline) == [.known, .learned])
      let again = try Self.results(folder)
      #expect(again.report.json == report.json)
      let document = try JSONSerialization.jsonObject(with: Data(report.json.utf8))
      let json = try #require(document as? [String: Any])
      #expect((json["streams"] as? [Any])?.count == 4)
      #expect(
        report.files.map(\.name) == [
          "results.json", "quality.csv", "series.csv", "facts.csv", "run-lengths.csv",
        ])
      for file in report.files.dropFirst() {
        let rows = file.text.split(separator: "\n")
        #expect(rows.count > 2, "\(file.name)")
      }
    }
  }

  @Test("Facts that hold by arithmetic agree with the reference")
  func facts() throws {
    try ExperimentFolder.with(ExperimentFolder.experiment, ExperimentFolder.data) { folder in
      let facts = try Self.results(folder).results.facts
      let exact = facts.filter { if case .exact = $0.measured { true } else { false } }
      #expect(exact.count == 8)
      #expect(exact.allSatisfy { $0.agrees == true })
      // An isolated spike never fires: none of 200.
      for fact in facts where fact.text.contains("the last value") {
        guard case .share(let share) = fact.measured else { continue }
        #expect(share.successes == 0 && share.count == 200, "\(fact.text)")
      }
    }
  }

  @Test("A stream keeps its values when another is added")
  func common() throws {
    let more = ExperimentFolder.experiment.replacingOccurrences(
      of: "  streams:\n", with: "  streams:\n    - {name: walk, generator: randomWalk}\n")
    let first = try ExperimentFolder.with(
      ExperimentFolder.experiment, ExperimentFolder.data
    ) { try Self.results($0).results.streams }
    let second = try ExperimentFolder.with(more, ExperimentFolder.data) {
      try Self.results($0).results.streams
    }
    #expect(second.count == 6 && Array(second.dropFirst(2)) == first)
  }

  @Test("Data that is not at hand is left out, and said so; labels that are missing are an error")
  func absent() throws {
    try ExperimentFolder.with(ExperimentFolder.experiment, [:]) { folder in
      let (report, results, skipped) = try Self.results(folder)
      #expect(results.collections.isEmpty && skipped.count == 1)
      #expect(report.text.contains("skipped: mine: no data below"))
    }
    var files = ExperimentFolder.data
    files["data/windows.json"] = nil
    let said = try ExperimentFolder.diagnostics(ExperimentFolder.experiment, files)
    #expect(said.count == 1 && said[0].contains("spec.series[0].windows: no such file"))
  }

  @Test("A file's mistakes come beside those of the experiment")
  func badSeries() throws {
    var files = ExperimentFolder.data
    files["data/realTwo/flat.csv"]! += "2014-02-14 02:00:00,NaN\n"
    let said = try ExperimentFolder.diagnostics(
      ExperimentFolder.experiment.replacingOccurrences(of: "seed: 3", with: "seed: x"), files)
    #expect(
      said == [
        "data/realTwo/flat.csv:122:21: error: value: expected a number, found \"NaN\"",
        "experiment.yaml:5:9: error: spec.seed: expected a whole number, found \"x\"",
      ])
  }
}
