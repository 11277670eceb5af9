import Documents
import ScenarioFiles
import Testing

/// What flow fidelity cannot represent is refused where it stands, with the reason.
struct FlowMistakesTests {
  private static func errors(_ lines: String) throws -> [String] {
    try ServiceMistakesTests.said(lines).filter { $0.contains(": error: ") }
  }

  private static let lines = """
      fidelity: flow
      services:
        - {kind: kafka, name: k, nodes: 3, instanceType: r4.xlarge, retention: 30s, load: 5}
        - {kind: cassandra, name: c, nodes: 3, instanceType: i3.2xlarge, perWaiting: 0.1}
      behaviour: {web: {pipeline: {role: consumer, consumers: 4, detectorThreads: 2}}}
      faults: [{at: 1m, for: 1m, link: [us-east-1, us-east-2]}]
    """

  @Test("all that a flow cannot represent is said at once, each where it stands")
  func refusals() throws {
    let said = try Self.errors(Self.lines)
    let paths = [
      "spec.faults[0].link", "spec.services[0].retention", "spec.services[1].perWaiting",
      "spec.behaviour.web.pipeline.detectorThreads",
    ]
    for path in paths {
      #expect(said.count { $0.contains("error: \(path): ") } == 1, "\(path): \(said)")
    }
    #expect(said.count == paths.count, "\(said)")
  }

  @Test("the same is right message by message")
  func event() throws {
    let lines = Self.lines.replacing("fidelity: flow", with: "fidelity: event")
    #expect(try Self.errors(lines) == [])
  }

  @Test("without a pipeline there is nothing that flows")
  func noPipeline() throws {
    let said = try Self.errors("  fidelity: flow")
    #expect(said.count == 1)
    #expect(
      said.first?.hasPrefix("1:13: error: spec.fidelity: flow fidelity plays a pipeline") == true)
  }

  @Test("another word is no fidelity")
  func misspelled() throws {
    let said = try Self.errors("  fidelity: flw")
    #expect(said.first?.hasPrefix("1:13: error: spec.fidelity: unknown value 'flw'") == true)
  }
}
