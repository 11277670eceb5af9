import AWSObjects
import Documents
import Testing

@Suite struct NodeAllocatableTests {
  private static func type(
    _ vcpus: Int64, _ memoryMiB: Int64, _ interfaces: Int64, _ addresses: Int64,
    _ architectures: [InstanceType.Architecture] = [.x86]
  ) -> InstanceType {
    InstanceType(
      name: "test", vcpus: vcpus, memoryMiB: memoryMiB, architectures: architectures,
      networkInterfaces: interfaces, ipv4PerInterface: addresses)
  }

  /// What karpenter-provider-aws v1.14.1 documents (AL2023, overhead 0.075).
  private struct Documented: Sendable {
    var name: String
    var type: InstanceType
    var cpu: String
    var memory: String
    var pods: Int64

    init(_ name: String, _ type: InstanceType, _ cpu: String, _ memory: String, _ pods: Int64) {
      self.name = name
      self.type = type
      self.cpu = cpu
      self.memory = memory
      self.pods = pods
    }
  }

  private static let documented: [Documented] = [
    Documented("m5.large", type(2, 8_192, 3, 10), "1930m", "6903Mi", 29),
    Documented(
      "a1.large: 64 MiB less on arm64", type(2, 4_096, 3, 10, [.arm]), "1930m", "3055Mi", 29),
    Documented("a1.2xlarge", type(8, 16_384, 4, 15, [.arm]), "7910m", "14103Mi", 58),
    Documented("t3.nano: almost nothing is left", type(2, 512, 2, 2), "1930m", "74Mi", 4),
    Documented(
      "p4d.24xlarge: one of four cards", type(96, 1_179_648, 15, 50), "95690m", "1082712Mi", 737),
  ]

  @Test("Allocatable equals Karpenter's documented figures", arguments: documented)
  private func equalsDocumented(_ row: Documented) {
    let allocatable = NodeAllocatable().allocatable(of: row.type)
    #expect(allocatable.cpuText == row.cpu)
    #expect(allocatable.memoryText == row.memory)
    #expect(allocatable.pods == row.pods)
    #expect(allocatable.ephemeralStorageText == "17Gi")
  }

  @Test(
    "Reserved CPU is 6 %, 1 %, 0.5 % and 0.25 % of the cores, truncated",
    arguments: [(1, 60), (2, 70), (4, 80), (5, 82), (8, 90), (16, 110), (96, 310)])
  func reservesCPU(vcpus: Int64, millis: Int64) {
    #expect(NodeAllocatable().reservedCPUMillis(Self.type(vcpus, 1, 2, 2)) == millis)
  }

  @Test("The VM's overhead is rounded up to whole MiB, and zero overhead takes nothing")
  func roundsOverheadUp() {
    let odd = Self.type(2, 1_001, 2, 4)
    func mebi(_ overhead: Double) -> Int64 {
      NodeAllocatable(vmMemoryOverhead: overhead).capacityMemoryBytes(odd) / 1_048_576
    }
    #expect(mebi(0.075) == 1_001 - 76)
    #expect(mebi(0) == 1_001)
    #expect(mebi(0.5) == 500)
  }

  @Test("A machine too small for what is reserved offers no memory, not less than none")
  func neverNegative() {
    let allocatable = NodeAllocatable().allocatable(of: Self.type(1, 300, 2, 4))
    #expect(allocatable.memoryBytes == 0)
  }

  /// `kubectl get nodes -o json` of a p3dn.24xlarge in an EKS 1.27 cluster with EFA
  /// (converged-computing/performance-study 6f3df687, 2024).
  @Test("A real p3dn.24xlarge with huge pages and a pod limit of 250 comes out to the byte")
  func equalsARealNode() {
    let rule = NodeAllocatable(
      measuredMemoryKiB: 784_066_032, hugePagesMiB: 21_122, podLimit: 250,
      measuredFilesystemBytes: 157_274_092 * 1_024)
    let type = Self.type(96, 786_432, 15, 50)
    let allocatable = rule.allocatable(of: type)
    #expect(allocatable.cpuText == "95690m")
    #expect(allocatable.memoryText == "753772016Ki")
    #expect(allocatable.pods == 250)
    #expect(allocatable.ephemeralStorageBytes == 143_870_061_124)
    #expect(rule.reservedMemoryMiB(type) == 8_362)
    #expect(rule.capacity(of: type).memoryText == "784066032Ki")
  }

  @Test("In February 2019 nothing is reserved: all cores, and all memory but 100 MiB")
  func reservesNothingIn2019() {
    let rule = NodeAllocatable(era: .february2019, measuredMemoryKiB: 7_950_000)
    let allocatable = rule.allocatable(of: Self.type(2, 8_192, 3, 10))
    #expect(allocatable.cpuText == "2")
    #expect(allocatable.memoryText == "\(7_950_000 - 102_400)Ki")
    #expect(allocatable.ephemeralStorageText == "18Gi")
  }

  @Test("In February 2019 the image's file decides the pod limit; types not in it take the formula")
  func takesThePodFileOf2019() {
    var type = Self.type(4, 16_384, 4, 15)
    #expect(NodeAllocatable(era: .february2019).maxPods(type) == 58)
    type.maxPods2019 = 44
    #expect(NodeAllocatable(era: .february2019).maxPods(type) == 44)
    #expect(NodeAllocatable(era: .current).maxPods(type) == 58)
  }

  @Test(
    "Every type that Karpenter documents comes out equal, where the given data is at hand",
    .enabled(if: RepositoryFiles.hasGivenData))
  func equalsAllDocumentedTypes() throws {
    let answer = try #require(
      RepositoryFiles.givenData("aws/instance-types/describe-instance-types.json"))
    let documented = try #require(
      RepositoryFiles.givenData("aws/allocatable/karpenter-instance-types.json"))
    let sink = DiagnosticSink()
    let catalog = InstanceTypeCatalog(
      describeInstanceTypes: try JSONReader.read(answer), file: "answer.json", sink: sink)
    #expect(sink.diagnostics.isEmpty)
    let rows = try JSONReader.read(documented).entries ?? []
    #expect(rows.count == 842)
    for row in rows {
      let type = try catalog.type(named: row.key)
      let resources = try #require(row.value["resources"])
      let allocatable = NodeAllocatable().allocatable(of: type)
      #expect(allocatable.cpuText == resources["cpu"]?.scalarText, "\(row.key)")
      #expect(allocatable.memoryText == resources["memory"]?.scalarText, "\(row.key)")
      #expect("\(allocatable.pods)" == resources["pods"]?.scalarText, "\(row.key)")
      #expect(
        allocatable.ephemeralStorageText == resources["ephemeral-storage"]?.scalarText,
        "\(row.key)")
      for gpu in type.extendedResources {
        #expect("\(gpu.count)" == resources[gpu.name]?.scalarText, "\(row.key)")
      }
    }
  }
}
