public import KubernetesObjects

/// Whether a kubelet takes a pod that was bound to its node.
///
/// Follows `pkg/kubelet/lifecycle/predicate.go` of Kubernetes 1.36: the scheduler's fit, affinity
/// and name checks once more, against what this node really holds. A refused pod is Failed for
/// good.
public enum PodAdmission {
  public enum Decision: Sendable, Hashable {
    case admit
    case reject(reason: String, message: String)
  }

  /// What the node's pods hold, terminated ones left out.
  public struct Holdings: Sendable {
    public var requested = ResourceVector()
    public var podCount: Int64 = 0

    public init() {}

    public mutating func add(_ blueprint: PodBlueprint) {
      requested += blueprint.requests
      podCount += 1
    }

    public mutating func remove(_ blueprint: PodBlueprint) {
      requested -= blueprint.requests
      podCount -= 1
    }
  }

  /// Decides about `pod` on `node` beside what the node holds.
  ///
  /// The first failing resource gives the reason, in the order pods, cpu, memory,
  /// ephemeral-storage, extended.
  public static func decide(
    _ pod: PodBlueprint, on node: Node, allocatable: ResourceVector, maxPods: Int64,
    beside holdings: Holdings
  ) -> Decision {
    if holdings.podCount + 1 > maxPods {
      return lacking("pods", 1, holdings.podCount, maxPods)
    }
    let wanted = pod.requests
    let rows: [(String, Int64, Int64, Int64)] = [
      ("cpu", wanted.milliCPU, holdings.requested.milliCPU, allocatable.milliCPU),
      ("memory", wanted.memory, holdings.requested.memory, allocatable.memory),
      (
        "ephemeral-storage", wanted.ephemeralStorage, holdings.requested.ephemeralStorage,
        allocatable.ephemeralStorage
      ),
    ]
    for (name, request, used, capacity) in rows where request > 0 && request > capacity - used {
      return lacking(name, request, used, capacity)
    }
    for scalar in wanted.scalars where scalar.value > 0 {
      let used = holdings.requested.scalar(scalar.name)
      let capacity = allocatable.scalar(scalar.name)
      if scalar.value > capacity - used {
        return lacking(scalar.name, scalar.value, used, capacity)
      }
    }
    guard matches(pod.spec, node) else {
      return .reject(
        reason: "NodeAffinity",
        message: "Pod was rejected: Predicate NodeAffinity failed: node(s) didn't match Pod's node "
          + "affinity/selector")
    }
    return .admit
  }

  private static func lacking(
    _ resource: String, _ requested: Int64, _ used: Int64, _ capacity: Int64
  ) -> Decision {
    .reject(
      reason: "OutOf\(resource)",
      message: "Pod was rejected: Node didn't have enough resource: \(resource), requested: "
        + "\(requested), used: \(used), capacity: \(capacity)")
  }

  private static func matches(_ spec: PodSpec, _ node: Node) -> Bool {
    guard node.metadata.labels.contains(spec.nodeSelector) else { return false }
    guard let terms = spec.affinity?.requiredNodeTerms else { return true }
    let fields: Labels = ["metadata.name": node.name]
    return terms.contains { term in
      !(term.matchExpressions.isEmpty && term.matchFields.isEmpty)
        && term.matchExpressions.allSatisfy { $0.matches(node.metadata.labels) }
        && term.matchFields.allSatisfy { $0.matches(fields) }
    }
  }
}
