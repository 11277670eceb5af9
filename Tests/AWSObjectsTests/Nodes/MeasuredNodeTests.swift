import AWSObjects
import Documents
import Testing

@Suite struct MeasuredNodeTests {
  private let sink = DiagnosticSink()

  private static let p3dn = """
    {"kind": "Node", "metadata": {"name": "ip-192-168-1-254.ec2.internal",
      "labels": {"node.kubernetes.io/instance-type": "p3dn.24xlarge"}},
     "status": {
       "capacity": {"cpu": "96", "ephemeral-storage": "157274092Ki", "hugepages-1Gi": "0",
         "hugepages-2Mi": "21122Mi", "memory": "784066032Ki", "pods": "250"},
       "allocatable": {"cpu": "95690m", "ephemeral-storage": "143870061124",
         "memory": "753772016Ki", "pods": "250"}}}
    """

  @Test("A real Node object gives the rule what was measured, and the rule gives its allocatable")
  func readsANode() throws {
    let nodes = MeasuredNode.read(
      try JSONReader.read(Self.p3dn), file: "node.json", sink: sink)
    #expect(sink.diagnostics.isEmpty)
    let node = try #require(nodes.first)
    #expect(node.instanceType == "p3dn.24xlarge")
    #expect(node.rule().hugePagesMiB == 21_122)
    #expect(node.rule().podLimit == 250)
    let type = InstanceType(
      name: "p3dn.24xlarge", vcpus: 96, memoryMiB: 786_432, architectures: [.x86],
      networkInterfaces: 15, ipv4PerInterface: 50)
    #expect(node.rule().allocatable(of: type) == node.allocatable)
    #expect(node.rule().capacity(of: type) == node.capacity)
  }

  @Test("A node without capacity, and an amount that is none, are reported at their places")
  func reportsBadNodes() throws {
    let nodes = MeasuredNode.read(
      try JSONReader.read(
        """
        {"kind": "List", "items": [
          {"metadata": {"name": "a", "labels": {"beta.kubernetes.io/instance-type": "x"}},
           "status": {"allocatable": {}}},
          {"metadata": {"name": "b", "labels": {"beta.kubernetes.io/instance-type": "x"}},
           "status": {"capacity": {"cpu": "two", "memory": "1Mi", "pods": "1",
             "ephemeral-storage": "1Gi"}, "allocatable": {}}}]}
        """), file: "nodes.json", sink: sink)
    #expect(nodes.isEmpty)
    #expect(
      sink.sorted.map(\.description) == [
        "nodes.json:3:14: error: items[0].status: 'capacity' is missing",
        "nodes.json:5:35: error: items[1].status.capacity.cpu: "
          + "expected cores such as 96 or 95690m, found \"two\"",
      ])
  }

  @Test(
    "Every node of the recorded EKS cluster comes out to the byte, where the given data is at hand",
    .enabled(if: RepositoryFiles.hasGivenData))
  func equalsRecordedNodes() throws {
    let dump = try #require(RepositoryFiles.givenData("clusters/eks-p3dn/nodes-8.json"))
    let nodes = MeasuredNode.read(try JSONReader.read(dump), file: "nodes-8.json", sink: sink)
    #expect(nodes.count == 8)
    let catalog = InstanceTypeCatalog(
      table: try RepositoryFiles.text("models/aws/instance-types.csv"), file: "types.csv",
      sink: sink)
    for node in nodes {
      let type = try catalog.type(named: node.instanceType)
      #expect(node.rule().allocatable(of: type) == node.allocatable, "\(node.name)")
    }
    #expect(sink.diagnostics.isEmpty)
  }
}
