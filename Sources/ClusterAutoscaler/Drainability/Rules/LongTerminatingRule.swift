import KubernetesObjects
import TimeUnits

/// A pod that should have ended long ago counts as gone (`rules/longterminating` 1.36).
struct LongTerminatingRule: DrainabilityRule {
  /// `PodDeletionTimeout` of `utils/drain/drain.go` 1.13.
  private static let deletionTimeout113: Duration = .seconds(12 * 60)

  func outcome(of pod: Pod, in context: DrainContext) -> DrainOutcome {
    if context.options.release == .v1_13 {
      guard let end = pod.metadata.deletionTime else { return .undefined }
      return end + Self.deletionTimeout113 < context.now ? .skip : .undefined
    }
    return pod.isLongTerminating(at: context.now) ? .skip : .undefined
  }
}

extension Pod {
  /// Whether the pod has outlived its end by its grace period and 30 s more
  /// (`utils/drain/drain.go`, `IsPodLongTerminating` 1.36).
  ///
  /// The API's deletion time already contains the grace period; the real program adds it again.
  func isLongTerminating(at now: SimulationTime) -> Bool {
    guard let end = metadata.deletionTime else { return false }
    return end + .seconds(spec.value.spec.terminationGracePeriodSeconds + 30) < now
  }
}
