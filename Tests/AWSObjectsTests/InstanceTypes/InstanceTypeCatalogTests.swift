import AWSObjects
import Documents
import Testing

@Suite struct InstanceTypeCatalogTests {
  private static let header = "instance_type,vcpus,memory_mib,architectures,enis,ipv4_per_eni"

  private func read(_ table: String) -> (InstanceTypeCatalog, [String]) {
    let sink = DiagnosticSink()
    let catalog = InstanceTypeCatalog(table: table, file: "types.csv", sink: sink)
    return (catalog, sink.sorted.map(\.description))
  }

  @Test("An unknown name is an error that names the nearest type")
  func suggestsTheNearest() {
    let (catalog, _) = read(
      Self.header + "\nm5.large,2,8192,x86_64,3,10\nc5.large,2,4096,x86_64,3,10\n")
    let error = #expect(throws: InstanceTypeCatalog.UnknownInstanceType.self) {
      try catalog.type(named: "m5.lage")
    }
    #expect("\(error!)" == "unknown instance type 'm5.lage' (did you mean 'm5.large'?)")
    let other = #expect(throws: InstanceTypeCatalog.UnknownInstanceType.self) {
      try catalog.type(named: "potato")
    }
    #expect("\(other!)" == "unknown instance type 'potato'")
  }

  @Test("Every bad row of the table is reported at its cell, and the good ones are kept")
  func reportsBadRows() {
    let (catalog, diagnostics) = read(
      Self.header + """

        a.one,two,8192,x86_64,3,10
        a.two,2,8192,x86,3,10
        a.three,2,,x86_64,3,10
        a.four,2,8192
        a.five,0,8192,x86_64,3,10
        a.six,2,8192,x86_64 arm64,3,10
        a.six,4,8192,x86_64,3,10
        """)
    #expect(catalog.types.map(\.name) == ["a.six"])
    #expect(
      diagnostics == [
        "types.csv:2:7: error: vcpus: expected a whole number, found \"two\"",
        "types.csv:3:14: error: architectures: unknown architecture 'x86'",
        "types.csv:4:1: error: memory_mib: 'memory_mib' is missing",
        "types.csv:5:1: error: 3 cells where there are 6 columns",
        "types.csv:6:1: error: instance_type: 'a.five' has a size that is not positive",
        "types.csv:8:1: error: instance_type: 'a.six' is there twice",
      ])
  }

  @Test("A later type of the same name replaces the earlier one in its place")
  func replaces() {
    var catalog = InstanceTypeCatalog(source: "test")
    func type(_ name: String, vcpus: Int64) -> InstanceType {
      InstanceType(
        name: name, vcpus: vcpus, memoryMiB: 1024, architectures: [.x86], networkInterfaces: 2,
        ipv4PerInterface: 4)
    }
    catalog.insert(type("a.x", vcpus: 1))
    catalog.insert(type("b.x", vcpus: 1))
    catalog.insert(type("a.x", vcpus: 8))
    #expect(catalog.types.map(\.vcpus) == [8, 1])
    #expect(catalog["a.x"]?.vcpus == 8)
  }

  @Test("i386 comes first on the oldest types, and their nodes are amd64 all the same")
  func findsTheNodeArchitecture() {
    let (catalog, _) = read(
      Self.header + "\nt1.micro,1,627,i386 x86_64,2,2\nmac1.metal,12,32768,x86_64_mac,8,30\n")
    #expect(catalog["t1.micro"]?.kubernetesArchitecture == "amd64")
    #expect(catalog["mac1.metal"]?.canBeNode == false)
  }
}
