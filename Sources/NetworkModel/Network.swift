/// The round trips between all zones of a geography, in dense tables.
public struct Network: Sendable {
  public let geography: Geography
  /// The different laws; zones share them.
  public let paths: [PathLatency]
  @usableFromInline let pathOfPair: ContiguousArray<UInt16>
  @usableFromInline let zoneCount: Int

  /// The network of a geography.
  ///
  /// Inside a zone `sameZone` holds, between zones of a region `otherZone`, between regions what
  /// `regions` knows of them.
  ///
  /// - Throws: The first of `regions.missing(among: geography.regions)`.
  public init(
    _ geography: Geography, regions: RegionLatencies, sameZone: RoundTripFigures,
    otherZone: RoundTripFigures
  ) throws(MissingLatency) {
    var paths = [PathLatency(sameZone), PathLatency(otherZone)]
    let names = geography.regions
    var pathOfRegions = [UInt16](repeating: 1, count: names.count * names.count)
    for (row, source) in names.enumerated() {
      for (column, destination) in names.enumerated() where row != column {
        let figures = try regions.roundTrip(from: source, to: destination)
        pathOfRegions[row * names.count + column] = UInt16(paths.count)
        paths.append(PathLatency(figures))
      }
    }
    let count = geography.zones.count
    var pathOfPair = ContiguousArray<UInt16>(repeating: 0, count: count * count)
    for source in 0..<count {
      for destination in 0..<count where source != destination {
        let from = Int(geography.regionOfZone[source])
        let to = Int(geography.regionOfZone[destination])
        pathOfPair[source * count + destination] = pathOfRegions[from * names.count + to]
      }
    }
    self.geography = geography
    self.paths = paths
    self.pathOfPair = pathOfPair
    zoneCount = count
  }

  /// A round trip in nanoseconds between two zones, for 64 random bits.
  ///
  /// - Complexity: O(1).
  @inlinable
  public func roundTrip(from source: ZoneID, to destination: ZoneID, _ bits: UInt64) -> Int64 {
    paths[pathIndex(from: source, to: destination)].roundTrip(bits)
  }

  /// The mean round trip in nanoseconds between two zones.
  public func meanRoundTrip(from source: ZoneID, to destination: ZoneID) -> Double {
    paths[pathIndex(from: source, to: destination)].mean
  }

  /// The place in `paths` of the law between two zones.
  @inlinable
  public func pathIndex(from source: ZoneID, to destination: ZoneID) -> Int {
    Int(pathOfPair[Int(source.index) * zoneCount + Int(destination.index)])
  }
}
