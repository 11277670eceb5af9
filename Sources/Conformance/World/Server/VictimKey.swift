import KubeControllers
import KubernetesObjects
import TimeUnits

/// What a ReplicaSet ranks a pod by, in the form in which recordings tell it.
enum VictimKey {
  static func text(_ pod: WorldPod) -> String {
    let status = pod.pod.status
    return text(
      phase: status.phase.rawValue, isReady: status.isReady,
      created: pod.pod.metadata.creationTime.secondsValue,
      readySince: status.readySince?.secondsValue,
      restarts: Int64(status.containers.map(\.restartCount).max() ?? 0),
      cost: DeletionCandidate.deletionCost(pod.pod.metadata.annotations))
  }

  static func text(
    phase: String, isReady: Bool, created: Double, readySince: Double?, restarts: Int64,
    cost: Int64
  ) -> String {
    // Milliseconds: the recordings' precision.
    func rounded(_ seconds: Double) -> Int64 { Int64((seconds * 1000).rounded()) }
    let since = isReady ? readySince.map { "\(rounded($0))" } ?? "?" : "-"
    return "\(phase) ready \(since) created \(rounded(created)) restarts \(restarts) cost \(cost)"
  }
}
