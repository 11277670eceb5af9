import AnomalyDetector
import Documents
import Foundation
import SimulationKernel
import Testing

@testable import Conformance

/// The detector's recordings as a kind, and its rows as text.
@Suite struct DetectorSuiteTests {
  private static let recordings = ConformanceRunnerTests.folder(
    "AnomalyDetectorTests/Recordings/detector")

  /// Two recordings, of which a test may change one.
  private func withRecordings(
    _ change: (inout String) -> Void, _ body: (ConformanceReport) throws -> Void
  ) throws {
    let folder = FileManager.default.temporaryDirectory
      .appending(path: "detector-\(ProcessInfo.processInfo.globallyUniqueString)")
    defer { try? FileManager.default.removeItem(at: folder) }
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    let list = try ["step-1", "step-2"].map { name -> String in
      let file = URL(filePath: Self.recordings).appending(path: "\(name).csv")
      var text = try String(contentsOf: file, encoding: .utf8)
      if name == "step-2" { change(&text) }
      if !text.isEmpty {
        try text.write(
          to: folder.appending(path: "\(name).csv"), atomically: true, encoding: .utf8)
      }
      let parameters = name == "step-1" ? (0.0, 0.05, 1) : (0.05, 3.0, 50)
      return """
        {"file":"\(name).csv","magnitude":\(parameters.0),"threshold":\(parameters.1),\
        "ready_after":\(parameters.2)}
        """
    }
    try "[\(list.joined(separator: ","))]".write(
      to: folder.appending(path: "cases.json"), atomically: true, encoding: .utf8)
    try body(ConformanceRunner.run([folder.path]))
  }

  @Test("each table beside the list is a case")
  func cases() throws {
    try withRecordings({ _ in }) { report in
      #expect(report.agrees && report.skipped.isEmpty)
      #expect(report.suites.map(\.kind) == ["detector"])
      #expect(report.suites[0].cases == 2 && report.suites[0].equalRows == 2)
    }
  }

  @Test("a number that differs by its last bit is told with row and column")
  func lastBit() throws {
    try withRecordings({ $0.replace("98.80774533034648", with: "98.80774533034647") }) { report in
      #expect(!report.agrees && report.suites[0].equalRows == 1)
      #expect(
        report.text.contains(
          "step-2.csv: row 3: mean: recorded 98.80774533034647, ours 98.80774533034648"),
        "\(report.text)")
    }
  }

  @Test("a decision or the sign of a zero that differs is told as well")
  func decision() throws {
    try withRecordings({ $0.replace("0.0,0.0,0.0,false", with: "0.0,-0.0,0.0,false") }) {
      #expect($0.text.contains("row 1: cusum_high: recorded -0.0, ours 0.0"), "\($0.text)")
    }
    try withRecordings({ $0.replace("false,false,false", with: "true,false,false") }) {
      #expect($0.text.contains("row 1: ready: recorded true, ours false"), "\($0.text)")
    }
  }

  @Test("a table that is missing or of another shape is told")
  func unreadable() throws {
    try withRecordings({ $0 = "" }) { report in
      #expect(!report.agrees && report.text.contains("step-2.csv: no such file"))
    }
    try withRecordings({ $0.replace("value,mean", with: "mean,value") }) { report in
      #expect(report.text.contains("its columns are mean,value,"))
    }
    try withRecordings({ $0.replace("98.80774533034648", with: "") }) { report in
      #expect(!report.agrees && report.text.contains("row 3: mean: recorded , ours"))
    }
  }

  @Test("numbers are printed as Java does")
  func java() {
    let texts: [(Double, String)] = [
      (0, "0.0"), (-0.0, "-0.0"), (.infinity, "Infinity"), (-.infinity, "-Infinity"),
      (.nan, "NaN"), (1, "1.0"), (-1.5, "-1.5"), (100, "100.0"), (0.001, "0.001"),
      (0.00123, "0.00123"), (0.000999, "9.99E-4"), (9_999_999, "9999999.0"), (1e7, "1.0E7"),
      (12_345_678.9, "1.23456789E7"), (1e300, "1.0E300"), (-2.5e-300, "-2.5E-300"),
      (1e16, "1.0E16"), (.greatestFiniteMagnitude, "1.7976931348623157E308"),
      (.leastNormalMagnitude, "2.2250738585072014E-308"),
      (.leastNonzeroMagnitude, "4.9E-324"), (Double(bitPattern: 2), "9.9E-324"),
      (Double(bitPattern: 4), "2.0E-323"), (Double(bitPattern: 10), "4.9E-323"),
      (Double(bitPattern: 20), "9.9E-323"),
    ]
    for (value, text) in texts { #expect(JavaNumber.text(value) == text) }
  }

  @Test("what is printed reads back as the same number")
  func roundTrip() {
    var random = RandomStream(key: 5)
    var values = (0..<20_000).map { _ in Double(bitPattern: random.next()) }
    values += (0..<2_000).map { Double(bitPattern: $0) }
    values += (0..<2_000).map { _ in Double(random.next() % 1_000_000) / 1_000 }
    for value in values where !value.isNaN {
      let text = JavaNumber.text(value)
      #expect(Double(text)?.bitPattern == value.bitPattern, "\(text)")
    }
  }

  @Test("a window gives each row what a new detector says of the last values")
  func windows() {
    var random = RandomStream(key: 6)
    let values = (0..<200).map { Double(random.next() % 1_000 + ($0 > 120 ? 2_000 : 0)) }
    let detectors: [DetectorReplay.Detector] = [
      .published(PublishedCUSUM()), .normalized(NormalizedCUSUM(baseline: .firstValues(20))),
    ]
    for detector in detectors {
      var index = 0
      var changes = 0
      DetectorReplay(detector, window: 51).forEachRow(of: values) { row in
        let window = values[max(0, index - 50)...index]
        let expected =
          switch detector {
          case .published(let detector): detector.check(window: window)
          case .normalized(let detector): detector.check(window: window)
          }
        #expect(row.detection == expected && row.value == values[index])
        changes += row.detection.isAnomaly ? 1 : 0
        index += 1
      }
      #expect(index == 200 && changes > 0)
    }
  }
}
