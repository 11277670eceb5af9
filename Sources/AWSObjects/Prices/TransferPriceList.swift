public import Documents
public import TimeUnits

/// What moving data costs, in US dollars a GB (`models/aws/prices/transfer`).
///
/// Between zones of a region both ends pay the price; between regions and to the internet the
/// source pays; what comes from the internet is free.
public struct TransferPriceList: Sendable {
  /// Between what the data moves.
  public enum Kind: String, Sendable, Hashable, CaseIterable {
    case zone, region, internet
  }

  private struct Key: Hashable, Sendable {
    var kind: Kind
    var from: String
    var to: String
    /// GB of the month below which the price does not hold yet.
    var start: Int64
  }

  private var observations = PriceObservations<Key>()
  // Starts of the tiers of each source, ascending. Looked up, never walked.
  private var tiers: [String: [Int64]] = [:]

  public init() {}

  /// One end's price of a GB between two zones of `region`.
  public func betweenZones(
    of region: Region, at date: CalendarTime
  ) throws(MissingPrice) -> Sourced<Double> {
    for from in [region.name, "any"] {
      let key = Key(kind: .zone, from: from, to: "any", start: 0)
      if let price = observations.price(of: key, at: date) { return price }
    }
    throw MissingPrice(item: "data between zones", region: region, date: date)
  }

  /// The price of a GB from one region to another, which the source pays.
  public func between(
    _ source: Region, _ destination: Region, at date: CalendarTime
  ) throws(MissingPrice) -> Sourced<Double> {
    for to in [destination.name, "any"] {
      let key = Key(kind: .region, from: source.name, to: to, start: 0)
      if let price = observations.price(of: key, at: date) { return price }
    }
    throw MissingPrice(item: "data to \(destination)", region: source, date: date)
  }

  /// The tiers of data to the internet: from how many GB of a month on, and the price of a GB.
  public func toInternet(
    from region: Region, at date: CalendarTime
  ) throws(MissingPrice) -> [(fromGB: Int64, price: Sourced<Double>)] {
    let found = (tiers[region.name] ?? []).compactMap { start in
      let key = Key(kind: .internet, from: region.name, to: "any", start: start)
      return observations.price(of: key, at: date).map { (start, $0) }
    }
    guard found.first?.0 == 0 else {
      throw MissingPrice(item: "data to the internet", region: region, date: date)
    }
    return found.map { (fromGB: $0.0, price: $0.1) }
  }

  /// Adds the rows of a table; a bad row is reported and left out.
  public mutating func add(table text: String, file: String, sink: DiagnosticSink) {
    let table = DelimitedTable(
      text, file: file,
      required: [
        "kind", "from", "to", "from_gb", "usd_per_gb", "first_seen", "last_seen", "source", "mark",
      ], sink: sink)
    for row in table.rows {
      guard row.required("kind") != nil, let kind = row.word("kind", Kind.self),
        let from = row.required("from"), let to = row.required("to"),
        row.required("from_gb") != nil, let start = row.int("from_gb"),
        let seen = row.sighting("usd_per_gb")
      else { continue }
      let key = Key(kind: kind, from: from, to: to, start: start)
      observations.add(seen.usd, from: seen.first, to: seen.last, seen.provenance, for: key)
      if kind == .internet, tiers[from]?.contains(start) != true {
        tiers[from, default: []].append(start)
        tiers[from]?.sort()
      }
    }
  }
}
