import AWSObjects
import Documents
import Testing

@Suite struct ModelDocumentTests {
  private let sink = DiagnosticSink()

  private var diagnostics: [String] { sink.sorted.map(\.description) }

  @Test("A history with a bad date, a missing source and an unknown key reports all three")
  func reportsBadHistory() throws {
    let document = try RepositoryFiles.yaml(
      """
      fees:
        - {from: soon, usdPerHour: 0.1, mark: published, source: s}
      regions:
        - {name: us-east-1, from: 2018-06-05, mark: published}
      versions:
        - {name: "1.10", from: 2018-06-05, untl: 2019-01-01, mark: published, source: s}
      """)
    let eks = EKSHistory(document: document, file: "eks.yaml", sink: sink)
    #expect(eks.fees.isEmpty)
    #expect(eks.regions.isEmpty)
    #expect(
      diagnostics == [
        "eks.yaml:2:12: error: fees[0].from: expected a date such as 2018-10-15, found \"soon\"",
        "eks.yaml:4:5: error: regions[0]: 'source' is missing",
        "eks.yaml:6:38: error: versions[0].untl: unknown key 'untl' (did you mean 'until'?)",
      ])
  }

  @Test("A latency table reports every missing delay, bad laws, units and weights")
  func reportsBadLatencies() throws {
    let document = try RepositoryFiles.yaml(
      """
      reconcileDelay: {uniform: {from: 25, to: 1}, unit: s, mark: derived, source: s}
      runInstancesDelay: {constant: 2, unit: ms, mark: derived, source: s}
      launchActivity: {unit: s, mark: derived, source: s}
      terminateActivity: {constant: -1, unit: s, mark: derived, source: s}
      terminateActivityGone: {constant: 1, unit: s, mark: guessed, source: s}
      healthNotice: {choices: [{weight: 0, value: 1}], unit: s, mark: derived, source: s}
      replacementDelay: {constant: 1, unit: s, mark: derived, source: s}
      pendingToRunning: {constant: 1, unit: s, mark: derived, source: s}
      slowBoot: {probability: 2, factor: {from: 3, to: 10}, mark: derived, source: s}
      bootToReady: []
      """)
    #expect(LaunchLatency(document: document, file: "l.yaml", sink: sink) == nil)
    #expect(
      diagnostics == [
        "l.yaml:1:1: error: 'stopping' is missing",
        "l.yaml:1:27: error: reconcileDelay.uniform: 'to' is below 'from'",
        "l.yaml:2:40: error: runInstancesDelay.unit: the unit of a delay is s",
        "l.yaml:3:17: error: launchActivity: "
          + "expected exactly one of constant, uniform, choices, mixture",
        "l.yaml:4:31: error: terminateActivity.constant: expected seconds, at least 0",
        "l.yaml:5:53: error: terminateActivityGone.mark: unknown value 'guessed' "
          + "(one of published, measured, from source code, derived, assumed)",
        "l.yaml:6:26: error: healthNotice.choices[0]: a weight must be above zero",
        "l.yaml:9:11: error: slowBoot: expected a probability, and factors of at least 1 in order",
      ])
  }
}
