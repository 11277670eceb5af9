import AnomalyDetector
import DetectionQuality
import Testing

/// How detectors are fed and asked.
@Suite struct VariantTests {
  private static let values = (0..<130).map { Double($0 * 7_919 % 101) + ($0 < 90 ? 0 : 500) }

  @Test("With a history each value is judged by a new detector, fed what came before it")
  func history() {
    let variant = DetectorVariant(name: "v", detector: PublishedCUSUM(), history: 50)
    let detections = variant.judge(Self.values)
    #expect(detections.firstIndex { $0.isReady } == 49)
    for number in Self.values.indices {
      var detector = PublishedCUSUM()
      var last = Detection.undecided
      for value in Self.values[max(0, number - 50)...number] { last = detector.observe(value) }
      #expect(detections[number] == last)
    }
    #expect(detections.contains { $0.isAnomaly })
  }

  @Test("Without one it runs on; what was seen before is forgotten first")
  func running() {
    var used = NormalizedCUSUM()
    for value in Self.values { _ = used.observe(value) }
    let fresh = DetectorVariant(name: "v", detector: NormalizedCUSUM()).judge(Self.values)
    #expect(DetectorVariant(name: "v", detector: used).judge(Self.values) == fresh)
    #expect(fresh.firstIndex { $0.isReady } == 50)
  }

  @Test("The side that is never reported counts where it is asked for")
  func either() {
    let falling = Self.values.map { -$0 }
    let reported = DetectorVariant(name: "v", detector: PublishedCUSUM(), history: 50)
    let either = DetectorVariant(
      name: "v", detector: PublishedCUSUM(), history: 50, alarm: .either)
    #expect(!reported.judge(falling).contains { $0.isAnomaly })
    #expect(either.judge(falling).contains { $0.isAnomaly })
  }
}
