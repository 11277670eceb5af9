import AWSObjects
import Documents
import Testing

@Suite struct MachineShapeTests {
  private func catalog() -> InstanceTypeCatalog {
    var burst = InstanceType(
      name: "t3.xlarge", vcpus: 4, memoryMiB: 16_384, architectures: [.x86], networkInterfaces: 4,
      ipv4PerInterface: 15)
    burst.maxPods2019 = 44
    return InstanceTypeCatalog(
      [
        InstanceType(
          name: "m5.large", vcpus: 2, memoryMiB: 8_192, architectures: [.x86],
          networkInterfaces: 3, ipv4PerInterface: 10), burst,
      ], source: "answer.json")
  }

  @Test("The sheet as JSON carries what a node offers, as Kubernetes writes quantities")
  func writesJSON() throws {
    let shape = try catalog().shape(of: "m5.large")
    let document = try JSONReader.read(shape.json)
    #expect(document["instanceType"]?.scalarText == "m5.large")
    #expect(document["vcpus"]?.intValue == 2)
    #expect(document["memoryMiB"]?.intValue == 8_192)
    #expect(document["maxPods"]?.intValue == 29)
    #expect(document["allocatable"]?["cpu"]?.scalarText == "1930m")
    #expect(document["allocatable"]?["memory"]?.scalarText == "6903Mi")
    #expect(document["allocatable"]?["pods"]?.scalarText == "29")
    #expect(document["capacity"]?["cpu"]?.scalarText == "2")
    #expect(document["kubeReserved"]?["memory"]?.scalarText == "574Mi")
    let pods = document["sources"]?["max-pods"]
    #expect(pods?["mark"]?.scalarText == "from source code")
    #expect(
      pods?["source"]?.scalarText
        == "3 interfaces * (10 addresses - 1) + 2; amazon-eks-ami 81fec2e8 nodeadm eni_max_pods.go")
  }

  @Test("Every figure of the sheet has a source, in both eras and for measured machines")
  func namesSources() throws {
    for rule in [
      NodeAllocatable(), NodeAllocatable(era: .february2019),
      NodeAllocatable(measuredMemoryKiB: 8_000_000, hugePagesMiB: 512, podLimit: 110),
    ] {
      let shape = try catalog().shape(of: "t3.xlarge", rule: rule)
      #expect(shape.figures.allSatisfy { !$0.provenance.source.isEmpty && !$0.value.isEmpty })
      #expect(Set(shape.figures.map(\.name)).count == shape.figures.count)
    }
  }

  @Test("The sheet for people is aligned and says how well each figure is known")
  func writesText() throws {
    let text = try catalog().shape(of: "t3.xlarge", rule: NodeAllocatable(era: .february2019)).text
    let lines = text.split(separator: "\n")
    #expect(lines[0] == "t3.xlarge, amd64, era 2019-02")
    let pods = try #require(lines.first { $0.contains(" max-pods ") })
    #expect(
      pods.hasSuffix(
        "published         amazon-eks-ami 9f200022 (2019-02-26) files/eni-max-pods.txt"))
    // Marks begin in one column.
    let marks = lines.dropFirst().map { line in
      Mark.allCases.compactMap { line.firstRange(of: "  \($0.rawValue) ")?.lowerBound }
        .map { line.distance(from: line.startIndex, to: $0) }.min()
    }
    #expect(Set(marks).count == 1)
  }

  @Test("A pod limit that is a guess is marked as one")
  func marksTheGuess() throws {
    let shape = try catalog().shape(of: "m5.large", rule: NodeAllocatable(era: .february2019))
    let pods = try #require(shape.figures.first { $0.name == "max-pods" })
    #expect(pods.provenance.mark == .assumed)
  }

  @Test("A Mac type is told apart: no kubelet runs there")
  func knowsMacs() throws {
    let mac = InstanceTypeCatalog(
      [
        InstanceType(
          name: "mac2.metal", vcpus: 8, memoryMiB: 16_384, architectures: [.macArm],
          networkInterfaces: 8, ipv4PerInterface: 30)
      ], source: "answer.json")
    #expect(try mac.shape(of: "mac2.metal").text.hasPrefix("mac2.metal, no Kubernetes node, "))
    #expect(try JSONReader.read(mac.shape(of: "mac2.metal").json)["architecture"]?.isNull == true)
  }
}
