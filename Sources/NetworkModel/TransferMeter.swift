/// Bytes moved between the zones of a geography, in whole numbers.
public struct TransferMeter: Sendable {
  public let geography: Geography
  @usableFromInline let zoneCount: Int
  @usableFromInline var bytesOfPair: ContiguousArray<Int64>

  public init(_ geography: Geography) {
    self.geography = geography
    zoneCount = geography.zones.count
    bytesOfPair = ContiguousArray(repeating: 0, count: zoneCount * zoneCount)
  }

  /// Counts bytes that one zone sent to another.
  ///
  /// - Complexity: O(1).
  @inlinable
  public mutating func add(_ bytes: Int64, from source: ZoneID, to destination: ZoneID) {
    bytesOfPair[Int(source.index) * zoneCount + Int(destination.index)] += bytes
  }

  /// The bytes that one zone sent to another.
  @inlinable
  public func bytes(from source: ZoneID, to destination: ZoneID) -> Int64 {
    bytesOfPair[Int(source.index) * zoneCount + Int(destination.index)]
  }

  /// All bytes.
  public var total: Int64 { bytesOfPair.reduce(0, +) }

  /// The bytes by what is charged for them, without empty lines: region by region of the source
  /// those inside zones, those between zones, and those to each other region. Their sum is `total`.
  ///
  /// - Complexity: O(zones²).
  public var lines: [TransferLine] {
    let count = geography.regions.count
    var inside = [Int64](repeating: 0, count: count)
    var between = [Int64](repeating: 0, count: count * count)
    for source in 0..<zoneCount {
      for destination in 0..<zoneCount {
        let bytes = bytesOfPair[source * zoneCount + destination]
        let from = Int(geography.regionOfZone[source])
        if source == destination {
          inside[from] += bytes
        } else {
          between[from * count + Int(geography.regionOfZone[destination])] += bytes
        }
      }
    }
    var lines: [TransferLine] = []
    for from in 0..<count {
      lines.append(TransferLine(.withinZone(geography.regions[from]), bytes: inside[from]))
      lines.append(
        TransferLine(.betweenZones(geography.regions[from]), bytes: between[from * count + from]))
      for to in 0..<count where to != from {
        lines.append(
          TransferLine(
            .betweenRegions(geography.regions[from], geography.regions[to]),
            bytes: between[from * count + to]))
      }
    }
    return lines.filter { $0.bytes > 0 }
  }
}

/// Bytes that are charged alike.
public struct TransferLine: Hashable, Sendable {
  /// What border the bytes crossed, and with it who pays (EC2 on-demand price page, data transfer).
  public enum Border: Hashable, Sendable {
    /// None: free.
    case withinZone(String)
    /// From one zone of a region to another: sender and receiver pay each.
    case betweenZones(String)
    /// From a region to another: the source pays.
    case betweenRegions(String, String)

    /// How often the price is paid: 0, 2 or 1.
    public var payers: Int {
      switch self {
      case .withinZone: 0
      case .betweenZones: 2
      case .betweenRegions: 1
      }
    }

    /// The region on whose bill it is.
    public var payingRegion: String {
      switch self {
      case .withinZone(let region), .betweenZones(let region), .betweenRegions(let region, _):
        region
      }
    }
  }

  public var border: Border
  public var bytes: Int64

  public init(_ border: Border, bytes: Int64) {
    self.border = border
    self.bytes = bytes
  }

  /// GB as AWS bills them: 2³⁰ bytes (assumed: its tiers of 10 240 GB are called 10 TB).
  public var gigabytes: Double { Double(bytes) / 0x1p30 }

  /// US dollars at a price of one GB for one payer.
  public func usd(perGigabyte price: Double) -> Double {
    Double(border.payers) * gigabytes * price
  }
}
