import Documents
import Testing
import TraceImports

@Suite struct SimKubeTests {
  private static let text = """
    {"version":2,"config":{},"index":{},"events":[
    {"ts":1000,"applied_objs":[],"deleted_objs":[]},
    {"ts":1040,"applied_objs":[{"apiVersion":"apps/v1","kind":"Deployment",
      "metadata":{"name":"web","namespace":"shop"},"spec":{"replicas":3}}],"deleted_objs":[]},
    {"ts":1010,"applied_objs":[{"apiVersion":"v1","kind":"Pod","metadata":{"name":"p"}}],
      "deleted_objs":[]},
    {"ts":1100,"applied_objs":[],"deleted_objs":[{"kind":"Deployment",
      "metadata":{"name":"web","namespace":"shop"}}]}],
    "pod_lifecycles":{"v1.Pod|default/p":{"77":[{"Finished":[1012,1042]}]},
      "v1.Pod|default/older":{"77":[{"Finished":[10,20]}]}}}
    """

  private func read(_ text: String) throws -> (SimKubeTrace?, [String]) {
    let sink = DiagnosticSink()
    let cursor = DocumentCursor(try JSONReader.read(text), file: "t.json", sink: sink)
    return (SimKubeTrace(cursor), sink.sorted.map(\.description))
  }

  @Test("Changes become commands in the order of time, lives become behaviour")
  func scenario() throws {
    let trace = try #require(try read(Self.text).0)
    let files = SimKubeScenario(trace, name: "t", instanceType: "m5.large", nodes: 2).files
    #expect(
      files.map(\.name) == [
        "scenario.yaml", "namespaces.json", "change-0001.json", "change-0002.json",
      ])
    let lines = files[0].text.split(separator: "\n").map(String.init)
    #expect(
      Array(lines.suffix(7)) == [
        "  manifests: [namespaces.json]", "  behaviour:", "    p: {runsFor: 30s}", "  timeline:",
        "    - {at: 300s, run: kubectl apply -f change-0001.json}",
        "    - {at: 330s, run: kubectl apply -f change-0002.json}",
        "    - {at: 390s, run: kubectl delete deployment web -n shop}",
      ])
    #expect(lines.contains("  horizon: 990s"))
    #expect(
      files[3].text == """
        {"apiVersion":"v1","kind":"List","items":[{"apiVersion":"apps/v1","kind":"Deployment",\
        "metadata":{"name":"web","namespace":"shop"},"spec":{"replicas":3}}]}

        """)
  }

  @Test("What goes without having been applied was there before the trace: no command fails for it")
  func unknownDeletion() throws {
    let text = Self.text.replacing(
      "\"name\":\"web\",\"namespace\":\"shop\"}}]}],", with: "\"name\":\"old\"}}]}],")
    let trace = try #require(try read(text).0)
    let files = SimKubeScenario(trace, name: "t", instanceType: "m5.large", nodes: 2).files
    #expect(!files[0].text.contains("kubectl delete"))
    #expect(files[0].text.contains("# at 390s Deployment default/old goes"))
  }

  @Test("Another version and an object without a name are refused where they stand")
  func mistakes() throws {
    let (trace, complaints) = try read(
      "{\"version\":3,\"events\":[{\"ts\":1,\"applied_objs\":[{\"kind\":\"Pod\"}]}]}")
    #expect(trace == nil)
    #expect(
      complaints == [
        "t.json:1:12: error: version: version 3 of the format is not read, only version 2",
        "t.json:1:48: error: events[0].applied_objs[0]: an object without kind or name",
      ])
  }

  @Test("MessagePack is read as the same JSON; numbers, short and long texts, pairs as keys")
  func messagePack() throws {
    let bytes: [UInt8] = [
      0x85, 0xA1, 0x61, 0xCD, 0x01, 0x00, 0xA1, 0x62, 0xD1, 0xFF, 0x00, 0xA1, 0x63, 0xD9, 0x01,
      0x78, 0x92, 0xA1, 0x64, 0xA1, 0x65, 0x93, 0xC0, 0xC3, 0xFF, 0xA1, 0x66, 0xCB, 0x3F, 0xF8, 0,
      0, 0, 0, 0, 0,
    ]
    let node = try MessagePackReader.read(bytes)
    #expect(node["a"]?.intValue == 256)
    #expect(node["b"]?.intValue == -256)
    #expect(node["c"]?.scalarText == "x")
    #expect(node["d|e"]?.elements?[0].isNull == true)
    #expect(node["d|e"]?.elements?[1].boolValue == true)
    #expect(node["d|e"]?.elements?[2].intValue == -1)
    #expect(node["f"]?.doubleValue == 1.5)
  }

  @Test(
    "Every truncated MessagePack is refused with its byte",
    arguments: [[0x92, 0x01], [0xDA, 0x00, 0x05, 0x61], [0xDF, 0xFF, 0xFF, 0xFF, 0xFF], []])
  func truncated(bytes: [UInt8]) {
    #expect(throws: MessagePackReader.SyntaxError.self) { try MessagePackReader.read(bytes) }
    #expect(throws: MessagePackReader.SyntaxError.self) {
      try MessagePackReader.read([UInt8](repeating: 0x91, count: 100_000))
    }
  }
}
