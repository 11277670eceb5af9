import AWSObjects
import Documents
import EC2AutoScaling
import Testing
import TimeUnits

/// Volumes, moved data, spot and extended support, each worked by hand.
@Suite struct BillOfVolumesTests {
  private let region = Region("us-east-1")

  private func date(_ text: String) throws -> CalendarTime {
    try #require(CalendarTime(rfc3339: text))
  }

  private func volumePrices() throws -> VolumePriceList {
    let sink = DiagnosticSink()
    var prices = VolumePriceList()
    prices.add(
      table: """
        region,volume_type,component,usd_per_month,first_seen,last_seen,source,mark
        us-east-1,gp2,storage,0.10,2014-06-17,2020-10-02,a,published
        us-east-1,gp3,storage,0.08,2020-12-01,2021-02-04,b,published
        us-east-1,gp3,iops,0.005,2020-12-01,2021-02-04,b,published
        us-east-1,gp3,throughput,0.04,2020-12-01,2021-02-04,b,published
        """, file: "volumes.csv", sink: sink)
    #expect(sink.diagnostics.isEmpty)
    return prices
  }

  private func transferPrices() throws -> TransferPriceList {
    let sink = DiagnosticSink()
    var prices = TransferPriceList()
    prices.add(
      table: """
        kind,from,to,from_gb,usd_per_gb,first_seen,last_seen,source,mark
        zone,any,any,0,0.01,2019-06-01,2023-04-01,a,published
        region,us-east-1,any,0,0.02,2023-04-01,2023-04-01,a,published
        region,us-east-1,us-east-2,0,0.01,2023-04-01,2023-04-01,a,published
        internet,us-east-1,any,0,0.09,2023-04-01,2023-04-01,a,published
        internet,us-east-1,any,10240,0.085,2023-04-01,2023-04-01,a,published
        """, file: "transfer.csv", sink: sink)
    #expect(sink.diagnostics.isEmpty)
    return prices
  }

  @Test("Two gp2 volumes of 20 GiB for a day cost 40 x 0.10 x 24/730 $")
  func volumes() throws {
    // 40 GiB x 24 h / 730 h = 1.315068 GiB-months; x 0.10 $ = 0.1315068 $.
    let use = VolumeUse(type: "gp2", gibibytes: 20, start: .zero)
    var bill = Bill()
    bill.add(
      [use, use], in: region, prices: try volumePrices(), epoch: try date("2019-02-15"),
      at: .seconds(86_400))
    let line = try #require(bill.lines.first)
    #expect(line.item == "gp2 volume" && line.count == 2 && line.unit == .gibibyteMonth)
    #expect(abs(line.quantity - 1.3150684931506849) < 1e-12)
    #expect(abs(bill.usd - 0.13150684931506849) < 1e-12)
  }

  @Test("gp3: storage, and what is bought above 3 000 operations and 125 MiB a second")
  func boughtPerformance() throws {
    // 730 h are a month: 80 x 0.08 + 1 000 x 0.005 + 125 x 0.04 = 6.4 + 5 + 5 = 16.4 $.
    let use = VolumeUse(type: "gp3", gibibytes: 80, iops: 4_000, throughput: 250, start: .zero)
    var bill = Bill()
    bill.add(
      [use], in: region, prices: try volumePrices(), epoch: try date("2021-01-01"),
      at: .seconds(730 * 3_600))
    #expect(bill.lines.map(\.unit) == [.gibibyteMonth, .operationMonth, .throughputMonth])
    #expect(abs(bill.usd - 16.4) < 1e-9)
  }

  @Test("A volume lasts from launch to termination, stopped or not, and a minute at least")
  func lives() throws {
    var instance = Instance(
      id: InstanceID(0), instanceType: "m5.large", zone: CloudFixture.zones[0], launchTime: .zero)
    instance.enter(.running, at: .seconds(10))
    instance.enter(.stopping, at: .seconds(20))
    instance.enter(.stopped, at: .seconds(40))
    instance.enter(.pending, at: .seconds(1_000))
    instance.enter(.running, at: .seconds(1_010))
    let use = VolumeUse(rootOf: instance, type: "gp2", gibibytes: 20)
    // The first launch is no longer told; the first time it ran stands for it.
    #expect(use.start == .seconds(10) && use.end == nil)
    instance.enter(.shuttingDown, at: .seconds(2_000))
    instance.enter(.terminated, at: .seconds(2_030))
    #expect(VolumeUse(rootOf: instance, type: "gp2", gibibytes: 20).end == .seconds(2_030))
    var bill = Bill()
    bill.add(
      [VolumeUse(type: "gp2", gibibytes: 1, start: .zero, end: .seconds(5))], in: region,
      prices: try volumePrices(), epoch: try date("2019-02-15"), at: .seconds(100))
    #expect(bill.lines.map(\.seconds) == [60])
  }

