import AnomalyDetector
import DetectionQuality
import Documents

/// Reads one of `spec.variants`.
enum VariantReader {
  enum Detector: String, CaseIterable {
    case published, normalized
  }

  static func read(_ cursor: DocumentCursor, taken: inout [String]) -> DetectorVariant? {
    guard cursor.expectMapping() else { return nil }
    let name = cursor.required("name")?.name(unlike: &taken)
    let history = cursor.field("history")
    let length = history?.whole(in: 1...1_000_000)
    let alarm = cursor.field("alarm")?.word(DetectorVariant.Alarm.self) ?? .reported
    let detector: (any ChangeDetector)?
    let needed: Int
    switch cursor.required("detector")?.word(Detector.self) {
    case .published: (detector, needed) = published(cursor)
    case .normalized: (detector, needed) = normalized(cursor)
    // What its fields mean is not known then.
    case nil: return nil
    }
    cursor.reportUnknownFields()
    if let length, length + 1 < needed {
      history?.error(
        "with the new value these are \(length + 1) values, and the detector decides from "
          + "\(needed) on: it never does")
    }
    guard let name, let detector else { return nil }
    return DetectorVariant(name: name, detector: detector, history: length, alarm: alarm)
  }

  private static func published(
    _ cursor: DocumentCursor
  ) -> (detector: any ChangeDetector, needed: Int) {
    let plain = PublishedCUSUM()
    let detector = PublishedCUSUM(
      magnitude: cursor.field("magnitude")?.finite() ?? plain.magnitude,
      threshold: cursor.field("threshold")?.finite() ?? plain.threshold,
      readyAfter: cursor.field("readyAfter")?.whole(in: 1...1_000_000) ?? plain.readyAfter)
    return (detector, detector.readyAfter)
  }

  private static func normalized(
    _ cursor: DocumentCursor
  ) -> (detector: any ChangeDetector, needed: Int) {
    let plain = NormalizedCUSUM()
    let learned = cursor.field("learnFrom")?.whole(in: 2...1_000_000) ?? plain.learned
    let detector = NormalizedCUSUM(
      baseline: .firstValues(learned), slack: cursor.field("slack")?.finite() ?? plain.slack,
      limit: cursor.field("limit")?.positive() ?? plain.limit,
      sides: cursor.field("sides")?.word(NormalizedCUSUM.Sides.self) ?? plain.sides)
    return (detector, learned + 1)
  }
}
