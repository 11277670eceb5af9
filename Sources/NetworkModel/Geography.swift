/// A zone of a `Geography` by its place in it.
public struct ZoneID: Hashable, Sendable, Comparable, BitwiseCopyable {
  public let index: UInt16

  @inlinable
  public init(_ index: Int) { self.index = UInt16(index) }

  @inlinable
  public static func < (a: ZoneID, b: ZoneID) -> Bool { a.index < b.index }
}

/// A region of a `Geography` by its place in it.
public struct RegionID: Hashable, Sendable, Comparable, BitwiseCopyable {
  public let index: UInt16

  @inlinable
  public init(_ index: Int) { self.index = UInt16(index) }

  @inlinable
  public static func < (a: RegionID, b: RegionID) -> Bool { a.index < b.index }
}

/// The zones that a simulated world uses, numbered from 0, and the regions they lie in.
public struct Geography: Hashable, Sendable {
  /// A zone as people name it: `us-east-1a` in `us-east-1`.
  public struct Zone: Hashable, Sendable {
    public var region: String
    public var name: String

    public init(region: String, name: String) {
      self.region = region
      self.name = name
    }
  }

  /// The zones in the order of their numbers.
  public let zones: [Zone]
  /// The regions in the order in which the zones first mention them.
  public let regions: [String]
  @usableFromInline let regionOfZone: ContiguousArray<UInt16>

  /// The geography of `zones`; one that comes again is the same place.
  ///
  /// - Complexity: O(n²); there are at most 65 535 zones.
  public init(_ zones: [Zone]) {
    var kept: [Zone] = []
    var regions: [String] = []
    var places = ContiguousArray<UInt16>()
    for zone in zones where !kept.contains(zone) {
      let place = regions.firstIndex(of: zone.region) ?? regions.count
      if place == regions.count { regions.append(zone.region) }
      kept.append(zone)
      places.append(UInt16(place))
    }
    self.zones = kept
    self.regions = regions
    regionOfZone = places
  }

  /// The number of a zone; nil if it is none of these.
  public func id(of zone: Zone) -> ZoneID? { zones.firstIndex(of: zone).map { ZoneID($0) } }

  /// The number of a region; nil if it is none of these.
  public func id(ofRegion name: String) -> RegionID? {
    regions.firstIndex(of: name).map { RegionID($0) }
  }

  /// The region of a zone.
  @inlinable
  public func region(of zone: ZoneID) -> RegionID {
    RegionID(Int(regionOfZone[Int(zone.index)]))
  }
}
