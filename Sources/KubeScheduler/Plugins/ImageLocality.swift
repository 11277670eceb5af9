import KubernetesObjects

/// Prefers nodes that hold the pod's images already (`plugins/imagelocality` 1.36).
struct ImageLocality: ScorePlugin {
  let name = PluginName.imageLocality

  /// Bytes below which images on a node count for nothing.
  private static let threshold: Int64 = 23 << 20
  /// Bytes per container above which more counts no further.
  private static let ceiling: Int64 = 1000 << 20

  func score(
    _ rows: [NodeIndex], _ cycle: CycleState, _ snapshot: inout SchedulerSnapshot,
    into scores: inout [Int64]
  ) -> ScoreOutcome {
    if snapshot.images.isEmpty { return .uniform(0) }
    scores.fill(rows) { _ in 0 }
    let spec = snapshot.classes.classes[Int(cycle.podClass)].spec.value.spec
    let containers = spec.initContainers + spec.containers
    for image in containers.lazy.map(\.image) where !image.isEmpty {
      guard let state = snapshot.images.state(of: image) else { continue }
      // An image that few nodes hold draws less, lest all pods heap up there.
      let spread = Double(state.holders) / Double(snapshot.nodeCount)
      let worth = Int64(Double(state.size) * spread)
      for (index, row) in rows.enumerated() where state.isHeld(by: row) {
        scores[index] &+= worth
      }
    }
    let ceiling = Self.ceiling * Int64(containers.count)
    for index in scores.indices {
      let sum = Swift.max(Self.threshold, Swift.min(scores[index], ceiling))
      scores[index] = 100 * (sum - Self.threshold) / (ceiling - Self.threshold)
    }
    return .written
  }
}
