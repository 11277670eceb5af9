public import AnomalyDetector

/// How one detector did on one series.
public struct DetectionScore: Hashable, Sendable {
  /// The windows in which the detector was ready at some value.
  public internal(set) var windows = 0
  /// Those of them with an alarm inside, wherever its episode began.
  public internal(set) var found = 0
  /// Of each found window of a truth with onsets the values from its first to the first alarm; 0 is
  /// an alarm at once.
  public internal(set) var delays: [Int] = []
  /// Episodes that begin in a window.
  public internal(set) var trueEpisodes = 0
  /// Episodes that begin where nothing happens.
  public internal(set) var falseEpisodes = 0
  /// Values where nothing happens and the detector was ready.
  public internal(set) var quiet = 0
  /// Those of them with an alarm.
  public internal(set) var quietAlarms = 0
  /// Values in windows at which the detector was ready.
  public internal(set) var inWindows = 0

  /// Nothing seen.
  public init() {}

  /// Holds the detections on a series against the truth about it.
  ///
  /// Episodes that begin where alarms do not count are neither true nor false.
  /// - Parameter gap: how many quiet values end an episode.
  /// - Complexity: linear in the values.
  public init(_ detections: [Detection], truth: GroundTruth, gap: Int) {
    precondition(detections.count == truth.count, "each value has a detection")
    var ready = [Bool](repeating: false, count: truth.windows.count)
    var first = [Int?](repeating: nil, count: truth.windows.count)
    for (number, detection) in detections.enumerated() where detection.isReady {
      switch truth.place(of: number) {
      case .window(let window):
        inWindows += 1
        ready[window] = true
        if detection.isAnomaly, first[window] == nil { first[window] = number }
      case .quiet:
        quiet += 1
        if detection.isAnomaly { quietAlarms += 1 }
      case .leftOut: break
      }
    }
    windows = ready.count { $0 }
    for (window, alarm) in zip(truth.windows, first) {
      guard let alarm else { continue }
      found += 1
      if truth.hasOnsets { delays.append(alarm - window.lowerBound) }
    }
    for episode in AlarmEpisodes.find(in: detections, gap: gap) {
      switch truth.place(of: episode.lowerBound) {
      case .window: trueEpisodes += 1
      case .quiet: falseEpisodes += 1
      case .leftOut: break
      }
    }
  }
}
