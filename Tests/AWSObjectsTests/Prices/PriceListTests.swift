import AWSObjects
import Documents
import Testing
import TimeUnits

@Suite struct PriceListTests {
  private static let header =
    "region,instance_type,usd_per_hour,first_seen,last_seen,source,mark\n"

  private func list(_ rows: String) -> (PriceList, [String]) {
    let sink = DiagnosticSink()
    var prices = PriceList()
    prices.add(table: Self.header + rows, file: "prices.csv", sink: sink)
    return (prices, sink.sorted.map(\.description))
  }

  private func date(_ text: String) throws -> CalendarTime {
    try #require(CalendarTime(rfc3339: text))
  }

  private let rows = """
    us-east-1,m5.large,0.096,2018-11-29,2019-04-05,old list,published
    us-east-1,m5.large,0.090,2026-07-20,2026-07-20,new list,published
    """

  @Test(
    "On an observed day a price is published; elsewhere the latest earlier one holds, assumed",
    arguments: [
      ("2018-11-29", 0.096, Mark.published), ("2019-04-05", 0.096, .published),
      ("2022-01-01", 0.096, .assumed), ("2026-07-20", 0.090, .published),
      ("2030-01-01", 0.090, .assumed), ("2018-10-15", 0.096, .assumed),
    ])
  func findsThePriceOfTheDay(day: String, usd: Double, mark: Mark) throws {
    let (prices, diagnostics) = list(rows)
    #expect(diagnostics.isEmpty)
    let price = try prices.price(of: "m5.large", in: Region("us-east-1"), at: date(day))
    #expect(price.usdPerHour == usd)
    #expect(price.provenance.mark == mark)
  }

  @Test("A price that is assumed says of which day it is")
  func saysTheDay() throws {
    let (prices, _) = list(rows)
    let price = try prices.price(of: "m5.large", in: Region("us-east-1"), at: date("2022-01-01"))
    #expect(price.provenance.source == "the price of 2019-04-05, old list")
  }

  @Test("No price is invented: another region, another type, or long before the first sighting")
  func namesWhatIsMissing() throws {
    let (prices, _) = list(rows)
    let error = #expect(throws: MissingPrice.self) {
      try prices.price(of: "m5.large", in: Region("eu-west-1"), at: date("2019-01-01"))
    }
    #expect("\(error!)" == "no price is known for m5.large in eu-west-1 on 2019-01-01")
    #expect(throws: MissingPrice.self) {
      try prices.price(of: "m6i.large", in: Region("us-east-1"), at: date("2019-01-01"))
    }
    #expect(throws: MissingPrice.self) {
      try prices.price(of: "m5.large", in: Region("us-east-1"), at: date("2016-01-01"))
    }
  }

  @Test("Bad rows are reported at their cells")
  func reportsBadRows() {
    let (_, diagnostics) = list(
      """
      us-east-1,a,free,2018-11-29,2019-04-05,s,published
      us-east-1,a,0,2018-11-29,2019-04-05,s,published
      us-east-1,a,1,29.11.2018,2019-04-05,s,published
      us-east-1,a,1,2019-11-29,2019-04-05,s,published
      us-east-1,a,1,2018-11-29,2019-04-05,s,publishd
      us-east-1,a,1,2018-11-29,2019-04-05,,published
      """)
    #expect(
      diagnostics == [
        "prices.csv:2:13: error: usd_per_hour: expected a number, found \"free\"",
        "prices.csv:3:13: error: usd_per_hour: a price must be above zero",
        "prices.csv:4:15: error: first_seen: "
          + "expected a date such as 2018-10-15, found \"29.11.2018\"",
        "prices.csv:5:26: error: last_seen: last seen before it was first seen",
        "prices.csv:6:39: error: mark: unknown value 'publishd' (did you mean 'published'?)",
        "prices.csv:7:1: error: source: 'source' is missing",
      ])
  }
}