  @Test("A volume without a price is named: its kind, region and day")
  func missingVolume() throws {
    var bill = Bill()
    bill.add(
      [VolumeUse(type: "gp3", gibibytes: 20, start: .zero)], in: region,
      prices: try volumePrices(), epoch: try date("2019-02-15"), at: .seconds(100))
    #expect(
      bill.missing.map(\.description) == [
        "no price is known for storage of gp3 volumes in us-east-1 on 2019-02-15"
      ])
    #expect(bill.usd == 0)
  }

  @Test("Between zones both ends pay, between regions the source, within one region nobody")
  func moves() throws {
    // 50 GB between zones: 2 x 50 x 0.01 = 1 $. 100 GB to Ohio: 1 $. 100 GB to Ireland: 2 $.
    let prices = try transferPrices()
    let day = try date("2023-04-01")
    var bill = Bill()
    bill.addTransfer(betweenZonesOf: region, gigabytes: 50, prices: prices, at: day)
    for (to, expected) in [("us-east-2", 2.0), ("eu-west-1", 4.0), ("us-east-1", 4.0)] {
      bill.addTransfer(from: region, to: Region(to), gigabytes: 100, prices: prices, at: day)
      #expect(abs(bill.usd - expected) < 1e-12)
    }
    bill.addTransfer(
      from: Region("mars-1"), to: region, gigabytes: 1, prices: prices, at: day)
    #expect(bill.missing.map(\.item) == ["data to us-east-1"])
  }

  @Test("20 000 GB to the internet in a month: 100 free, 10 140 at 0.09, 9 760 at 0.085")
  func internet() throws {
    // 10 140 x 0.09 = 912.60; 9 760 x 0.085 = 829.60; together 1 742.20 $.
    let prices = try transferPrices()
    let day = try date("2023-04-01")
    var bill = Bill()
    bill.addTransfer(toInternetFrom: region, gigabytes: 20_000, prices: prices, at: day)
    #expect(abs(bill.usd - 1_742.2) < 1e-9)
    // The same in two parts.
    var parts = Bill()
    parts.addTransfer(toInternetFrom: region, gigabytes: 12_000, prices: prices, at: day)
    parts.addTransfer(
      toInternetFrom: region, gigabytes: 8_000, before: 12_000, prices: prices, at: day)
    #expect(abs(parts.usd - 1_742.2) < 1e-9)
    #expect(parts.lines.map(\.count) == [1, 1])
  }

  @Test("A spot instance pays what holds at each moment; time without a price is named")
  func spot() throws {
    var instance = Instance(
      id: InstanceID(0), instanceType: "m5.large", zone: AvailabilityZone("us-east-1a"),
      launchTime: .zero)
    instance.enter(.running, at: .zero)
    var prices = SpotPriceList()
    let source = Provenance(.published, "history")
    for (at, usd) in [("2026-07-20T00:00:00Z", 0.030), ("2026-07-20T01:00:00Z", 0.036)] {
      prices.add(
        .init(from: try date(at), usdPerHour: usd, provenance: source), for: "m5.large",
        in: AvailabilityZone("us-east-1a"))
    }
    // 1 800 s at 0.030 and 3 600 s at 0.036: 0.015 + 0.036 = 0.051 $.
    var bill = Bill()
    bill.addSpot(
      [instance], prices: prices, epoch: try date("2026-07-20T00:30:00Z"), at: .seconds(5_400))
    #expect(bill.lines.map(\.seconds) == [1_800, 3_600])
    #expect(bill.lines.map(\.count) == [1, 1])
    #expect(abs(bill.usd - 0.051) < 1e-12)
    // An hour before the first price is not invented.
    var early = Bill()
    early.addSpot(
      [instance], prices: prices, epoch: try date("2026-07-19T23:00:00Z"), at: .seconds(5_400))
    #expect(early.lines.map(\.seconds) == [1_800])
    #expect(early.missing.map(\.item) == ["m5.large as a spot instance in us-east-1a"])
  }

  @Test("A version past its standard support costs 0.60 $ an hour from the day it is past it")
  func extendedSupport() throws {
    func fee(_ from: String, _ usd: Double) throws -> EKSHistory.Fee {
      .init(
        from: try date(from), price: Price(usdPerHour: usd, provenance: Provenance(.published, "")))
    }
    let eks = EKSHistory(
      fees: [try fee("2020-01-21", 0.10)], regions: [], versions: [],
      extendedFees: [try fee("2024-04-01", 0.60)],
      standardSupport: [
        .init(version: "1.29", until: try date("2025-03-23"), provenance: .init(.published, ""))
      ])
    // Two hours before midnight and three after: 2 x 0.10 + 3 x 0.60 = 2.00 $.
    var bill = Bill()
    bill.addControlPlane(
      eks, version: "1.29", from: .zero, epoch: try date("2025-03-22T22:00:00Z"),
      at: .seconds(5 * 3_600))
    #expect(bill.lines.map(\.seconds) == [7_200, 10_800])
    #expect(abs(bill.usd - 2.0) < 1e-12)
    // A version of which nothing is said pays the standard fee.
    var other = Bill()
    other.addControlPlane(
      eks, from: .zero, epoch: try date("2025-03-22T22:00:00Z"), at: .seconds(5 * 3_600))
    #expect(abs(other.usd - 0.5) < 1e-12)
    #expect(other.lines.map(\.count) == [1])
  }
}
