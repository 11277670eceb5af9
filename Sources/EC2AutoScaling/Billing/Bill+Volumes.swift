public import AWSObjects
public import TimeUnits

/// An EBS volume for as long as it was there, whether or not its machine ran.
public struct VolumeUse: Sendable, Hashable {
  /// `gp2` or `gp3`.
  public var type: String
  public var gibibytes: Double
  /// Operations a second that were bought; nil is what is included (gp3: 3 000).
  public var iops: Double?
  /// MiB a second that were bought; nil is what is included (gp3: 125).
  public var throughput: Double?
  public var start: SimulationTime
  /// Nil while it is there.
  public var end: SimulationTime?

  public init(
    type: String, gibibytes: Double, iops: Double? = nil, throughput: Double? = nil,
    start: SimulationTime, end: SimulationTime? = nil
  ) {
    self.type = type
    self.gibibytes = gibibytes
    self.iops = iops
    self.throughput = throughput
    self.start = start
    self.end = end
  }

  /// The root volume of an instance: there from the launch until it is terminated.
  public init(
    rootOf instance: Instance, type: String, gibibytes: Double, iops: Double? = nil,
    throughput: Double? = nil
  ) {
    // A start after a stop sets the launch time anew; the volume is that of the first launch.
    let first = instance.billedSpans.first?.start ?? instance.launchTime
    self.init(
      type: type, gibibytes: gibibytes, iops: iops, throughput: throughput,
      start: min(first, instance.launchTime),
      end: instance.state == .terminated ? instance.stateSince : nil)
  }

  /// Whole seconds until `now`: 60 at least, a begun one counts (EBS price page).
  func billedSeconds(at now: SimulationTime) -> Int64 {
    BilledSpan(start: start, end: end).billedSeconds(at: now)
  }
}

extension Bill {
  /// A month of volumes: 730 hours, as in AWS's own calculator.
  public static let monthSeconds = 730 * 3_600.0
  /// What the storage price of gp3 includes (EBS price page): operations and MiB a second.
  static let includedIOPS = 3_000.0
  static let includedThroughput = 125.0

  /// Adds volumes until `now`, each at the price of its first day; one that was not there yet at
  /// `now` costs nothing.
  ///
  /// Complexity: linear in the volumes.
  public mutating func add(
    _ volumes: [VolumeUse], in region: Region, prices: VolumePriceList, epoch: CalendarTime,
    at now: SimulationTime
  ) {
    for volume in volumes where volume.start < now {
      let seconds = volume.billedSeconds(at: now)
      let months = Double(seconds) / Self.monthSeconds
      var parts: [(VolumePriceList.Component, Double, Line.Unit, String)] = [
        (.storage, volume.gibibytes, .gibibyteMonth, "\(volume.type) volume")
      ]
      if volume.type == "gp3" {
        let operations = (volume.iops ?? 0) - Self.includedIOPS
        let throughput = (volume.throughput ?? 0) - Self.includedThroughput
        if operations > 0 {
          parts.append((.iops, operations, .operationMonth, "gp3 volume, operations"))
        }
        if throughput > 0 {
          parts.append((.throughput, throughput, .throughputMonth, "gp3 volume, throughput"))
        }
      }
      for (component, amount, unit, item) in parts {
        do throws(MissingPrice) {
          let price = try prices.price(
            of: component, volume.type, in: region, at: epoch.adding(volume.start))
          add(
            Line(
              item: item, count: 1, unit: unit, seconds: seconds, quantity: amount * months,
              usdPerUnit: price.value, provenance: price.provenance))
        } catch {
          note(error)
        }
      }
    }
  }
}
