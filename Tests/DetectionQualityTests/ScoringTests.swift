import AnomalyDetector
import DetectionQuality
import SyntheticStreams
import Testing

/// Scores of cases whose recall, precision and delay can be read off.
@Suite struct ScoringTests {
  /// `.` nothing, `!` an alarm, `_` not ready.
  private static func detections(_ text: String) -> [Detection] {
    text.map {
      Detection(
        isReady: $0 != "_", changeHigh: $0 == "!", changeLow: false, isAnomaly: $0 == "!")
    }
  }

  /// `.` normal, `S` a spike, `u` the beginning of a shift, `-` what follows of it.
  private static func elements(_ text: String) -> [StreamElement] {
    var since = 0
    return text.enumerated().map { number, mark in
      switch mark {
      case "S":
        return StreamElement(9, changes: [Change(kind: .spike, since: number, size: 9)])
      case "u", "-":
        if mark == "u" { since = number }
        return StreamElement(1, changes: [Change(kind: .levelUp, since: since, size: 1)])
      default: return StreamElement(0)
      }
    }
  }

  private static func score(_ truth: String, _ alarms: String, gap: Int = 2) -> DetectionScore {
    DetectionScore(
      detections(alarms), truth: GroundTruth(elements(truth), limit: 4, grace: 3), gap: gap)
  }

  @Test("One of two changes found, with its delay; an alarm before them is false")
  func simple() {
    //                      0123456789012345678901234
    let score = Self.score("....u---------......S....", "!.....!..................")
    #expect(score.windows == 2 && score.found == 1)
    #expect(score.delays == [2])
    #expect(score.trueEpisodes == 1 && score.falseEpisodes == 1)
    // Quiet: 0...3 and 17...19, and nothing after the spike's window 20...23 but its grace ends
    // with it, so 24 too.
    #expect(score.quiet == 8 && score.quietAlarms == 1)
    #expect(score.inWindows == 8)
  }

  @Test("Alarms late in a change and shortly after it do not count")
  func leftOut() {
    //                      01234567890123456789
    let score = Self.score("..u-------..........", "........!!..!.....!.")
    #expect(score.found == 0 && score.windows == 1)
    #expect(score.trueEpisodes == 0 && score.falseEpisodes == 1)
    #expect(score.quietAlarms == 1)
  }

  @Test("An episode that begins before a window finds it, and is false all the same")
  func early() {
    let score = Self.score("......u---", "...!!!!!..")
    #expect(score.found == 1 && score.delays == [0])
    #expect(score.trueEpisodes == 0 && score.falseEpisodes == 1)
  }

  @Test("Before the detector is ready nothing counts: no window, no quiet value")
  func warmingUp() {
    let score = Self.score("..S.........S...", "________.....!..")
    #expect(score.windows == 1 && score.found == 1 && score.delays == [1])
    #expect(score.quiet == 4)
  }

  @Test("Alarms with a pause shorter than the gap are one episode")
  func episodes() {
    let detections = Self.detections("!!.!...!....!")
    #expect(AlarmEpisodes.find(in: detections, gap: 2) == [0...3, 7...7, 12...12])
    #expect(AlarmEpisodes.find(in: detections, gap: 4) == [0...7, 12...12])
    #expect(AlarmEpisodes.find(in: detections, gap: 1) == [0...1, 3...3, 7...7, 12...12])
  }

  @Test("The next change ends a window; two windows of a labeled series that touch are one")
  func windows() {
    let made = GroundTruth(Self.elements("S.S...."), limit: 4, grace: 0)
    #expect(made.windows == [0..<2, 2..<6])
    let labeled = GroundTruth(count: 10, windows: [4..<6, 1..<4, 8..<20], hasOnsets: false)
    #expect(labeled.windows == [1..<6, 8..<10])
    let score = DetectionScore(Self.detections("...!....!!"), truth: labeled, gap: 1)
    #expect(score.found == 2 && score.windows == 2 && score.delays.isEmpty)
    #expect(score.trueEpisodes == 2 && score.quiet == 3)
  }

  @Test("A summary has the shares of all series together, with intervals")
  func summary() throws {
    let scores = [
      Self.score("....u---------......S....", "!.....!.................."),
      Self.score("....u---------......S....", "......!.............!...."),
    ]
    let summary = QualitySummary(scores, .replications)
    #expect(summary.recall?.value == 0.75 && summary.windows == 4)
    #expect(summary.precision?.value == 0.75)
    // Mean delays of the series: 2 and 1.
    #expect(summary.delay?.value == 1.5)
    #expect(summary.falseAlarms?.value == 62.5)
    #expect(summary.alarmedShare == 1.0 / 16)
    #expect(summary.chance == 0.5)
    let recall = try #require(summary.recall)
    #expect(try #require(recall.low) < 0.75)
    #expect(try #require(recall.high) > 0.75)
    let collection = QualitySummary(scores, .collection(seed: 1))
    #expect(collection.falseAlarms?.value == 62.5)
    #expect(collection == QualitySummary(scores, .collection(seed: 1)))
  }

  @Test("Nothing to find gives no recall; no alarm no precision")
  func empty() {
    let summary = QualitySummary([Self.score("........", "........")], .replications)
    #expect(summary.recall == nil && summary.precision == nil && summary.delay == nil)
    #expect(summary.falseAlarms?.value == 0)
  }
}
