public import AWSObjects
public import TimeUnits

/// What a run cost: instances on demand by the second, and the control plane.
///
/// Instances are billed from running until they leave that state, 60 s at least for every start
/// (EC2 user guide, `ec2-instance-lifecycle.md`). Volumes and traffic are not in it.
public struct Bill: Sendable, Hashable {
  /// One item at one price.
  public struct Line: Sendable, Hashable {
    /// An instance type, or `EKS control plane`.
    public var item: String
    /// Instances, or clusters.
    public var count: Int
    /// Billed seconds, over all of them.
    public var seconds: Int64
    public var price: Price

    public var usd: Double { Double(seconds) * price.usdPerHour / 3_600 }
  }

  public private(set) var lines: [Line] = []
  /// What ran but has no known price; the total is without it.
  public private(set) var missing: [MissingPrice] = []

  public init() {}

  public var usd: Double { lines.reduce(0) { $0 + $1.usd } }

  /// Whether everything that ran has a price.
  public var isComplete: Bool { missing.isEmpty }
}

extension Bill {
  /// Adds the instances' time until `now`, each start at the price of its day; spot instances at
  /// the on-demand price less `spotDiscount`.
  ///
  /// Complexity: linear in the billed spans.
  public mutating func add(
    _ instances: [Instance], in region: Region, prices: PriceList, epoch: CalendarTime,
    spotDiscount: Double = 0.65, at now: SimulationTime
  ) {
    for instance in instances {
      // An instance counts once in each line, however often it was started.
      var counted: [Price] = []
      for span in instance.billedSpans {
        let date = epoch.adding(span.start)
        do throws(MissingPrice) {
          var price = try prices.price(of: instance.instanceType, in: region, at: date)
          var item = instance.instanceType
          if instance.purchaseOption == .spot {
            item += " spot"
            price.usdPerHour *= 1 - spotDiscount
            price.provenance = Provenance(
              .assumed, "on-demand price less \(Int((spotDiscount * 100).rounded())) %")
          }
          let isNew = !counted.contains(price)
          if isNew { counted.append(price) }
          add(item, isNew ? 1 : 0, span.billedSeconds(at: now), price)
        } catch {
          note(error)
        }
      }
    }
  }

  /// Adds one control plane from `start` until `now`; a fee that changes meanwhile is two lines.
  public mutating func addControlPlane(
    _ eks: EKSHistory, from start: SimulationTime, epoch: CalendarTime, at now: SimulationTime
  ) {
    let end = (now.nanoseconds + 999_999_999) / 1_000_000_000
    var from = start.nanoseconds / 1_000_000_000
    while from < end {
      let date = CalendarTime(unixSeconds: epoch.unixSeconds + from)
      let change = eks.fees.lazy.map { $0.from.unixSeconds - epoch.unixSeconds }
        .first { $0 > from }
      let until = min(end, change ?? end)
      do throws(MissingPrice) {
        add("EKS control plane", 1, until - from, try eks.fee(at: date))
      } catch {
        note(error)
      }
      from = until
    }
  }

  private mutating func add(_ item: String, _ count: Int, _ seconds: Int64, _ price: Price) {
    if let index = lines.firstIndex(where: { $0.item == item && $0.price == price }) {
      lines[index].count += count
      lines[index].seconds += seconds
    } else {
      lines.append(Line(item: item, count: count, seconds: seconds, price: price))
    }
  }

  // One entry an item is enough for a person; the days on which it ran are not listed.
  private mutating func note(_ error: MissingPrice) {
    if !missing.contains(where: { $0.item == error.item && $0.region == error.region }) {
      missing.append(error)
    }
  }
}
