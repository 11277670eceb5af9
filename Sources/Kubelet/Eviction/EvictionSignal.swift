public import KubernetesObjects

/// What the eviction manager watches on a node ([36] `pkg/kubelet/eviction/api/types.go`).
public enum EvictionSignal: String, Sendable, Hashable, CaseIterable {
  case memoryAvailable = "memory.available"
  /// Memory left under the limit of the cgroup of all pods.
  case allocatableMemoryAvailable = "allocatableMemory.available"
  case nodeFsAvailable = "nodefs.available"
  case nodeFsInodesFree = "nodefs.inodesFree"
  case imageFsAvailable = "imagefs.available"
  case imageFsInodesFree = "imagefs.inodesFree"
  case containerFsAvailable = "containerfs.available"
  case containerFsInodesFree = "containerfs.inodesFree"
  case pidAvailable = "pid.available"

  /// What is short when the signal's threshold is met.
  public var resource: StarvedResource {
    switch self {
    case .memoryAvailable, .allocatableMemoryAvailable: .memory
    case .nodeFsAvailable, .imageFsAvailable, .containerFsAvailable: .ephemeralStorage
    case .nodeFsInodesFree, .imageFsInodesFree, .containerFsInodesFree: .inodes
    case .pidAvailable: .pids
    }
  }

  var index: Int {
    switch self {
    case .memoryAvailable: 0
    case .allocatableMemoryAvailable: 1
    case .nodeFsAvailable: 2
    case .nodeFsInodesFree: 3
    case .imageFsAvailable: 4
    case .imageFsInodesFree: 5
    case .containerFsAvailable: 6
    case .containerFsInodesFree: 7
    case .pidAvailable: 8
    }
  }

  /// How amounts of this signal are printed.
  var format: Quantity.Format {
    switch resource {
    case .memory, .ephemeralStorage: .binarySI
    case .inodes, .pids: .decimalSI
    }
  }
}

/// A resource by the name that events and messages give it.
public enum StarvedResource: String, Sendable, Hashable, CaseIterable {
  case memory
  case ephemeralStorage = "ephemeral-storage"
  case inodes
  case pids

  /// The node condition its shortage raises.
  public var condition: PressureConditions {
    switch self {
    case .memory: .memory
    case .ephemeralStorage, .inodes: .disk
    case .pids: .pid
    }
  }
}

/// The pressure conditions of a node.
public struct PressureConditions: OptionSet, Sendable, Hashable {
  public var rawValue: UInt8

  public init(rawValue: UInt8) { self.rawValue = rawValue }

  public static let memory = PressureConditions(rawValue: 1)
  public static let disk = PressureConditions(rawValue: 2)
  public static let pid = PressureConditions(rawValue: 4)

  /// The conditions one by one: memory, disk, pid.
  public var kinds: [NodeCondition.Kind] {
    Self.each.filter { contains($0.condition) }.map(\.kind)
  }

  static let each: [(condition: PressureConditions, kind: NodeCondition.Kind)] = [
    (.memory, .memoryPressure), (.disk, .diskPressure), (.pid, .pidPressure),
  ]
}
