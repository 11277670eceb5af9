public import AWSObjects
public import TimeUnits

/// What a run cost: instances by the second, the control plane, volumes and moved data.
///
/// Instances are billed from running until they leave that state, 60 s at least for every start
/// (EC2 user guide, `ec2-instance-lifecycle.md`).
public struct Bill: Sendable, Hashable {
  /// One item at one price.
  public struct Line: Sendable, Hashable {
    /// What `quantity` counts and `usdPerUnit` is for.
    public enum Unit: String, Sendable, Hashable, CaseIterable {
      case hour = "h"
      case gibibyteMonth = "GiB-month"
      case operationMonth = "IOPS-month"
      case throughputMonth = "MiB/s-month"
      case gigabyte = "GB"
    }

    /// An instance type, `EKS control plane`, or what else was bought.
    public var item: String
    /// Instances, volumes, or clusters; 1 for moved data.
    public var count: Int
    public var unit: Unit
    /// Billed seconds, over all of them; 0 for what is not billed by time.
    public var seconds: Int64 = 0
    /// In `unit`.
    public var quantity: Double
    public var usdPerUnit: Double
    public var provenance: Provenance

    public var usd: Double {
      unit == .hour ? Double(seconds) * usdPerUnit / 3_600 : quantity * usdPerUnit
    }

    /// The price of an hour, for what is sold by the hour.
    public var price: Price { Price(usdPerHour: usdPerUnit, provenance: provenance) }
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
            item += ", spot"
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

  mutating func add(_ item: String, _ count: Int, _ seconds: Int64, _ price: Price) {
    add(
      Line(
        item: item, count: count, unit: .hour, seconds: seconds,
        quantity: Double(seconds) / 3_600, usdPerUnit: price.usdPerHour,
        provenance: price.provenance))
  }

  /// Adds to the line of the same item and price, or a line.
  mutating func add(_ line: Line) {
    let index = lines.firstIndex {
      $0.item == line.item && $0.unit == line.unit && $0.usdPerUnit == line.usdPerUnit
        && $0.provenance == line.provenance
    }
    guard let index else {
      lines.append(line)
      return
    }
    lines[index].count += line.count
    lines[index].seconds += line.seconds
    lines[index].quantity += line.quantity
  }

  // One entry an item is enough for a person; the days on which it ran are not listed.
  mutating func note(_ error: MissingPrice) {
    if !missing.contains(where: { $0.item == error.item && $0.region == error.region }) {
      missing.append(error)
    }
  }
}
