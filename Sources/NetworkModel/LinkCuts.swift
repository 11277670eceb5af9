/// When regions cannot reach one another.
///
/// A message is delivered only if the link is whole from when it leaves until it arrives; nobody is
/// told that it was lost, so who waits for an answer waits until their own timeout.
public struct LinkCuts: Sendable {
  /// A span without a link, from its first nanosecond until before its last.
  public struct Cut: Hashable, Sendable {
    public var from: Int64
    public var until: Int64

    public init(from: Int64, until: Int64) {
      self.from = from
      self.until = until
    }
  }

  private let regionCount: Int
  @usableFromInline let zoneCount: Int
  @usableFromInline let regionOfZone: ContiguousArray<UInt16>
  /// By pair of regions, both ways, in the order of their beginnings, disjoint.
  @usableFromInline var cutsOfPair: [[Cut]]
  @usableFromInline let stride: Int
  /// Whether there is any cut: without one nothing is looked up.
  public private(set) var hasCuts = false

  public init(_ geography: Geography) {
    regionCount = geography.regions.count
    zoneCount = geography.zones.count
    regionOfZone = geography.regionOfZone
    stride = geography.regions.count
    cutsOfPair = Array(repeating: [], count: regionCount * regionCount)
  }

  /// Cuts two regions off from one another, both ways; an empty span changes nothing. Spans that
  /// overlap or touch become one.
  ///
  /// Instants are nanoseconds since the start. Cutting a region off from itself is a mistake.
  public mutating func cut(_ a: RegionID, _ b: RegionID, from: Int64, until: Int64) {
    precondition(a != b, "a region cannot be cut off from itself")
    guard from < until else { return }
    let first = Int(a.index) * regionCount + Int(b.index)
    var merged = Cut(from: from, until: until)
    var kept: [Cut] = []
    for old in cutsOfPair[first] {
      if old.until < merged.from || merged.until < old.from {
        kept.append(old)
      } else {
        merged = Cut(from: min(old.from, merged.from), until: max(old.until, merged.until))
      }
    }
    let place = kept.firstIndex { merged.from < $0.from } ?? kept.count
    kept.insert(merged, at: place)
    cutsOfPair[first] = kept
    cutsOfPair[Int(b.index) * regionCount + Int(a.index)] = kept
    hasCuts = true
  }

  /// Whether two regions are cut off from one another at an instant.
  ///
  /// - Complexity: O(cuts of the pair).
  public func isCut(_ a: RegionID, _ b: RegionID, at instant: Int64) -> Bool {
    cutsOfPair[Int(a.index) * regionCount + Int(b.index)]
      .contains { $0.from <= instant && instant < $0.until }
  }

  /// Whether a message between two zones that leaves at one instant gets there at another.
  ///
  /// - Complexity: O(1) without cuts, O(cuts of the pair) with them.
  @inlinable
  public func delivers(
    from source: ZoneID, to destination: ZoneID, leaving: Int64, arriving: Int64
  ) -> Bool {
    if !hasCuts { return true }
    let from = Int(regionOfZone[Int(source.index)])
    let to = Int(regionOfZone[Int(destination.index)])
    for cut in cutsOfPair[from * stride + to] where cut.from <= arriving && leaving < cut.until {
      return false
    }
    return true
  }

  /// The next instant after `instant` at which a link is cut or comes back; nil if none does.
  public func nextChange(after instant: Int64) -> Int64? {
    cutsOfPair.joined().flatMap { [$0.from, $0.until] }.filter { $0 > instant }.min()
  }
}
