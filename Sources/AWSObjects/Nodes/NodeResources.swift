/// Amounts of what a node has, or of what it lets pods use.
public struct NodeResources: Sendable, Hashable {
  public var cpuMillis: Int64
  public var memoryBytes: Int64
  public var pods: Int64
  public var ephemeralStorageBytes: Int64

  public init(cpuMillis: Int64, memoryBytes: Int64, pods: Int64, ephemeralStorageBytes: Int64) {
    self.cpuMillis = cpuMillis
    self.memoryBytes = memoryBytes
    self.pods = pods
    self.ephemeralStorageBytes = ephemeralStorageBytes
  }
}

extension NodeResources {
  /// `1930m`, or `2` for whole cores.
  public var cpuText: String {
    cpuMillis % 1000 == 0 ? "\(cpuMillis / 1000)" : "\(cpuMillis)m"
  }

  /// `6903Mi`; Ki or bytes where the amount is finer.
  public var memoryText: String { Self.binaryText(memoryBytes, largest: .mebi) }

  /// `17Gi`; a smaller unit where the amount is finer.
  public var ephemeralStorageText: String {
    Self.binaryText(ephemeralStorageBytes, largest: .gibi)
  }

  enum BinaryUnit: Int64 {
    case kibi = 1_024
    case mebi = 1_048_576
    case gibi = 1_073_741_824

    var suffix: String {
      switch self {
      case .kibi: "Ki"
      case .mebi: "Mi"
      case .gibi: "Gi"
      }
    }
  }

  static func binaryText(_ bytes: Int64, largest: BinaryUnit) -> String {
    for unit in [BinaryUnit.gibi, .mebi, .kibi]
    where unit.rawValue <= largest.rawValue && bytes % unit.rawValue == 0 && bytes != 0 {
      return "\(bytes / unit.rawValue)\(unit.suffix)"
    }
    return "\(bytes)"
  }
}
