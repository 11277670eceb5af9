public import TimeUnits

/// What an hour of an instance costs, with where the figure comes from.
public struct Price: Sendable, Hashable {
  /// US dollars an hour, on demand, Linux, shared tenancy.
  public var usdPerHour: Double
  public var provenance: Provenance

  public init(usdPerHour: Double, provenance: Provenance) {
    self.usdPerHour = usdPerHour
    self.provenance = provenance
  }
}

/// No price is known for a machine in a region at a date; none is invented.
public struct MissingPrice: Error, Sendable, Hashable, CustomStringConvertible {
  public var item: String
  public var region: Region
  public var date: CalendarTime

  public init(item: String, region: Region, date: CalendarTime) {
    self.item = item
    self.region = region
    self.date = date
  }

  public var description: String {
    "no price is known for \(item) in \(region) on \(date.date)"
  }
}

/// On-demand Linux prices by region, type and date of observation.
///
/// A price list is a set of observations. At a date between the first and the last sighting of an
/// observation its price is as published. Outside, the latest earlier observation holds, or else
/// one made up to a year later; both are then marked as assumed.
public struct PriceList: Sendable {
  /// A price, and the span of days in which it was seen.
  public struct Observation: Sendable, Hashable {
    public var usdPerHour: Double
    public var firstSeen: CalendarTime
    public var lastSeen: CalendarTime
    public var provenance: Provenance

    public init(
      usdPerHour: Double, firstSeen: CalendarTime, lastSeen: CalendarTime, provenance: Provenance
    ) {
      self.usdPerHour = usdPerHour
      self.firstSeen = firstSeen
      self.lastSeen = lastSeen
      self.provenance = provenance
    }
  }

  private struct Key: Hashable {
    var region: Region
    var instanceType: String
  }

  private var observations = PriceObservations<Key>()

  public init() {}

  public mutating func add(_ observation: Observation, for instanceType: String, in region: Region)
  {
    observations.add(
      observation.usdPerHour, from: observation.firstSeen, to: observation.lastSeen,
      observation.provenance, for: Key(region: region, instanceType: instanceType))
  }

  /// The price at `date`. Complexity: linear in the observations of that type and region.
  public func price(
    of instanceType: String, in region: Region, at date: CalendarTime
  ) throws(MissingPrice) -> Price {
    let key = Key(region: region, instanceType: instanceType)
    guard let price = observations.price(of: key, at: date) else {
      throw MissingPrice(item: instanceType, region: region, date: date)
    }
    return Price(usdPerHour: price.value, provenance: price.provenance)
  }
}
