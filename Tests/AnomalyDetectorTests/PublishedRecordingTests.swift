import AnomalyDetector
import Foundation
import Testing

/// The published detector against the program in Java.
@Suite struct PublishedRecordingTests {
  struct Case: Decodable, CustomTestStringConvertible {
    var file: String
    var magnitude: Double
    var threshold: Double
    var ready_after: Int
    var observations: Int
    var change_high: Int
    var change_low: Int

    var testDescription: String { file }
  }

  static let folder = URL(filePath: #filePath).deletingLastPathComponent()
    .appending(path: "Recordings/detector")

  static let cases: [Case] = {
    let data = try? Data(contentsOf: folder.appending(path: "cases.json"))
    return data.flatMap { try? JSONDecoder().decode([Case].self, from: $0) } ?? []
  }()

  @Test("all sixteen recordings are there")
  func complete() { #expect(Self.cases.count == 16) }

  @Test("every number is the same double and every decision the same", arguments: cases)
  func recording(recorded: Case) throws {
    let text = try String(
      contentsOf: Self.folder.appending(path: recorded.file), encoding: .utf8)
    var detector = PublishedCUSUM(
      magnitude: recorded.magnitude, threshold: recorded.threshold,
      readyAfter: recorded.ready_after)
    var highs = 0
    var lows = 0
    let rows = text.split(separator: "\n").dropFirst()
    #expect(rows.count == recorded.observations)
    for (index, row) in rows.enumerated() {
      let fields = row.split(separator: ",")
      let numbers = try fields[..<5].map { try #require(Double($0)) }
      let detection = detector.observe(numbers[0])
      let state = [
        detector.mean, detector.sumSquaredDeviation, detector.cusumHigh, detector.cusumLow,
      ]
      try #require(
        state.map(\.bitPattern) == numbers[1...].map(\.bitPattern), "row \(index + 1)")
      let facts = [detection.isReady, detection.changeHigh, detection.changeLow]
      try #require(facts.map { "\($0)" } == fields[5...].map(String.init), "row \(index + 1)")
      #expect(detection.isAnomaly == (detection.isReady && detection.changeHigh))
      highs += detection.changeHigh ? 1 : 0
      lows += detection.changeLow ? 1 : 0
    }
    #expect(highs == recorded.change_high && lows == recorded.change_low)
  }
}
