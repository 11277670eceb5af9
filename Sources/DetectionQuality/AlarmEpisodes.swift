public import AnomalyDetector

/// Alarms of one detector on one series, those that belong together as one: what would wake
/// somebody once.
public enum AlarmEpisodes {
  /// The stretches from a first alarm to the last before a pause.
  ///
  /// A detector fires for many values in a row (the published one for up to 34 windows after one
  /// shift) or restarts and fires again; alarms with fewer than `gap` quiet values between them are
  /// one episode.
  /// - Parameter gap: how many quiet values end an episode, at least 1.
  /// - Complexity: linear in the detections.
  public static func find(in detections: [Detection], gap: Int) -> [ClosedRange<Int>] {
    precondition(gap > 0, "a pause has a length")
    var episodes: [ClosedRange<Int>] = []
    for (number, detection) in detections.enumerated() where detection.isAnomaly {
      if let last = episodes.last, number - last.upperBound <= gap {
        episodes[episodes.count - 1] = last.lowerBound...number
      } else {
        episodes.append(number...number)
      }
    }
    return episodes
  }
}
