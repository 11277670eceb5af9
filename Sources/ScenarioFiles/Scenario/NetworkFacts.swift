public import AWSObjects
public import Documents
public import NetworkModel

/// What the models know of round trips (`models/aws/network.yaml` and the table it names).
public struct NetworkFacts: Sendable {
  /// Inside a zone.
  public var sameZone: Sourced<RoundTripFigures>
  /// Between two zones of a region.
  public var otherZone: Sourced<RoundTripFigures>
  /// Between regions.
  public var regions: RegionLatencies
  /// Where the figures between regions come from.
  public var regionsProvenance: Provenance

  /// The network of a geography.
  ///
  /// - Throws: The first pair of regions without figures; `reportMissing` tells all of them.
  public func network(of geography: Geography) throws(MissingLatency) -> Network {
    try Network(
      geography, regions: regions, sameZone: sameZone.value, otherZone: otherZone.value)
  }

  /// One error for each pair of regions without figures, at the place that names the regions, with
  /// the nearest name where a region has no figures at all.
  public func reportMissing(among names: [String], at cursor: DocumentCursor) {
    for missing in regions.missing(among: names) {
      let nearest = missing.unknownRegions.lazy
        .compactMap { Spelling.suggestion(for: $0, among: missing.known) }.first
      cursor.error(missing.description, suggestion: nearest)
    }
  }
}
