import Conformance
import Documents
import Foundation
import Testing

/// What `dry-run scheduler` tells programs and people.
@Suite struct DryRunTests {
  private func recording(_ text: String) throws -> SchedulerRecording {
    let sink = DiagnosticSink()
    let cursor = DocumentCursor(try JSONReader.read(text), file: "case.json", sink: sink)
    return try #require(SchedulerRecording(cursor), "\(sink.diagnostics)")
  }

  private func world(_ nodes: String, _ pods: String) throws -> SchedulerDryRun {
    SchedulerDryRun(try recording("{\"case\":{\"nodes\":[\(nodes)],\"pods\":[\(pods)]}}"))
  }

  private func node(_ name: String, cpu: String = "1", more: String = "") -> String {
    """
    {"name":"\(name)","allocatable":{"cpu":"\(cpu)","memory":"1Gi","pods":"10"}\(more)}
    """
  }

  @Test(
    "The JSON of a recorded case is the recording's own results", arguments: RecordingTests.files)
  func jsonEqualsRecording(file: URL) throws {
    let recorded = try recording(String(contentsOf: file, encoding: .utf8))
    var writer = JSONWriter()
    SchedulerDryRun(recorded).write(to: &writer)
    let again = try recording("{\"case\":{\"nodes\":[],\"pods\":[]}," + writer.text.dropFirst())
    #expect(again.results.map(\.pod) == recorded.results.map(\.pod))
    for (ours, theirs) in zip(again.results, recorded.results) {
      #expect(ours.node == theirs.node)
      #expect(ours.attempts.map(\.scores) == theirs.attempts.map(\.scores))
      #expect(ours.attempts.map(\.message) == theirs.attempts.map(\.message))
      #expect(ours.attempts.map(\.victims) == theirs.attempts.map(\.victims))
    }
  }

  @Test("A placed pod tells its node, its score, its equals and its lead over the next")
  func placement() throws {
    let run = try world(
      [node("a", cpu: "2"), node("b"), node("c")].joined(separator: ","),
      "{\"name\":\"p\",\"requests\":{\"cpu\":\"500m\"}}")
    #expect(
      run.text == """
        p: a, score 445; next b with 427: NodeResourcesFit +12, NodeResourcesBalancedAllocation +6
        1 of 1 pods placed

        """)
    #expect(run.placesAll)
  }

  @Test("A pod that fits nowhere tells why and, reason by reason, what would help")
  func advice() throws {
    let run = try world(
      [
        node("a", cpu: "400m"), node("b", more: ",\"unschedulable\":true"),
        node("c", more: ",\"taints\":[{\"key\":\"k\",\"value\":\"v\",\"effect\":\"NoSchedule\"}]"),
      ].joined(separator: ","),
      "{\"name\":\"p\",\"requests\":{\"cpu\":\"500m\"}}")
    #expect(!run.placesAll)
    #expect(
      run.advice == [
        [
          "Insufficient cpu: asks for 500m, and the largest of these nodes has 400m in all",
          "node(s) had untolerated taint(s): tolerate k=v:NoSchedule",
          "node(s) were unschedulable: uncordon b",
        ]
      ])
    #expect(run.text.hasPrefix("p: fits nowhere. 0/3 nodes are available: "))
  }

  @Test("The nearest node is named with what is missing on it")
  func nearest() throws {
    let run = try world(
      [node("a"), node("b")].joined(separator: ","),
      """
      {"name":"p","requests":{"cpu":"700m"}},{"name":"q","requests":{"cpu":"600m"}},
      {"name":"r","requests":{"cpu":"500m"}}
      """)
    #expect(
      run.advice.last == [
        "Insufficient cpu: asks for 500m; the freest, b, has 400m left: 100m more would do"
      ])
  }

  @Test("A case without nodes and a quantity that is none are answered, not crashed on")
  func badInput() throws {
    let empty = try world("", "{\"name\":\"p\"}")
    #expect(empty.text.contains("no nodes available to schedule pods"))
    #expect(empty.advice == [["add a node: there is none"]])
    let endless = try world(
      node("a"), "{\"name\":\"p\",\"requests\":{\"cpu\":\"99999999999999999999E\"}}")
    #expect(endless.advice.first?.first?.hasSuffix("E: no node has as much") == true)
    let slotless = try world(
      "{\"name\":\"a\",\"allocatable\":{\"cpu\":\"1\"}}", "{\"name\":\"p\"}")
    #expect(
      slotless.advice == [
        ["Too many pods: a has no pod slots: allocatable.pods is 0 or missing"]
      ])
    let sink = DiagnosticSink()
    let text = """
      {"case":{"nodes":[
      {"name":"a","allocatable":{"cpu":"lots","memory":"-1Gi"}}],"pods":[]}}
      """
    let cursor = DocumentCursor(try JSONReader.read(text), file: "bad.json", sink: sink)
    #expect(SchedulerRecording(cursor) == nil)
    #expect(sink.diagnostics.first?.line == 2)
    #expect(sink.diagnostics.first?.path == "case.nodes[0].allocatable.cpu")
    #expect(sink.diagnostics.map(\.message).contains("'-1Gi' is negative"))
  }
}
