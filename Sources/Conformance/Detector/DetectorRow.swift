public import AnomalyDetector

/// A detector's state after one value, as the recordings tell it.
public struct DetectorRow: Hashable, Sendable {
  /// The value, in its own unit.
  public var value: Double
  /// The detector's level: the mean so far, or what it learned or was told.
  public var mean: Double
  /// In the square of the values' unit.
  public var sumSquaredDeviation: Double
  /// The upper sum, in the detector's own unit: the values' as published, *σ* normalized.
  public var cusumHigh: Double
  /// The lower sum, in the same unit.
  public var cusumLow: Double
  /// What the detector says of the value.
  public var detection: Detection

  /// The names of a row's fields, in order.
  public static let columns = [
    "value", "mean", "sum_squared_deviation", "cusum_high", "cusum_low", "ready", "change_high",
    "change_low",
  ]

  /// The fields that are numbers, in the order of `columns`.
  public var numbers: [Double] { [value, mean, sumSquaredDeviation, cusumHigh, cusumLow] }

  /// The fields that are true or false, in the order of `columns`.
  public var facts: [Bool] { [detection.isReady, detection.changeHigh, detection.changeLow] }

  init(_ value: Double, _ detector: PublishedCUSUM, _ detection: Detection) {
    self.value = value
    mean = detector.mean
    sumSquaredDeviation = detector.sumSquaredDeviation
    cusumHigh = detector.cusumHigh
    cusumLow = detector.cusumLow
    self.detection = detection
  }

  init(_ value: Double, _ detector: NormalizedCUSUM, _ detection: Detection) {
    self.value = value
    mean = detector.mean
    sumSquaredDeviation = detector.sumSquaredDeviation
    cusumHigh = detector.cusumHigh
    cusumLow = detector.cusumLow
    self.detection = detection
  }
}

/// One of the detectors with its parameters, and how much of the past it is given.
public struct DetectorReplay: Hashable, Sendable {
  /// A detector that a table can be made of; what it has seen before does not count.
  public enum Detector: Hashable, Sendable {
    case published(PublishedCUSUM)
    case normalized(NormalizedCUSUM)
  }

  /// The detector with its parameters.
  public var detector: Detector
  /// How many of the last values a new detector sees for each value, this one included; nil, the
  /// default, for one detector that sees all.
  public var window: Int?

  /// A replay of what is given later.
  public init(_ detector: Detector, window: Int? = nil) {
    self.detector = detector
    self.window = window
  }

  /// The state after each of the values, in order.
  /// - Complexity: O(*n*) for *n* values; O(*n* · *window*) with a window.
  public func forEachRow(of values: [Double], _ body: (DetectorRow) throws -> Void) rethrows {
    switch detector {
    case .published(let detector):
      try replay(detector, values) { try body(DetectorRow($0, $1, $2)) }
    case .normalized(let detector):
      try replay(detector, values) { try body(DetectorRow($0, $1, $2)) }
    }
  }

  private func replay<Detector: ChangeDetector>(
    _ initial: Detector, _ values: [Double], _ body: (Double, Detector, Detection) throws -> Void
  ) rethrows {
    var detector = initial
    detector.reset()
    for (index, value) in values.enumerated() {
      if let window {
        detector.reset()
        for earlier in values[max(0, index + 1 - window)..<index] { _ = detector.observe(earlier) }
      }
      let detection = detector.observe(value)
      try body(value, detector, detection)
    }
  }
}
