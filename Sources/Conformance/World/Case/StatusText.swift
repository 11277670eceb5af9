import Documents
import KubeControllers
import KubernetesObjects

/// Statuses in words, so that a recorded one and one of ours can be compared and shown.
enum StatusText {
  private static let fields: [String: [String]] = [
    "Deployment": [
      "observedGeneration", "replicas", "updatedReplicas", "readyReplicas", "availableReplicas",
      "unavailableReplicas", "terminatingReplicas",
    ],
    "DaemonSet": [
      "observedGeneration", "currentNumberScheduled", "desiredNumberScheduled",
      "numberMisscheduled", "numberReady", "numberAvailable", "numberUnavailable",
      "updatedNumberScheduled",
    ],
    "Job": ["active", "ready", "terminating", "succeeded", "failed"],
    "PodDisruptionBudget": [
      "observedGeneration", "expectedPods", "desiredHealthy", "currentHealthy",
      "disruptionsAllowed",
    ],
    "StatefulSet": [
      "observedGeneration", "replicas", "readyReplicas", "availableReplicas", "currentReplicas",
      "updatedReplicas", "currentRevision", "updateRevision",
    ],
  ]

  static func of(_ kind: String, _ status: DocumentNode, conditions: DocumentNode?) -> String? {
    guard let fields = fields[kind] else { return nil }
    let values = fields.map { ($0, status[$0]?.scalarText ?? "0") }
    let told = (conditions?.elements ?? []).map { condition in
      (
        condition["type"]?.scalarText ?? "", condition["status"]?.scalarText ?? "",
        condition["reason"]?.scalarText ?? ""
      )
    }
    return text(values, told)
  }

  static func replicaSet(_ record: DocumentNode) -> String {
    let fields = ["observedGeneration", "replicas", "ready", "available", "terminating"]
    return text(fields.map { ($0, record[$0]?.scalarText ?? "0") }, [])
  }

  private static func text(
    _ values: [(String, String)], _ conditions: [(String, String, String)]
  ) -> String {
    let counts = values.map { "\($0.0) \($0.1)" }
    let told = conditions.map { "\($0.0)=\($0.1)/\($0.2)" }.sorted()
    return (counts + told).joined(separator: ", ")
  }

  // MARK: Ours

  static func of(_ status: DeploymentStatus) -> String {
    let values: [Int64] = [
      status.observedGeneration, status.replicas, status.updatedReplicas, status.readyReplicas,
      status.availableReplicas, status.unavailableReplicas, status.terminatingReplicas,
    ]
    return text(
      pairs("Deployment", values.map(String.init)),
      status.conditions.map { ($0.type.rawValue, $0.status.rawValue, $0.reason) })
  }

  static func of(_ status: ReplicaSetStatus) -> String {
    text(
      [
        ("observedGeneration", status.observedGeneration), ("replicas", status.replicas),
        ("ready", status.readyReplicas), ("available", status.availableReplicas),
        ("terminating", status.terminatingReplicas),
      ].map { ($0.0, String($0.1)) }, [])
  }

  static func of(_ status: DaemonSetStatus) -> String {
    let values: [Int64] = [
      status.observedGeneration, status.currentNumberScheduled, status.desiredNumberScheduled,
      status.numberMisscheduled, status.numberReady, status.numberAvailable,
      status.numberUnavailable, status.updatedNumberScheduled,
    ]
    return text(pairs("DaemonSet", values.map(String.init)), [])
  }

  static func of(_ status: StatefulSetStatus) -> String {
    let values: [Int64] = [
      status.observedGeneration, status.replicas, status.readyReplicas, status.availableReplicas,
      status.currentReplicas, status.updatedReplicas,
    ]
    return text(
      pairs(
        "StatefulSet",
        values.map(String.init) + [status.currentRevision, status.updateRevision]), [])
  }

  static func of(_ status: JobStatus) -> String {
    let values = [
      status.active, status.ready, status.terminating, status.succeeded, status.failed,
    ]
    return text(
      pairs("Job", values.map(String.init)),
      status.conditions.map { ($0.type.rawValue, $0.status.rawValue, $0.reason) })
  }

  static func of(_ status: DisruptionBudgetStatus) -> String {
    let values: [Int64] = [
      status.observedGeneration, status.expectedPods, status.desiredHealthy,
      status.currentHealthy, status.disruptionsAllowed,
    ]
    let allowed = status.disruptionsAllowed > 0 ? "True" : "False"
    return text(
      pairs("PodDisruptionBudget", values.map(String.init)),
      [("DisruptionAllowed", allowed, status.reason)])
  }

  private static func pairs(_ kind: String, _ values: [String]) -> [(String, String)] {
    Array(zip(fields[kind] ?? [], values))
  }
}
