import TimeUnits

/// A pod's quality of service: which group of the cgroup tree it is in.
public enum PodGroupClass: UInt8, Sendable, Hashable, CaseIterable {
  case guaranteed, burstable, bestEffort
}

/// A pod's cgroup.
public struct PodGroup: Sendable, Hashable {
  public var qos: PodGroupClass
  /// Its CPU weight among its siblings.
  public var weight: Double
  /// Cores; infinite without a limit.
  public var quota: Double

  public init(qos: PodGroupClass, weight: Double, quota: Double = .infinity) {
    self.qos = qos
    self.weight = weight
    self.quota = quota
  }
}

/// What one container wants of its machine, and how its memory grows.
public struct ContainerLoad: Sendable, Hashable {
  /// Its CPU weight within its pod.
  public var weight: Double = 2
  /// Cores; infinite without a limit.
  public var quota: Double = .infinity
  /// MiB; infinite without a limit.
  public var memoryLimit: Double = .infinity
  /// Its `oom_score_adj`.
  public var oomAdjustment: Int64 = 1000
  /// Threads that want to run once it has started; each uses up to a core.
  public var threads: Double = 0
  /// CPU seconds until it has started; meanwhile its memory rises to `baseMemory`.
  public var startCPU: Double = 0
  /// Threads that run while it starts.
  public var startThreads: Double = 1
  /// MiB once it has started.
  public var baseMemory: Double = 0
  /// MiB for each CPU second afterwards.
  public var growthPerCPUSecond: Double = 0
  /// MiB for each second afterwards, while it runs at full speed.
  public var growthPerSecond: Double = 0
  /// MiB at which growth ends.
  public var fullMemory: Double = .infinity
  /// MiB of hot file pages of its image, and the image's number.
  public var files: Double = 0
  public var image: UInt32 = 0

  public init() {}
}

/// What a container has used so far.
public struct ContainerUsage: Sendable, Hashable {
  /// MiB of anonymous memory now.
  public var memory: Double = 0
  public var cpuSeconds: Double = 0
  /// Periods of CFS bandwidth control in which it ran, and in which it was held up.
  public var periods: Double = 0
  public var throttledPeriods: Double = 0
  public var throttledSeconds: Double = 0

  public init() {}
}
