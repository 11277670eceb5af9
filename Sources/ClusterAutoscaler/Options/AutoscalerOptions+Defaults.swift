extension AutoscalerOptions {
  /// What the flags are when nobody sets them, release by release (`config/flags/flags.go` of
  /// 1.36; `main.go` of 1.13, and what 1.13 does where later releases have a flag).
  public static func defaults(for release: AutoscalerRelease) -> AutoscalerOptions {
    var options = AutoscalerOptions()
    options.release = release
    guard release == .v1_13 else { return options }
    options.expander = [.random]
    options.frequentLoopsEnabled = false
    options.scaleDownDelayAfterDelete = options.scanInterval
    options.memoryDifferenceRatio = 0
    options.maxNodesPerScaleUp = 0
    options.maxNodegroupBinpackingDuration = .zero
    options.maxDrainParallelism = 1
    options.nodeDeleteDelayAfterTaint = .zero
    options.maxBulkSoftTaintCount = 0
    options.cordonNodeBeforeTerminating = false
    options.daemonSetEvictionForOccupiedNodes = false
    return options
  }
}
