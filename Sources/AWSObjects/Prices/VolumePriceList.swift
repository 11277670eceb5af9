public import Documents
public import TimeUnits

/// What EBS volumes cost by region, type and component, in US dollars a month
/// (`models/aws/prices/volumes`).
public struct VolumePriceList: Sendable {
  /// What is bought of a volume.
  public enum Component: String, Sendable, Hashable, CaseIterable {
    /// A GiB for a month. AWS writes GB and means 2^30 bytes.
    case storage
    /// An operation a second for a month, above what is included.
    case iops
    /// A MiB a second for a month, above what is included.
    case throughput
  }

  private struct Key: Hashable, Sendable {
    var region: Region
    var volumeType: String
    var component: Component
  }

  private var observations = PriceObservations<Key>()

  public init() {}

  /// The price of one unit for a month at `date`.
  public func price(
    of component: Component, _ volumeType: String, in region: Region, at date: CalendarTime
  ) throws(MissingPrice) -> Sourced<Double> {
    let key = Key(region: region, volumeType: volumeType, component: component)
    if let price = observations.price(of: key, at: date) { return price }
    throw MissingPrice(
      item: "\(component.rawValue) of \(volumeType) volumes", region: region, date: date)
  }

  /// Adds the rows of a table; a bad row is reported and left out.
  public mutating func add(table text: String, file: String, sink: DiagnosticSink) {
    let table = DelimitedTable(
      text, file: file,
      required: [
        "region", "volume_type", "component", "usd_per_month", "first_seen", "last_seen",
        "source", "mark",
      ], sink: sink)
    for row in table.rows {
      guard let region = row.required("region"), let type = row.required("volume_type"),
        row.required("component") != nil, let component = row.word("component", Component.self),
        let seen = row.sighting("usd_per_month")
      else { continue }
      observations.add(
        seen.usd, from: seen.first, to: seen.last, seen.provenance,
        for: Key(region: Region(region), volumeType: type, component: component))
    }
  }
}

extension DelimitedTable.Row {
  /// A price above zero with its days, source and mark; what is missing or wrong is reported.
  func sighting(
    _ column: String
  ) -> (usd: Double, first: CalendarTime, last: CalendarTime, provenance: Provenance)? {
    guard required(column) != nil, let usd = double(column), let first = date("first_seen"),
      let last = date("last_seen"), let source = required("source"), required("mark") != nil,
      let mark = word("mark", Mark.self)
    else { return nil }
    guard usd > 0 else {
      refuse(column, "a price must be above zero")
      return nil
    }
    guard first <= last else {
      refuse("last_seen", "last seen before it was first seen")
      return nil
    }
    return (usd, first, last, Provenance(mark, source))
  }
}
