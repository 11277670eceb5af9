import AWSObjects
import Documents
import Testing
import TimeUnits

/// The files under `models/aws/` as a run reads them.
@Suite struct ShippedModelsTests {
  private let sink = DiagnosticSink()

  private func date(_ text: String) throws -> CalendarTime {
    try #require(CalendarTime(rfc3339: text))
  }

  private func types() throws -> InstanceTypeCatalog {
    InstanceTypeCatalog(
      table: try RepositoryFiles.text("models/aws/instance-types.csv"),
      file: "models/aws/instance-types.csv", sink: sink)
  }

  private func eks() throws -> EKSHistory {
    EKSHistory(
      document: try RepositoryFiles.yaml(RepositoryFiles.text("models/aws/eks.yaml")),
      file: "models/aws/eks.yaml", sink: sink)
  }

  private func latency() throws -> LaunchLatency {
    try #require(
      LaunchLatency(
        document: try RepositoryFiles.yaml(
          RepositoryFiles.text("models/aws/launch-latency.yaml")),
        file: "models/aws/launch-latency.yaml", sink: sink), "\(sink.sorted)")
  }

  @Test("The instance types are read without a complaint and give the known nodes")
  func readsInstanceTypes() throws {
    let catalog = try types()
    #expect(sink.sorted.isEmpty)
    #expect(catalog.types.count == 1_422)
    let shape = try catalog.shape(of: "m5.large")
    #expect(shape.allocatable.cpuText == "1930m")
    #expect(shape.allocatable.memoryText == "6903Mi")
    #expect(shape.maxPods == 29)
    #expect(catalog["t3.xlarge"]?.maxPods2019 == 44)
    #expect(catalog["t3.large"]?.credits?.creditsPerHour == 36)
    #expect(catalog["p3dn.24xlarge"]?.extendedResources.map(\.count) == [8])
  }

  @Test(
    "The table's types come out as the same nodes as AWS's answer, where that is at hand",
    .enabled(if: RepositoryFiles.hasGivenData))
  func agreesWithTheAnswer() throws {
    let answer = try #require(
      RepositoryFiles.givenData("aws/instance-types/describe-instance-types.json"))
    let catalog = try types()
    let described = InstanceTypeCatalog(
      describeInstanceTypes: try JSONReader.read(answer), file: "answer.json", sink: sink)
    for type in described.types {
      let rule = NodeAllocatable()
      let own = try catalog.type(named: type.name)
      #expect(rule.allocatable(of: own) == rule.allocatable(of: type), "\(type.name)")
    }
  }

  @Test("The prices are read without a complaint, and every sold type of 2018 has its price")
  func readsPrices() throws {
    var prices = PriceList()
    prices.add(
      table: try RepositoryFiles.text("models/aws/prices/on-demand-linux.csv"),
      file: "models/aws/prices/on-demand-linux.csv", sink: sink)
    #expect(sink.sorted.isEmpty)
    let region = Region("us-east-1")
    let day = try date("2018-10-15")
    #expect(try prices.price(of: "m5.large", in: region, at: day).usdPerHour == 0.096)
    #expect(
      try prices.price(of: "c5.xlarge", in: Region("ap-southeast-2"), at: date("2019-02-20"))
        .usdPerHour == 0.222)
    for type in try types().types where type.wasSoldIn2018 == true {
      #expect(throws: Never.self) { try prices.price(of: type.name, in: region, at: day) }
    }
    #expect(throws: MissingPrice.self) {
      try prices.price(of: "m7i.large", in: region, at: day)
    }
  }

  @Test(
    "EKS was in two regions in summer 2018, in three until Ohio came, in nine by New Year"
  )
  func readsRegions() throws {
    let eks = try eks()
    #expect(sink.sorted.isEmpty)
    #expect(eks.regions(at: try date("2018-05-01")).isEmpty)
    #expect(eks.regions(at: try date("2018-07-01")).map(\.name) == ["us-east-1", "us-west-2"])
    #expect(
      eks.regions(at: try date("2018-11-08")).map(\.name)
        == ["us-east-1", "us-west-2", "eu-west-1"])
    #expect(eks.regions(at: try date("2018-11-09")).contains(Region("us-east-2")))
    #expect(eks.regions(at: try date("2018-12-31")).count == 9)
    #expect(eks.regions(at: try date("2019-02-28")).count == 13)
    #expect(eks.start(of: Region("us-east-2")) == (try date("2018-11-09")))
    #expect(eks.start(of: Region("mars-north-1")) == nil)
  }

  @Test("The control plane cost 0.20 $/h until January 2020 and 0.10 since; before 2018-06 nothing")
  func readsFees() throws {
    let eks = try eks()
    #expect(try eks.fee(at: date("2019-02-01")).usdPerHour == 0.20)
    #expect(try eks.fee(at: date("2020-01-20")).usdPerHour == 0.20)
    #expect(try eks.fee(at: date("2020-02-01")).usdPerHour == 0.10)
    #expect(throws: MissingPrice.self) { try eks.fee(at: date("2018-01-01")) }
  }

  @Test("In February 2019 a new cluster could be 1.10 or 1.11, in December 2024 one of eight")
  func readsVersions() throws {
    let eks = try eks()
    #expect(eks.versions(at: try date("2019-02-15")) == ["1.10", "1.11"])
    #expect(eks.versions(at: try date("2019-08-01")) == ["1.11", "1.12", "1.13"])
    let versions = eks.versions(at: try date("2024-12-18"))
    #expect(versions == ["1.24", "1.25", "1.26", "1.27", "1.28", "1.29", "1.30", "1.31"])
  }

  @Test("The latencies are read without a complaint, each with a source and a mark")
  func readsLatencies() throws {
    let latency = try latency()
    #expect(sink.sorted.isEmpty)
    #expect(
      latency.reconcileDelay.value == .uniform(from: .seconds(1), to: .seconds(25)))
    #expect(
      latency.launchActivity.value
        == .mixture([
          .init(weight: 8, law: .constant(.seconds(32))),
          .init(weight: 3, law: .constant(.seconds(64))),
        ]))
    #expect(latency.stopping.provenance.mark == .assumed)
    #expect(latency.runInstancesDelay.value == .constant(.milliseconds(2_500)))
    let boot = latency.bootToReady(image: "amazon-linux-2", at: try date("2019-02-20"))
    #expect(boot?.value == .lognormal(median: .seconds(100), sigma: 0.25))
    #expect(
      latency.bootToReady(image: "amazon-linux-2", at: try date("2023-02-20"))?.value
        == .lognormal(median: .seconds(30), sigma: 0.25))
    #expect(latency.bootToReady(image: "bottlerocket", at: try date("2018-12-01")) == nil)
  }
}
