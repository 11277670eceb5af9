import TimeUnits

/// Prices of things by key and by the days on which they were seen.
///
/// At a date between the first and the last sighting of an observation its price is as published.
/// Outside, the latest earlier observation holds, or else one made up to a year later; both are
/// then marked as assumed.
struct PriceObservations<Key: Hashable & Sendable>: Sendable {
  private struct Observation: Sendable {
    var usd: Double
    var firstSeen: CalendarTime
    var lastSeen: CalendarTime
    var provenance: Provenance
  }

  /// How far an observation reaches back.
  private static var backwardSeconds: Int64 { 366 * 86_400 }

  // Each list is in the order of first sighting. Looked up, never walked.
  private var observations: [Key: [Observation]] = [:]

  mutating func add(
    _ usd: Double, from firstSeen: CalendarTime, to lastSeen: CalendarTime,
    _ provenance: Provenance, for key: Key
  ) {
    var list = observations[key] ?? []
    let index = list.firstIndex { firstSeen < $0.firstSeen } ?? list.count
    list.insert(
      Observation(usd: usd, firstSeen: firstSeen, lastSeen: lastSeen, provenance: provenance),
      at: index)
    observations[key] = list
  }

  /// The price at `date`, nil if none is known. Complexity: linear in the key's observations.
  func price(of key: Key, at date: CalendarTime) -> Sourced<Double>? {
    let list = observations[key] ?? []
    if let seen = list.last(where: { $0.firstSeen <= date && date <= $0.lastSeen }) {
      return Sourced(seen.usd, seen.provenance)
    }
    let earlier = list.last { $0.lastSeen < date }
    let later = list.first {
      date < $0.firstSeen && $0.firstSeen.unixSeconds - date.unixSeconds <= Self.backwardSeconds
    }
    guard let nearest = earlier ?? later else { return nil }
    let seen = earlier == nil ? nearest.firstSeen : nearest.lastSeen
    return Sourced(
      nearest.usd,
      Provenance(.assumed, "the price of \(seen.date), \(nearest.provenance.source)"))
  }
}
