import ClusterAutoscaler
import TimeUnits

extension AutoscalerWorld {
  /// Plays one loop with one draw of what a recording does not show after another, until what it
  /// asks the cloud for is what the recorded run asked for; the last one stays if none is, and a
  /// run that has gone another way is not played to its end.
  mutating func followLoop() -> LoopReport {
    let before = self
    var report = playLoop()
    for _ in 1..<AutoscalerGuide.drawsPerLoop where standing != .agrees {
      let stream = ties.stream
      self = before
      ties.stream = stream
      report = playLoop()
    }
    if standing == .elsewhere { isOver = true }
    return report
  }

  private enum Standing { case agrees, late, elsewhere }

  /// Whether the sizes asked for until now begin as the recorded ones, and one is late by a loop
  /// or two.
  private var standing: Standing {
    guard let recorded = ties.guide?.sizeChanges else { return .agrees }
    let ours = AutoscalerGuide.sizeChanges(of: timeline)
    guard ours.count <= recorded.count, zip(ours, recorded).allSatisfy({ $0.what == $1.what })
    else { return .elsewhere }
    guard ours.count < recorded.count else { return .agrees }
    let time = recorded[ours.count].time
    return time <= now && time + .milliseconds(500) > now ? .late : .agrees
  }
}
