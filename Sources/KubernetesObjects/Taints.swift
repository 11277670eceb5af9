/// A mark on a node that keeps or drives away pods that do not tolerate it.
public struct Taint: Hashable, Sendable {
  public enum Effect: String, Hashable, Sendable, CaseIterable {
    case noSchedule = "NoSchedule"
    case preferNoSchedule = "PreferNoSchedule"
    case noExecute = "NoExecute"
  }

  public var key: String
  public var value: String
  public var effect: Effect

  public init(key: String, value: String = "", effect: Effect) {
    self.key = key
    self.value = value
    self.effect = effect
  }
}

extension Taint: CustomStringConvertible {
  /// `key=value:Effect`, or `key:Effect` without a value, as kubectl writes it.
  public var description: String {
    value.isEmpty ? "\(key):\(effect.rawValue)" : "\(key)=\(value):\(effect.rawValue)"
  }
}

/// What a pod puts up with.
public struct Toleration: Hashable, Sendable {
  public enum Operator: String, Hashable, Sendable, CaseIterable {
    case equal = "Equal"
    case exists = "Exists"
  }

  /// Empty with `exists` tolerates every key.
  public var key: String
  public var `operator`: Operator
  public var value: String
  /// Nil tolerates every effect.
  public var effect: Taint.Effect?
  /// For NoExecute: how long the pod stays; nil means for ever.
  public var seconds: Int64?

  public init(
    key: String = "", operator: Operator = .equal, value: String = "",
    effect: Taint.Effect? = nil, seconds: Int64? = nil
  ) {
    self.key = key
    self.operator = `operator`
    self.value = value
    self.effect = effect
    self.seconds = seconds
  }

  /// Follows `Toleration.ToleratesTaint` of k8s.io/api core/v1 1.36.
  public func tolerates(_ taint: Taint) -> Bool {
    if let effect, effect != taint.effect { return false }
    if !key.isEmpty, key != taint.key { return false }
    switch `operator` {
    case .exists: return true
    case .equal: return value == taint.value && !key.isEmpty
    }
  }
}

extension Taint {
  /// The well-known taints of the node controller, kubelet and kubectl cordon.
  public enum Key {
    public static let notReady = "node.kubernetes.io/not-ready"
    public static let unreachable = "node.kubernetes.io/unreachable"
    public static let unschedulable = "node.kubernetes.io/unschedulable"
    public static let memoryPressure = "node.kubernetes.io/memory-pressure"
    public static let diskPressure = "node.kubernetes.io/disk-pressure"
    public static let pidPressure = "node.kubernetes.io/pid-pressure"
    public static let networkUnavailable = "node.kubernetes.io/network-unavailable"
    public static let outOfService = "node.kubernetes.io/out-of-service"
    public static let shutdown = "node.cloudprovider.kubernetes.io/shutdown"
    public static let uninitialized = "node.cloudprovider.kubernetes.io/uninitialized"
  }
}
