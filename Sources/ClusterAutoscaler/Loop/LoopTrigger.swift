import TimeUnits

/// When the next loop begins.
///
/// Follows `loop/trigger.go` and `main.go` of cluster-autoscaler 1.36: at once after one of the
/// last two loops did something, else after `scan-interval` or when a pod becomes unschedulable.
struct LoopTrigger: Sendable {
  private let options: AutoscalerOptions
  private var lastRun: SimulationTime
  private var previousRun: SimulationTime

  init(options: AutoscalerOptions, startedAt start: SimulationTime) {
    self.options = options
    lastRun = start
    previousRun = start
  }

  mutating func wait(
    afterLoopStartedAt start: SimulationTime, lastScaleUp: SimulationTime,
    lastScaleDownDelete: SimulationTime
  ) -> Duration {
    (previousRun, lastRun) = (lastRun, start)
    guard options.frequentLoopsEnabled, options.release != .v1_13 else {
      return options.scanInterval
    }
    let isProductive = lastScaleUp >= previousRun || lastScaleDownDelete >= previousRun
    return isProductive ? .zero : options.scanInterval
  }
}
