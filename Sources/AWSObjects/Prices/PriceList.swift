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

  /// How far an observation reaches back.
  static let backwardSeconds: Int64 = 366 * 86_400

  // Each list is in the order of first sighting.
  private var observations: [Key: [Observation]] = [:]

  public init() {}

  public mutating func add(_ observation: Observation, for instanceType: String, in region: Region)
  {
    let key = Key(region: region, instanceType: instanceType)
    var list = observations[key] ?? []
    let index = list.firstIndex { observation.firstSeen < $0.firstSeen } ?? list.count
    list.insert(observation, at: index)
    observations[key] = list
  }

  /// The price at `date`. Complexity: linear in the observations of that type and region.
  public func price(
    of instanceType: String, in region: Region, at date: CalendarTime
  ) throws(MissingPrice) -> Price {
    let list = observations[Key(region: region, instanceType: instanceType)] ?? []
    if let seen = list.last(where: { $0.firstSeen <= date && date <= $0.lastSeen }) {
      return Price(usdPerHour: seen.usdPerHour, provenance: seen.provenance)
    }
    let earlier = list.last { $0.lastSeen < date }
    let later = list.first {
      date < $0.firstSeen && $0.firstSeen.unixSeconds - date.unixSeconds <= Self.backwardSeconds
    }
    guard let nearest = earlier ?? later else {
      throw MissingPrice(item: instanceType, region: region, date: date)
    }
    let seen = earlier == nil ? nearest.firstSeen : nearest.lastSeen
    return Price(
      usdPerHour: nearest.usdPerHour,
      provenance: Provenance(.assumed, "the price of \(seen.date), \(nearest.provenance.source)"))
  }
}
