import AWSObjects
import EC2AutoScaling
import Testing
import TimeUnits

@Suite struct BillTests {
  private let region = Region("us-east-1")

  private func date(_ text: String) throws -> CalendarTime {
    try #require(CalendarTime(rfc3339: text))
  }

  private func prices(_ usd: Double = 0.096) throws -> PriceList {
    var prices = PriceList()
    prices.add(
      .init(
        usdPerHour: usd, firstSeen: try date("2018-11-29"), lastSeen: try date("2019-04-05"),
        provenance: Provenance(.published, "test")), for: "m5.large", in: region)
    return prices
  }

  private func eks() throws -> EKSHistory {
    EKSHistory(
      fees: [
        .init(
          from: try date("2020-01-21"),
          price: Price(usdPerHour: 0.10, provenance: Provenance(.published, "later"))),
        .init(
          from: try date("2018-06-05"),
          price: Price(usdPerHour: 0.20, provenance: Provenance(.published, "first"))),
      ], regions: [], versions: [])
  }

  @Test("Three m5.large for an hour and a control plane of 2018 cost 0.488 $")
  func billsAnHour() throws {
    var fixture = try CloudFixture()
    try fixture.reconcile()
    for instance in fixture.cloud.instances {
      try fixture.apply(.instanceEntered(instance.id, .running))
    }
    fixture.advance(3_600)
    var bill = Bill()
    let epoch = try date("2019-02-15")
    bill.add(
      fixture.cloud.instances, in: region, prices: try prices(), epoch: epoch, at: fixture.now)
    bill.addControlPlane(try eks(), from: .zero, epoch: epoch, at: fixture.now)
    #expect(bill.lines.map(\.item) == ["m5.large", "EKS control plane"])
    #expect(bill.lines.map(\.count) == [3, 1])
    #expect(bill.lines.map(\.seconds) == [3 * 3_600, 3_600])
    #expect(abs(bill.usd - (3 * 0.096 + 0.20)) < 1e-12)
    #expect(bill.isComplete)
  }

  @Test("Every start costs a minute at least, also of one instance; pending costs nothing")
  func billsMinutes() throws {
    var instance = Instance(
      id: InstanceID(0), instanceType: "m5.large", zone: CloudFixture.zones[0], launchTime: .zero)
    for round in 0..<3 {
      let start = Int64(round * 1_000)
      instance.enter(.pending, at: .seconds(start))
      instance.enter(.running, at: .seconds(start + 30))
      instance.enter(.stopping, at: .seconds(start + 40))
      instance.enter(.stopped, at: .seconds(start + 60))
    }
    var bill = Bill()
    bill.add(
      [instance], in: region, prices: try prices(), epoch: try date("2019-01-01"),
      at: .seconds(5_000))
    #expect(bill.lines.map(\.seconds) == [180])
    #expect(bill.lines.map(\.count) == [1])
  }

  @Test("What has no price is named once and left out of the total")
  func namesMissingPrices() throws {
    var fixture = try CloudFixture.settled()
    fixture.advance(600)
    var bill = Bill()
    bill.add(
      fixture.cloud.instances, in: Region("eu-west-1"), prices: try prices(),
      epoch: try date("2019-01-01"), at: fixture.now)
    #expect(bill.lines.isEmpty)
    #expect(
      bill.missing.map(\.description) == [
        "no price is known for m5.large in eu-west-1 on 2019-01-01"
      ])
    #expect(bill.usd == 0)
    #expect(!bill.isComplete)
  }

  @Test("A fee that changes during the run is billed to the second on both sides")
  func splitsTheFee() throws {
    var bill = Bill()
    bill.addControlPlane(
      try eks(), from: .zero, epoch: try date("2020-01-20T23:00:00Z"), at: .seconds(3 * 3_600))
    #expect(bill.lines.map(\.seconds) == [3_600, 7_200])
    #expect(abs(bill.usd - (0.20 + 2 * 0.10)) < 1e-12)
  }

  @Test("Before EKS was sold its fee is missing, from that day on it is billed")
  func billsFromTheFirstDay() throws {
    var bill = Bill()
    bill.addControlPlane(
      try eks(), from: .zero, epoch: try date("2018-06-04T23:00:00Z"), at: .seconds(2 * 3_600))
    #expect(bill.missing.map(\.item) == ["an EKS control plane"])
    #expect(bill.lines.map(\.seconds) == [3_600])
  }

  @Test("Each start is billed at the price of its day")
  func takesThePriceOfTheDay() throws {
    var list = try prices()
    list.add(
      .init(
        usdPerHour: 0.090, firstSeen: try date("2019-04-06"), lastSeen: try date("2019-05-01"),
        provenance: Provenance(.published, "later")), for: "m5.large", in: region)
    var instance = Instance(
      id: InstanceID(0), instanceType: "m5.large", zone: CloudFixture.zones[0], launchTime: .zero)
    for day in [Int64(0), 86_400] {
      instance.enter(.pending, at: .seconds(day))
      instance.enter(.running, at: .seconds(day))
      instance.enter(.stopping, at: .seconds(day + 3_600))
      instance.enter(.stopped, at: .seconds(day + 3_700))
    }
    var bill = Bill()
    bill.add(
      [instance], in: region, prices: list, epoch: try date("2019-04-05"), at: .seconds(100_000))
    #expect(bill.lines.map(\.price.usdPerHour) == [0.096, 0.090])
    #expect(bill.lines.map(\.seconds) == [3_600, 3_600])
  }
}
