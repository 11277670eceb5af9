import NetworkModel

/// The round trips of a network in one row, for drawing one without going through its parts; the
/// draws are the network's.
struct TripTable: Sendable {
  private static let side = 1_024
  /// Cells of a path: all but the last of equal probability, and the last cut into as many more.
  private static let cellCount = 2 * side - 1

  /// Four bytes each, as the processor's cache is small: up to 4.3 s.
  private let cells: Slab<UInt32>
  /// Where the cells of a pair of zones begin, by source, then by destination.
  private let firstOfPair: Slab<Int>
  private let zoneCount: Int

  init(_ network: Network) {
    zoneCount = network.geography.zones.count
    var cells = Slab<UInt32>()
    let last = UInt64(Self.side - 1)
    for path in network.paths {
      for cell in 0..<last { cells.append(UInt32(clamping: path.roundTrip(cell << 54))) }
      for cell in 0...last {
        cells.append(UInt32(clamping: path.roundTrip(last << 54 | cell << 44)))
      }
    }
    self.cells = cells
    let zones = (0..<zoneCount).map { ZoneID($0) }
    firstOfPair = Slab(
      zones.flatMap { from in
        zones.map { network.pathIndex(from: from, to: $0) * Self.cellCount }
      })
  }

  /// A round trip in nanoseconds for 64 random bits, of which the highest 20 count.
  @inline(__always)
  func draw(from source: ZoneID, to destination: ZoneID, _ bits: UInt64) -> Int64 {
    let first = firstOfPair[Int(source.index) &* zoneCount &+ Int(destination.index)]
    let cell = Int(truncatingIfNeeded: bits >> 54)
    if cell != Self.side - 1 { return Int64(cells[first &+ cell]) }
    return Int64(cells[first &+ cell &+ Int(truncatingIfNeeded: (bits >> 44) & 1_023)])
  }

  /// Half a round trip for what nobody waits for: halfway through the law.
  @inline(__always)
  func half(from source: ZoneID, to destination: ZoneID) -> Int64 {
    draw(from: source, to: destination, 1 << 63) >> 1
  }
}
