public import AWSObjects
public import TimeUnits

extension Bill {
  /// Adds data that went from one zone of a region to another: both ends pay.
  public mutating func addTransfer(
    betweenZonesOf region: Region, gigabytes: Double, prices: TransferPriceList,
    at date: CalendarTime
  ) {
    do throws(MissingPrice) {
      let price = try prices.betweenZones(of: region, at: date)
      addTransfer("data between zones, both ends", 2 * gigabytes, price)
    } catch {
      note(error)
    }
  }

  /// Adds data that went from one region to another: the source pays. Within one it is free here.
  public mutating func addTransfer(
    from source: Region, to destination: Region, gigabytes: Double, prices: TransferPriceList,
    at date: CalendarTime
  ) {
    guard source != destination else { return }
    do throws(MissingPrice) {
      let price = try prices.between(source, destination, at: date)
      addTransfer("data from \(source) to \(destination)", gigabytes, price)
    } catch {
      note(error)
    }
  }

  /// GB a month to the internet that cost nothing: 1 until the end of November 2021, then 100
  /// (AWS news blog 2021-11-24).
  public static func freeInternetGigabytes(at date: CalendarTime) -> Double {
    date.unixSeconds < 1_638_316_800 ? 1 : 100
  }

  /// Adds data to the internet, each tier of the month at its own price.
  ///
  /// `before` is what has gone there already in this month, in GB.
  public mutating func addTransfer(
    toInternetFrom region: Region, gigabytes: Double, before: Double = 0,
    prices: TransferPriceList, at date: CalendarTime
  ) {
    do throws(MissingPrice) {
      let tiers = try prices.toInternet(from: region, at: date)
      let start = max(before, Self.freeInternetGigabytes(at: date))
      let end = before + gigabytes
      for (index, tier) in tiers.enumerated() {
        let next = index + 1 < tiers.count ? Double(tiers[index + 1].fromGB) : .infinity
        let amount = min(end, next) - max(start, Double(tier.fromGB))
        if amount > 0 { addTransfer("data from \(region) to the internet", amount, tier.price) }
      }
    } catch {
      note(error)
    }
  }

  private mutating func addTransfer(_ item: String, _ gigabytes: Double, _ price: Sourced<Double>) {
    guard gigabytes > 0 else { return }
    // Data is one thing, however often some of it is added.
    let isKnown = lines.contains { $0.item == item && $0.usdPerUnit == price.value }
    add(
      Line(
        item: item, count: isKnown ? 0 : 1, unit: .gigabyte, quantity: gigabytes,
        usdPerUnit: price.value, provenance: price.provenance))
  }
}
