/// A named scheduling priority.
public struct PriorityClass: Sendable {
  public var metadata: ObjectMeta
  public var value: Int32
  public var globalDefault = false
  public var preemptionPolicy: PodSpec.PreemptionPolicy = .preemptLowerPriority

  public init(metadata: ObjectMeta, value: Int32) {
    self.metadata = metadata
    self.value = value
  }

  /// The two classes every cluster has ([36] `pkg/apis/scheduling/types.go`).
  public static let systemClusterCritical: Int32 = 2_000_000_000
  public static let systemNodeCritical: Int32 = 2_000_001_000

  /// The largest value a person may give a class.
  public static let highestUserDefinable: Int32 = 1_000_000_000

  /// A class every cluster has; nil for any other name.
  public static func system(_ name: String) -> PriorityClass? {
    let value: Int32
    switch name {
    case "system-cluster-critical": value = systemClusterCritical
    case "system-node-critical": value = systemNodeCritical
    default: return nil
    }
    return PriorityClass(metadata: ObjectMeta(name: name, namespace: ""), value: value)
  }
}
