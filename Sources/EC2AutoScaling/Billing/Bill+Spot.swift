public import AWSObjects
public import TimeUnits

extension Bill {
  /// Adds spot instances until `now`: by the second, 60 s at least for every start, at the price
  /// of the zone that holds at each moment (EC2 user guide 2023-06, `using-spot-instances.md`).
  ///
  /// Time for which no price is known is named, and not in the total.
  public mutating func addSpot(
    _ instances: [Instance], prices: SpotPriceList, epoch: CalendarTime, at now: SimulationTime
  ) {
    for instance in instances {
      let item = "\(instance.instanceType), spot"
      // An instance counts once in each line, however often the price changes.
      var counted: [Price] = []
      for span in instance.billedSpans {
        var date = epoch.adding(span.start)
        let end = CalendarTime(unixSeconds: date.unixSeconds + span.billedSeconds(at: now))
        while date < end {
          let change = prices.nextChange(of: instance.instanceType, in: instance.zone, after: date)
          let until = min(end, change ?? end)
          do throws(MissingPrice) {
            let price = try prices.price(of: instance.instanceType, in: instance.zone, at: date)
            let isNew = !counted.contains(price)
            if isNew { counted.append(price) }
            add(item, isNew ? 1 : 0, until.unixSeconds - date.unixSeconds, price)
          } catch {
            note(error)
          }
          date = until
        }
      }
    }
  }
}
