import AnomalyDetector
import CDetectorYardstick

/// What is measured: the same work by both sides, each giving a hash of what it found.
enum DetectorLoops {
  typealias Values = UnsafeBufferPointer<Double>

  @inline(never)
  static func stream(_ values: Values, passes: Int) -> UInt64 {
    var detector = PublishedCUSUM()
    var changes: UInt64 = 0
    for _ in 0..<passes {
      for value in values { changes &+= code(detector.observe(value)) }
    }
    return changes ^ detector.mean.bitPattern ^ detector.sumSquaredDeviation.bitPattern
      ^ detector.cusumHigh.bitPattern ^ detector.cusumLow.bitPattern
  }

  static func streamOfC(_ values: Values, passes: Int) -> UInt64 {
    var detector = yardstick
    var changes: UInt64 = 0
    for _ in 0..<passes {
      changes &+= yardstick_stream(&detector, values.baseAddress, values.count)
    }
    return changes ^ detector.mean.bitPattern ^ detector.sum_squared_deviation.bitPattern
      ^ detector.cusum_high.bitPattern ^ detector.cusum_low.bitPattern
  }

  @inline(never)
  static func windows(_ values: Values, length: Int, passes: Int) -> UInt64 {
    let detector = PublishedCUSUM()
    var changes: UInt64 = 0
    for _ in 0..<passes {
      for start in stride(from: 0, to: values.count, by: length) {
        let window = Values(rebasing: values[start..<start + length])
        changes &+= code(detector.check(window: window))
      }
    }
    return changes
  }

  static func windowsOfC(_ values: Values, length: Int, passes: Int) -> UInt64 {
    var changes: UInt64 = 0
    for _ in 0..<passes {
      changes &+= yardstick_windows(yardstick, values.baseAddress, values.count / length, length)
    }
    return changes
  }

  /// With the published parameters.
  private static var yardstick: yardstick_detector {
    let published = PublishedCUSUM()
    return yardstick_detector(
      magnitude: published.magnitude, threshold: published.threshold,
      ready_after: Int64(published.readyAfter), mean: 0, sum_squared_deviation: 0, cusum_high: 0,
      cusum_low: 0, count: 0)
  }

  @inline(__always)
  private static func code(_ detection: Detection) -> UInt64 {
    (detection.changeHigh ? 1 : 0) | (detection.changeLow ? 2 : 0)
  }
}
