public import KubeScheduler

/// How kube-scheduler is set up: what a `KubeSchedulerConfiguration` says, or the era's defaults.
public struct SchedulerSettings: Sendable {
  /// One for each scheduler name; never empty.
  public var profiles: [SchedulerProfile]
  /// The waits of its queue.
  public var queue: QueueOptions

  public init(profiles: [SchedulerProfile], queue: QueueOptions) {
    self.profiles = profiles
    self.queue = queue
  }

  public static let kubernetes1_36 = SchedulerSettings(
    profiles: [.kubernetes1_36], queue: .kubernetes1_36)
  public static let kubernetes1_11 = SchedulerSettings(
    profiles: [.kubernetes1_11], queue: .kubernetes1_11)
}
