import KubernetesObjects

/// Why a group was not considered for growing.
public enum SkipReason: Sendable, Hashable {
  case noTemplate
  case unhealthy
  case backedOff(CreationError)
  case atMaximum
  /// One node more would exceed `cores-total` or `memory-total`.
  case clusterLimit(resource: String)

  /// In the words of `orchestrator/skippedreasons.go` 1.36.
  public var text: String {
    switch self {
    case .noTemplate, .unhealthy: "not ready for scale-up"
    case .backedOff: "in backoff after failed scale-up"
    case .atMaximum: "max node group size reached"
    case .clusterLimit(let resource): "max cluster \(resource) limit reached"
    }
  }
}

/// What was considered for pods that need new nodes, and what would do equally well.
public struct ScaleUpDecision: Sendable {
  /// Pods that are alike.
  public struct PodGroup: Sendable {
    public var pods: [AutoscalerPod]
    /// What each kind of node says to it, by the index of the group: empty where it would fit;
    /// nil where it was not asked.
    public var refusals: [[String]?]
  }

  public var podGroups: [PodGroup] = []
  /// By the index of the group.
  public var skipped: [Int: SkipReason] = [:]
  public var options: [ExpansionOption] = []
  /// The indexes of the options that the expander finds equally good.
  public var best: [Int] = []
  /// What the expander had to say about its configuration.
  public var warnings: [String] = []

  /// The message of the event `NotTriggerScaleUp` for a pod of a group, such as
  /// `pod didn't trigger scale-up: 1 Insufficient cpu, 1 max node group size reached`.
  public func notTriggeredMessage(for podGroup: Int) -> String {
    var counts: [(text: String, count: Int)] = []
    func count(_ text: String) {
      if let place = counts.firstIndex(where: { $0.text == text }) {
        counts[place].count += 1
      } else {
        counts.append((text, 1))
      }
    }
    for refusal in podGroups[podGroup].refusals.compactMap({ $0 }) where !refusal.isEmpty {
      count(refusal.joined(separator: ", "))
    }
    for group in skipped.keys.sorted() { count(skipped[group]!.text) }
    let texts = counts.map { "\($0.count) \($0.text)" }.joined(separator: ", ")
    return "pod didn't trigger scale-up: \(texts)"
  }
}

/// Which groups are to grow, by how much.
public struct ScaleUpPlan: Sendable, Hashable {
  public struct Increase: Sendable, Hashable {
    /// The index of the group.
    public var group: Int
    public var from: Int
    public var to: Int

    public var count: Int { to - from }
  }

  public var increases: [Increase]
  /// Why nothing, or less than estimated, is done; nil if nothing stands in the way.
  public var limit: String?
}
