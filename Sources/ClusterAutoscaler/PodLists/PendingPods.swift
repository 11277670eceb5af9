import KubeScheduler
import KubernetesObjects
import TimeUnits

/// From all pending pods to those that new nodes are to be found for.
///
/// Follows `core/podlistprocessor` and `core/static_autoscaler.go` (`filterOutYoungPods`,
/// `allPodsAreNew`) of cluster-autoscaler 1.36.
struct PendingPods: Sendable {
  /// How young the youngest pods are that a scale-up waits a loop for, in case more come.
  static let newPodBuffer: Duration = .seconds(2)
  /// The same if any asks for a GPU, which a node may be about to report.
  static let newGPUPodBuffer: Duration = .seconds(30)
  /// The annotation by which a pod asks to be helped later than the flag says.
  static let delayAnnotation = "cluster-autoscaler.kubernetes.io/pod-scale-up-delay"

  private var simulator = HintingSimulator()

  /// Places pods that fit nodes that are there or on their way; the others are returned, by
  /// priority.
  mutating func filterOutSchedulable(
    _ pods: [AutoscalerPod], in snapshot: inout ClusterSnapshot
  ) -> (left: [AutoscalerPod], placed: Int, overflowingControllers: Int) {
    let sorted = Self.byPriority(pods)
    let result = simulator.place(sorted, in: &snapshot, breaksOnFailure: false) { _ in true }
    simulator.dropOldHints()
    var isPlaced = [Bool](repeating: false, count: sorted.count)
    for placement in result.placed { isPlaced[placement.pod] = true }
    let left = zip(sorted, isPlaced).lazy.filter { !$0.1 }.map(\.0)
    return (Array(left), result.placed.count, result.overflowingControllers)
  }

  /// The most important first; equals keep their order.
  private static func byPriority(_ pods: [AutoscalerPod]) -> [AutoscalerPod] {
    let priorities = pods.map(\.priority)
    if zip(priorities, priorities.dropFirst()).allSatisfy({ $0 >= $1 }) { return pods }
    return pods.indices.sorted { (priorities[$1], $0) < (priorities[$0], $1) }.map { pods[$0] }
  }

  /// Whether a pod has waited as long as the flag and its annotation want.
  static func isOldEnough(
    _ pod: Pod, at now: SimulationTime, _ options: AutoscalerOptions
  ) -> Bool {
    var delay = options.newPodScaleUpDelay
    if let text = pod.metadata.annotations[delayAnnotation], let asked = FlagText.duration(text),
      asked >= delay
    {
      delay = asked
    }
    return now - pod.metadata.creationTime > delay
  }

  /// Whether even the oldest was created just now.
  static func areAllNew(_ pods: [AutoscalerPod], at now: SimulationTime) -> Bool {
    guard let oldest = pods.lazy.map(\.pod.metadata.creationTime).min() else { return false }
    if oldest + newPodBuffer > now { return true }
    let wantsGPU = pods.contains { $0.pod.asksForGPU }
    return wantsGPU && oldest + newGPUPodBuffer > now
  }
}

extension AutoscalerPod {
  var priority: Int32 { pod.spec.value.priority }
}

extension Pod {
  /// Whether the pod asks for a GPU of any vendor (`utils/gpu/gpu.go` 1.36).
  var asksForGPU: Bool {
    spec.value.requests.scalars.contains { $0.value > 0 && GPUResource.names.contains($0.name) }
  }
}

/// The extended resources that count as GPUs: `utils/gpu/gpu.go` of cluster-autoscaler 1.36.
enum GPUResource {
  static let names = ["nvidia.com/gpu", "amd.com/gpu", "gpu.intel.com/i915", "gpu.intel.com/xe"]
}
