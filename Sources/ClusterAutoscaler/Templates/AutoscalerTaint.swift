import KubernetesObjects
import TimeUnits

/// The taints that the autoscaler sets itself: `utils/taints/taints.go` of 1.36.
public enum AutoscalerTaint {
  /// A node that is about to go.
  public static let toBeDeleted = "ToBeDeletedByClusterAutoscaler"
  /// A node that would go if nothing changes.
  public static let deletionCandidate = "DeletionCandidateOfClusterAutoscaler"

  /// Whether a taint says something about one node's moment, and not about its kind.
  static func isTransient(_ taint: Taint) -> Bool {
    taint.key == toBeDeleted || taint.key == deletionCandidate
      || conditions.contains(taint.key)
  }

  private static let conditions: Set<String> = [
    Taint.Key.notReady, Taint.Key.unreachable, Taint.Key.unschedulable,
    Taint.Key.memoryPressure, Taint.Key.diskPressure, Taint.Key.pidPressure,
    Taint.Key.networkUnavailable, Taint.Key.outOfService, Taint.Key.shutdown,
    Taint.Key.uninitialized,
  ]
}

extension Node {
  var isToBeDeleted: Bool { taints.contains { $0.key == AutoscalerTaint.toBeDeleted } }

  var isDeletionCandidate: Bool {
    taints.contains { $0.key == AutoscalerTaint.deletionCandidate }
  }

  /// Whether a removal is under way: its taint says since which second, and counts for five
  /// minutes (`MaxCloudProviderNodeDeletionTime`); one that does not say so counts for good.
  func isBeingDeleted(at now: SimulationTime) -> Bool {
    taints.contains { taint in
      guard taint.key == AutoscalerTaint.toBeDeleted else { return false }
      return Int64(taint.value).map { now < .seconds($0 + 5 * 60) } ?? true
    }
  }
}
