import Glibc

/// What follows from published figures by arithmetic alone; no parameter is in it.
public enum PublishedArithmetic {
  /// Seconds of draining for each second of a burst, once it is over: (peak − rate)/rate.
  ///
  /// While checks go on at `rate` messages come at `peak`; after that none come.
  public static func drainFactor(peak: Double, rate: Double) -> Double { (peak - rate) / rate }

  /// Messages that a burst leaves behind.
  public static func backlog(peak: Double, rate: Double, seconds: Double) -> Double {
    (peak - rate) * seconds
  }

  /// The share of checks that have `leastRows` rows of their key to read: rows come as a Poisson
  /// stream with the same mean for every key.
  ///
  /// - Parameters:
  ///   - meanRows: rows of a key, on average.
  ///   - leastRows: default 49, of the published source.
  /// - Complexity: O(`leastRows`).
  public static func warmShare(meanRows: Double, leastRows: Int = 49) -> Double {
    guard meanRows > 0 else { return leastRows == 0 ? 1 : 0 }
    var term = exp(-meanRows)
    var below = 0.0
    for row in 0..<leastRows {
      below += term
      term *= meanRows / Double(row + 1)
    }
    return max(0, 1 - below)
  }

  /// Seconds from an empty table until a share of the checks has rows enough.
  ///
  /// - Parameters:
  ///   - share: above 0 and below 1.
  ///   - rate: checks a second.
  ///   - keys: default one million, of the published source.
  public static func secondsUntilWarm(
    _ share: Double, rate: Double, keys: Double = 1e6, leastRows: Int = 49
  ) -> Double {
    precondition(share > 0 && share < 1 && rate > 0)
    var (low, high) = (0.0, 1.0)
    while warmShare(meanRows: high, leastRows: leastRows) < share { high *= 2 }
    for _ in 0..<60 {
      let middle = (low + high) / 2
      if warmShare(meanRows: middle, leastRows: leastRows) < share {
        low = middle
      } else {
        high = middle
      }
    }
    return high * keys / rate
  }
}
