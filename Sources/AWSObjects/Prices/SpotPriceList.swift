public import TimeUnits

/// Spot prices by zone and type, each from a time until the next one
/// (`aws ec2 describe-spot-price-history`).
public struct SpotPriceList: Sendable, Hashable {
  private struct Key: Hashable, Sendable {
    var zone: AvailabilityZone
    var instanceType: String
  }

  /// A price, and the first second in which it held.
  public struct Change: Sendable, Hashable {
    public var from: CalendarTime
    public var usdPerHour: Double
    public var provenance: Provenance

    public init(from: CalendarTime, usdPerHour: Double, provenance: Provenance) {
      self.from = from
      self.usdPerHour = usdPerHour
      self.provenance = provenance
    }
  }

  // In the order of time. Looked up, never walked.
  private var changes: [Key: [Change]] = [:]

  public init() {}

  public var isEmpty: Bool { changes.isEmpty }

  public mutating func add(_ change: Change, for instanceType: String, in zone: AvailabilityZone) {
    let key = Key(zone: zone, instanceType: instanceType)
    var list = changes[key] ?? []
    let index = list.firstIndex { change.from < $0.from } ?? list.count
    list.insert(change, at: index)
    changes[key] = list
  }

  /// Adds an answer's prices for Linux; those of other systems and without a date are passed over.
  public mutating func add(_ answer: [AWSAnswer.SpotPrice], source: String) {
    for price in answer where price.product.hasPrefix("Linux/UNIX") {
      guard let from = CalendarTime(answer: price.timestamp) else { continue }
      add(
        Change(
          from: from, usdPerHour: price.usdPerHour, provenance: Provenance(.published, source)),
        for: price.instanceType, in: price.zone)
    }
  }

  /// The price at `date`. Before the first and long after the last change none is known: the
  /// service keeps 90 days, and so far a last price reaches.
  public func price(
    of instanceType: String, in zone: AvailabilityZone, at date: CalendarTime
  ) throws(MissingPrice) -> Price {
    let list = changes[Key(zone: zone, instanceType: instanceType)] ?? []
    guard let change = list.last(where: { $0.from <= date }),
      date.unixSeconds - change.from.unixSeconds <= 90 * 86_400
    else {
      throw MissingPrice(
        item: "\(instanceType) as a spot instance in \(zone)", region: zone.region, date: date)
    }
    return Price(usdPerHour: change.usdPerHour, provenance: change.provenance)
  }

  /// The first change after `date`, nil if there is none.
  public func nextChange(
    of instanceType: String, in zone: AvailabilityZone, after date: CalendarTime
  ) -> CalendarTime? {
    changes[Key(zone: zone, instanceType: instanceType)]?.first { $0.from > date }?.from
  }
}

extension CalendarTime {
  /// A time as AWS writes it: RFC 3339, UTC, perhaps with decimals, which are cut off.
  init?(answer text: String) {
    let zone = ["Z", "+00:00"].first { text.hasSuffix($0) }
    let seconds = text.dropLast(zone?.count ?? 0).prefix { $0 != "." }
    self.init(rfc3339: zone == nil ? text : seconds + "Z")
  }
}
