public import TimeUnits

/// What every API object carries: its identity, its versions and who owns it.
public struct ObjectMeta: Sendable {
  public var name: String
  /// Empty for cluster-scoped objects.
  public var namespace: String
  public var uid: UID
  /// Rises with every write in the cluster; 0 before the object is stored.
  public var resourceVersion: UInt64 = 0
  /// Rises with every change of the spec.
  public var generation: Int64 = 1
  public var creationTime: SimulationTime = .zero
  /// Set by a graceful deletion: when the grace period ends.
  public var deletionTime: SimulationTime?
  public var deletionGracePeriodSeconds: Int64?
  public var labels: Labels
  public var annotations: Labels
  public var owner: OwnerReference?
  public var finalizers: [String] = []

  public init(
    name: String, namespace: String = "default", uid: UID = UID(), labels: Labels = [:],
    annotations: Labels = [:], owner: OwnerReference? = nil
  ) {
    self.name = name
    self.namespace = namespace
    self.uid = uid
    self.labels = labels
    self.annotations = annotations
    self.owner = owner
  }

  public var isTerminating: Bool { deletionTime != nil }
}

/// The object that controls this one (`controller: true`).
public struct OwnerReference: Hashable, Sendable {
  public var kind: OwnerKind
  public var name: String
  public var uid: UID

  public init(kind: OwnerKind, name: String, uid: UID) {
    self.kind = kind
    self.name = name
    self.uid = uid
  }
}

/// Kinds that own pods or ReplicaSets.
public enum OwnerKind: String, Hashable, Sendable, CaseIterable {
  case deployment = "Deployment"
  case replicaSet = "ReplicaSet"
  case daemonSet = "DaemonSet"
  case statefulSet = "StatefulSet"
  case job = "Job"
  case replicationController = "ReplicationController"
  case node = "Node"
  case other = "Other"
}

/// An object's identity for all time, printed as a UUID and ordered as its text is.
public struct UID: Hashable, Sendable, Comparable {
  public var high: UInt64
  public var low: UInt64

  public init(high: UInt64 = 0, low: UInt64 = 0) {
    self.high = high
    self.low = low
  }

  /// Reads `8baba052-f1c8-4744-95fa-31f480ea2728`; nil for anything else.
  public init?(_ text: String) {
    let digits = text.utf8.filter { $0 != UInt8(ascii: "-") }
    guard digits.count == 32 else { return nil }
    let hex = String(decoding: digits, as: UTF8.self)
    guard let high = UInt64(hex.prefix(16), radix: 16),
      let low = UInt64(hex.suffix(16), radix: 16)
    else { return nil }
    self.init(high: high, low: low)
  }

  public static func < (a: UID, b: UID) -> Bool { (a.high, a.low) < (b.high, b.low) }
}

extension UID: CustomStringConvertible {
  public var description: String {
    func hex(_ value: UInt64) -> String {
      let digits = String(value, radix: 16)
      return String(repeating: "0", count: 16 - digits.count) + digits
    }
    let all = Array((hex(high) + hex(low)).utf8)
    return [0..<8, 8..<12, 12..<16, 16..<20, 20..<32]
      .map { String(decoding: all[$0], as: UTF8.self) }
      .joined(separator: "-")
  }
}
