public import AnomalyDetector

/// A detector, and how it is fed and asked.
public struct DetectorVariant: Sendable {
  /// How it is called in tables.
  public var name: String
  public var detector: any ChangeDetector
  /// From how many earlier values it is rebuilt for each new one; nil lets it run on.
  ///
  /// Anomalia Machina rebuilds it from the last 50 rows of the event's id.
  public var history: Int?
  /// Which of the detector's words is an alarm.
  public var alarm: Alarm

  /// Which of a detector's words is an alarm.
  public enum Alarm: String, Hashable, Sendable, CaseIterable {
    /// What the detector reports.
    case reported
    /// A change to either side, reported or not.
    case either
  }

  /// A variant as given; default: the detector runs on and its reports are alarms.
  public init(
    name: String, detector: any ChangeDetector, history: Int? = nil, alarm: Alarm = .reported
  ) {
    precondition(history ?? 1 > 0, "a history has a length")
    self.name = name
    self.detector = detector
    self.history = history
    self.alarm = alarm
  }

  /// The decision about each value of a series, `isAnomaly` being what `alarm` says.
  /// - Complexity: linear in the values, times `history`.
  public func judge(_ values: [Double]) -> [Detection] {
    func judge(_ detector: some ChangeDetector) -> [Detection] {
      var detections = raw(values, by: detector)
      if alarm == .either {
        for index in detections.indices {
          detections[index].isAnomaly = detections[index].changeHigh || detections[index].changeLow
        }
      }
      return detections
    }
    return judge(detector)
  }

  private func raw(_ values: [Double], by detector: some ChangeDetector) -> [Detection] {
    // Said for both kinds by name, so that their loops are compiled for them: ten times as fast.
    switch detector {
    case let detector as PublishedCUSUM: Self.raw(values, detector, history)
    case let detector as NormalizedCUSUM: Self.raw(values, detector, history)
    default: Self.raw(values, detector, history)
    }
  }

  private static func raw<Detector: ChangeDetector>(
    _ values: [Double], _ detector: Detector, _ history: Int?
  ) -> [Detection] {
    guard let history else {
      var detector = detector
      detector.reset()
      return values.map { detector.observe($0) }
    }
    return values.indices.map { detector.check(window: values[max(0, $0 - history)...$0]) }
  }
}
