import NetworkModel
import Testing

@Suite struct NetworkTests {
  static let geography = Geography([
    .init(region: "us-east-1", name: "us-east-1a"), .init(region: "us-east-1", name: "us-east-1b"),
    .init(region: "us-east-2", name: "us-east-2a"), .init(region: "us-east-1", name: "us-east-1a"),
  ])
  static let sameZone = RoundTripFigures(minimum: 0.05, mean: 0.2, maximum: 0.5, deviation: 0.1)
  static let otherZone = RoundTripFigures(minimum: 0.5, mean: 0.9, maximum: 1.5, deviation: 0.2)

  static func latencies() -> RegionLatencies {
    var latencies = RegionLatencies()
    latencies.set(PathLatencyTests.measured[0], from: "us-east-1", to: "us-east-2")
    return latencies
  }

  @Test("the same zone, another zone and another region have their own round trips")
  func paths() throws {
    let network = try Network(
      Self.geography, regions: Self.latencies(), sameZone: Self.sameZone,
      otherZone: Self.otherZone)
    let zones = (0..<3).map { ZoneID($0) }
    #expect(abs(network.meanRoundTrip(from: zones[0], to: zones[0]) - 200_000) < 1)
    #expect(abs(network.meanRoundTrip(from: zones[1], to: zones[0]) - 900_000) < 1)
    // The way back was not measured: it is that of the way there.
    for (a, b) in [(0, 2), (2, 0), (1, 2)] {
      #expect(abs(network.meanRoundTrip(from: zones[a], to: zones[b]) - 10_549_000) < 1)
    }
    #expect(network.roundTrip(from: zones[0], to: zones[2], 0) >= 10_457_000)
  }

  @Test("a region without measurements is reported with those that have some")
  func unknown() {
    let geography = Geography(
      Self.geography.zones + [.init(region: "eu-west-9", name: "eu-west-9a")])
    let error = #expect(throws: MissingLatency.self) {
      try Network(
        geography, regions: Self.latencies(), sameZone: Self.sameZone, otherZone: Self.otherZone)
    }
    #expect(
      error?.description
        == "no latency between us-east-1 and eu-west-9 is known; "
        + "regions with measurements are us-east-1, us-east-2")
    #expect(error?.unknownRegions == ["eu-west-9"])
    let missing = Self.latencies().missing(among: geography.regions)
    #expect(missing.map(\.source) == ["us-east-1", "us-east-2"])
  }

  @Test("bytes between zones are paid twice, to another region once, inside a zone never")
  func transfers() throws {
    var meter = TransferMeter(Self.geography)
    let (a, b, c) = (ZoneID(0), ZoneID(1), ZoneID(2))
    let gigabyte: Int64 = 1 << 30
    meter.add(7 * gigabyte, from: a, to: a)
    meter.add(3 * gigabyte, from: a, to: b)
    meter.add(2 * gigabyte, from: b, to: a)
    meter.add(gigabyte, from: b, to: c)
    meter.add(1, from: c, to: a)
    let lines = meter.lines
    #expect(
      lines.map(\.border) == [
        .withinZone("us-east-1"), .betweenZones("us-east-1"),
        .betweenRegions("us-east-1", "us-east-2"), .betweenRegions("us-east-2", "us-east-1"),
      ])
    #expect(lines.map(\.bytes).reduce(0, +) == meter.total)
    #expect(lines.map { $0.usd(perGigabyte: 0.5) } == [0, 5, 0.5, 0.5 * 0x1p-30])
    #expect(lines[3].border.payingRegion == "us-east-2")
    #expect(meter.bytes(from: b, to: c) == gigabyte && meter.bytes(from: c, to: b) == 0)
  }

  @Test("a cut swallows what is on its way, in both directions, and ends")
  func cuts() throws {
    var cuts = LinkCuts(Self.geography)
    let (virginia, ohio) = (RegionID(0), RegionID(1))
    let (a, b, c) = (ZoneID(0), ZoneID(1), ZoneID(2))
    #expect(cuts.delivers(from: a, to: c, leaving: 0, arriving: 5) && !cuts.hasCuts)
    cuts.cut(virginia, ohio, from: 100, until: 160)
    cuts.cut(virginia, ohio, from: 150, until: 200)
    #expect(cuts.isCut(ohio, virginia, at: 199) && !cuts.isCut(ohio, virginia, at: 200))
    for (leaving, arriving, delivered) in [
      (90, 99, true), (95, 105, false), (120, 130, false), (199, 209, false), (200, 210, true),
      (90, 250, false),
    ] as [(Int64, Int64, Bool)] {
      #expect(cuts.delivers(from: a, to: c, leaving: leaving, arriving: arriving) == delivered)
      #expect(cuts.delivers(from: c, to: b, leaving: leaving, arriving: arriving) == delivered)
      #expect(cuts.delivers(from: a, to: b, leaving: leaving, arriving: arriving))
    }
    #expect(cuts.nextChange(after: 0) == 100 && cuts.nextChange(after: 100) == 200)
    #expect(cuts.nextChange(after: 200) == nil)
  }
}
