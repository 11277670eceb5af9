import AWSObjects
import Documents
import Foundation
import Testing
import TimeUnits

/// The tables under `models/aws/prices/volumes` and `models/aws/prices/transfer`.
@Suite struct ShippedPricesTests {
  private func date(_ text: String) throws -> CalendarTime {
    try #require(CalendarTime(rfc3339: text))
  }

  @Test("volumes: gp2 in 2019, gp3 from its first day on, a fifth below, nothing invented")
  func volumes() throws {
    let sink = DiagnosticSink()
    var prices = VolumePriceList()
    prices.add(
      table: try RepositoryFiles.text("models/aws/prices/volumes/ebs.csv"), file: "ebs.csv",
      sink: sink)
    #expect(sink.diagnostics.isEmpty, "\(sink.diagnostics)")
    let virginia = Region("us-east-1")
    let then = try prices.price(of: .storage, "gp2", in: virginia, at: date("2019-02-15"))
    #expect(then.value == 0.10 && then.provenance.mark == .published)
    let now = try prices.price(of: .storage, "gp3", in: virginia, at: date("2026-07-20"))
    #expect(now.value == 0.08 && now.provenance.mark == .assumed)
    for region in ["us-west-1", "eu-central-1", "sa-east-1"] {
      let old = try prices.price(of: .storage, "gp2", in: Region(region), at: date("2020-12-01"))
      let new = try prices.price(of: .storage, "gp3", in: Region(region), at: date("2020-12-01"))
      #expect(abs(new.value - 0.8 * old.value) < 1e-9)
      #expect(new.provenance.mark == .derived)
    }
    #expect(throws: MissingPrice.self) {
      try prices.price(of: .storage, "gp3", in: virginia, at: date("2019-02-15"))
    }
    #expect(throws: MissingPrice.self) {
      try prices.price(of: .storage, "gp2", in: Region("eu-south-1"), at: date("2026-07-20"))
    }
  }

  @Test("moved data: Virginia to Ohio is half the usual price; tiers to the internet fall")
  func transfer() throws {
    let sink = DiagnosticSink()
    var prices = TransferPriceList()
    prices.add(
      table: try RepositoryFiles.text("models/aws/prices/transfer/transfer.csv"),
      file: "transfer.csv", sink: sink)
    #expect(sink.diagnostics.isEmpty, "\(sink.diagnostics)")
    let virginia = Region("us-east-1")
    let day = try date("2023-04-01")
    #expect(try prices.between(virginia, Region("us-east-2"), at: day).value == 0.01)
    #expect(try prices.between(virginia, Region("eu-west-1"), at: day).value == 0.02)
    #expect(try prices.between(Region("sa-east-1"), virginia, at: day).value == 0.138)
    #expect(try prices.betweenZones(of: virginia, at: date("2021-01-01")).value == 0.01)
    let tiers = try prices.toInternet(from: virginia, at: day)
    #expect(tiers.map(\.fromGB) == [0, 10_240, 51_200, 153_600])
    #expect(tiers.map(\.price.value) == [0.09, 0.085, 0.07, 0.05])
  }

  @Test("spot prices of the service's own answer hold until the next, and for 90 days at most")
  func spot() throws {
    let text = """
      {"SpotPriceHistory": [
        {"Timestamp": "2026-07-02T00:00:00.000Z", "ProductDescription": "Linux/UNIX",
         "InstanceType": "m5.large", "SpotPrice": "0.0351", "AvailabilityZone": "us-east-1a"},
        {"Timestamp": "2026-07-01T00:00:00.000Z", "ProductDescription": "Linux/UNIX",
         "InstanceType": "m5.large", "SpotPrice": "0.0340", "AvailabilityZone": "us-east-1a"},
        {"Timestamp": "2026-07-01T00:00:00.000Z", "ProductDescription": "Windows",
         "InstanceType": "m5.large", "SpotPrice": "0.1", "AvailabilityZone": "us-east-1b"}]}
      """
    let sink = DiagnosticSink()
    guard
      case .spotPrices(let answer)? = AWSAnswer(
        try JSONReader.read(text), file: "h.json", sink: sink)
    else {
      Issue.record("no prices")
      return
    }
    var prices = SpotPriceList()
    prices.add(answer, source: "h.json")
    let zone = AvailabilityZone("us-east-1a")
    #expect(
      try prices.price(of: "m5.large", in: zone, at: date("2026-07-01T12:00:00Z")).usdPerHour
        == 0.034)
    #expect(try prices.price(of: "m5.large", in: zone, at: date("2026-08-01")).usdPerHour == 0.0351)
    for (place, day) in [("us-east-1a", "2026-12-01"), ("us-east-1b", "2026-07-01")] {
      #expect(throws: MissingPrice.self) {
        try prices.price(of: "m5.large", in: AvailabilityZone(place), at: date(day))
      }
    }
  }
}
