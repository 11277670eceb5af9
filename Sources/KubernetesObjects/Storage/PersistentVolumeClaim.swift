/// A pod's wish for storage, and the volume it got (core/v1).
public struct PersistentVolumeClaim: Sendable {
  public enum Phase: String, Sendable, Hashable, CaseIterable {
    case pending = "Pending"
    case bound = "Bound"
    /// Its volume is gone.
    case lost = "Lost"
  }

  public var metadata: ObjectMeta
  public var request: Quantity
  /// Nil: the default class, which admission fills in; empty: a volume of no class.
  public var storageClassName: String?
  public var accessModes: [AccessMode] = []
  public var volumeMode = VolumeMode.filesystem
  public var selector: LabelSelector?
  /// Nil until there is one.
  public var volumeName: String?
  /// Whether the binding is complete: until then a `volumeName` is only a wish.
  public var isBound = false
  public var phase = Phase.pending
  /// The node that the scheduler chose for a volume that is still to be made
  /// (`volume.kubernetes.io/selected-node`).
  public var selectedNode: String?

  public init(metadata: ObjectMeta, request: Quantity) {
    self.metadata = metadata
    self.request = request
  }
}

/// What the claim of a generic ephemeral volume asks for.
public struct VolumeClaimTemplate: Sendable, Hashable {
  public var storageClassName: String?
  public var accessModes: [AccessMode]
  public var request: Quantity

  public init(storageClassName: String?, accessModes: [AccessMode], request: Quantity) {
    self.storageClassName = storageClassName
    self.accessModes = accessModes
    self.request = request
  }
}

extension PersistentVolumeClaim {
  /// The claim that the controller makes for a pod's ephemeral volume: named after both
  /// ([36] component-helpers `storage/ephemeral`).
  public init(for pod: String, namespace: String, volume: String, _ template: VolumeClaimTemplate) {
    self.init(
      metadata: ObjectMeta(name: Self.name(of: volume, in: pod), namespace: namespace),
      request: template.request)
    storageClassName = template.storageClassName
    accessModes = template.accessModes
  }

  public static func name(of volume: String, in pod: String) -> String { "\(pod)-\(volume)" }
}
