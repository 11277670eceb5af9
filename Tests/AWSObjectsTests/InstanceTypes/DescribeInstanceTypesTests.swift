import AWSObjects
import Documents
import Testing

@Suite struct DescribeInstanceTypesTests {
  private func read(_ json: String) throws -> (InstanceTypeCatalog, [String]) {
    let sink = DiagnosticSink()
    let catalog = InstanceTypeCatalog(
      describeInstanceTypes: try JSONReader.read(json), file: "answer.json", sink: sink)
    return (catalog, sink.sorted.map(\.description))
  }

  private static let large = """
    {"InstanceType": "m5.large", "VCpuInfo": {"DefaultVCpus": 2},
     "MemoryInfo": {"SizeInMiB": 8192},
     "ProcessorInfo": {"SupportedArchitectures": ["x86_64"]},
     "NetworkInfo": {"Ipv4AddressesPerInterface": 10, "MaximumNetworkInterfaces": 3,
       "DefaultNetworkCardIndex": 0, "NetworkPerformance": "Up to 10 Gigabit",
       "NetworkCards": [{"MaximumNetworkInterfaces": 3, "BaselineBandwidthInGbps": 0.75,
         "PeakBandwidthInGbps": 10.0}]},
     "EbsInfo": {"EbsOptimizedInfo": {"BaselineBandwidthInMbps": 650,
       "MaximumBandwidthInMbps": 4750}},
     "HibernationSupported": true}
    """

  @Test(
    "An answer of describe-instance-types gives the facts, and fields we do not use are no news")
  func readsAnAnswer() throws {
    let (catalog, diagnostics) = try read("{\"InstanceTypes\": [\(Self.large)]}")
    #expect(diagnostics.isEmpty)
    let type = try catalog.type(named: "m5.large")
    #expect(type.vcpus == 2)
    #expect(type.memoryMiB == 8192)
    #expect(type.networkInterfaces == 3)
    #expect(type.ipv4PerInterface == 10)
    #expect(type.networkGbps == InstanceType.Rate(baseline: 0.75, peak: 10))
    #expect(type.ebsMbps == InstanceType.Rate(baseline: 650, peak: 4750))
    #expect(type.kubernetesArchitecture == "amd64")
    #expect(catalog.source == "answer.json")
  }

  @Test("Interfaces are counted on the default network card alone, as the VPC CNI does")
  func countsTheDefaultCard() throws {
    let (catalog, _) = try read(
      """
      {"InstanceTypes": [{"InstanceType": "x.metal", "VCpuInfo": {"DefaultVCpus": 4},
       "MemoryInfo": {"SizeInMiB": 1024}, "ProcessorInfo": {"SupportedArchitectures": ["arm64"]},
       "NetworkInfo": {"Ipv4AddressesPerInterface": 50, "MaximumNetworkInterfaces": 60,
         "DefaultNetworkCardIndex": 1,
         "NetworkCards": [{"MaximumNetworkInterfaces": 7}, {"MaximumNetworkInterfaces": 15}]}}]}
      """)
    #expect(catalog["x.metal"]?.networkInterfaces == 15)
  }

  @Test("GPUs are added up and named after their maker's device plugin")
  func readsAccelerators() throws {
    func gpus(_ maker: String) -> String {
      Self.large.dropLast() + """
        , "GpuInfo": {"Gpus": [{"Count": 4, "Manufacturer": "\(maker)", "Name": "T4",
          "MemoryInfo": {"SizeInMiB": 16384}}]}}
        """
    }
    let (nvidia, _) = try read("{\"InstanceTypes\": [\(gpus("NVIDIA"))]}")
    #expect(nvidia["m5.large"]?.extendedResources.map(\.name) == ["nvidia.com/gpu"])
    #expect(nvidia["m5.large"]?.extendedResources.map(\.count) == [4])
    #expect(nvidia["m5.large"]?.accelerators?.memoryMiB == 16384)
    let (amd, _) = try read("{\"InstanceTypes\": [\(gpus("AMD"))]}")
    #expect(amd["m5.large"]?.extendedResources.map(\.name) == ["amd.com/gpu"])
  }

  @Test("A type without a fact we need is named with its place and left out; the others stay")
  func reportsWhatIsMissing() throws {
    let (catalog, diagnostics) = try read(
      """
      {"InstanceTypes": [
        {"InstanceType": "m5.huge", "VCpuInfo": {}},
        \(Self.large)]}
      """)
    #expect(catalog.types.map(\.name) == ["m5.large"])
    #expect(
      diagnostics == [
        "answer.json:2:43: error: InstanceTypes[0].VCpuInfo: 'DefaultVCpus' is missing"
      ])
  }

  @Test("Something else than an answer is refused")
  func refusesOtherDocuments() throws {
    let (catalog, diagnostics) = try read("{\"Reservations\": []}")
    #expect(catalog.types.isEmpty)
    #expect(diagnostics == ["answer.json:1:1: error: 'InstanceTypes' is missing"])
  }

  @Test("What AWS does not answer comes from the supplement")
  func takesTheSupplement() throws {
    var known = InstanceType(
      name: "m5.large", vcpus: 1, memoryMiB: 1, architectures: [.x86], networkInterfaces: 1,
      ipv4PerInterface: 1)
    known.maxPods2019 = 29
    known.wasSoldIn2018 = true
    let catalog = InstanceTypeCatalog(
      describeInstanceTypes: try JSONReader.read("{\"InstanceTypes\": [\(Self.large)]}"),
      file: "answer.json", sink: DiagnosticSink(),
      supplement: InstanceTypeCatalog([known], source: "table"))
    #expect(catalog["m5.large"]?.maxPods2019 == 29)
    #expect(catalog["m5.large"]?.wasSoldIn2018 == true)
    #expect(catalog["m5.large"]?.vcpus == 2)
  }
}
