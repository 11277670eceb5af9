import Documents
import ScenarioFiles
import Testing

/// Each mistake in roles, faults and what is watched, where it stands.
struct FaultMistakesTests {
  private static let services = "  services: [\(ServiceMistakesTests.cassandra)]\n"

  private static func faults(_ fault: String) -> String {
    let kafka = "{kind: kafka, name: log, nodes: 1, instanceType: r4.xlarge, replicationFactor: 1}"
    return "  services: [\(ServiceMistakesTests.cassandra), \(kafka)]\n  faults: [\(fault)]"
  }

  private static let inRoles: [(lines: String, expected: String)] = [
    (
      services + "  behaviour: {web: {pipeline: {role: consumer}}}",
      "2:20: error: spec.behaviour.web: a consumer needs a kafka "
        + "(spec.services: {kind: kafka, …})"
    ),
    (
      services + "  behavior: {web: {model: anomaly-pipeline/producer-jvm}}",
      "2:19: error: spec.behavior.web: a producer needs a kafka "
    ),
    (
      ServiceMistakesTests.kafka("topic: t") + "\n  behaviour: {web: {pipeline: {role: consumer}}}",
      "2:20: error: spec.behaviour.web: a consumer needs a cassandra "
    ),
    (
      "  behaviour: {web: {pipeline: {detectorThreads: 4}}}",
      "1:31: error: spec.behaviour.web.pipeline: 'role' is missing"
    ),
    (
      "  behaviour: {web: {pipeline: {role: consumer, detectorThreads: 0}}}",
      "1:65: error: spec.behaviour.web.pipeline.detectorThreads: a pod has at least one detector "
        + "thread, found 0"
    ),
    (
      "  behaviour: {web: {pipeline: {role: consumer, threads: 3}}}",
      "1:48: error: spec.behaviour.web.pipeline.threads: unknown key 'threads'"
    ),
    (
      "  behaviour: {web: {pipeline: {role: consumer, handOver: publshed}}}",
      "1:58: error: spec.behaviour.web.pipeline.handOver: unknown value 'publshed' "
        + "(did you mean 'published'?)"
    ),
    (
      "  behaviour: {web: {pipeline: {role: producer, perSecond: 0}}}",
      "1:59: error: spec.behaviour.web.pipeline.perSecond: expected a number above 0, found 0.0"
    ),
    (
      "  observability: {traceEvry: 5}",
      "1:19: error: spec.observability.traceEvry: unknown key 'traceEvry' "
        + "(did you mean 'traceEvery'?)"
    ),
    (
      "  observability: {scrapeInterval: 0s}",
      "1:35: error: spec.observability.scrapeInterval: must be longer than 0, found 0s"
    ),
  ]

  @Test("one service alone is no pipeline, and that is said once")
  func oneService() throws {
    let said = try ServiceMistakesTests.said(ServiceMistakesTests.kafka("load: 5"))
    #expect(
      said == [
        "1:13: warning: spec.services: the only service is a kafka: no pipeline is played "
          + "(add a cassandra)"
      ])
  }

  private static let inFaults: [(lines: String, expected: String)] = [
    (
      faults("{at: 1m, for: 1m, node: b/0}"),
      "2:36: error: spec.faults[0].node: there is no service 'b' (did you mean 'c'?)"
    ),
    (
      faults("{at: 1m, for: 1m, node: c/3}"),
      "2:36: error: spec.faults[0].node: c has no node 3 (its nodes are 0 to 2)"
    ),
    (
      faults("{at: 1m, for: 1m, node: c}"),
      "2:36: error: spec.faults[0].node: not a node of a service: \"c\" "
        + "(the service's name and a number from 0: prod_kafka/0)"
    ),
    (
      faults("{at: 1m, for: 1m, link: [us-east-1, us-est-2]}"),
      "2:48: error: spec.faults[0].link[1]: unknown region 'us-est-2' (did you mean 'us-east-2'?)"
    ),
    (
      faults("{at: 1m, for: 1m, link: [us-east-1, us-east-2]}"),
      "2:48: warning: spec.faults[0].link[1]: nothing of the scenario is in us-east-2: "
        + "no traffic is cut"
    ),
    (
      faults("{at: 1m, for: 1m, link: [us-east-1, us-east-1]}"),
      "2:36: error: spec.faults[0].link: there is no link of us-east-1 with itself (two regions)"
    ),
    (
      faults("{at: 1m, for: 1m, link: [us-east-1]}"),
      "2:36: error: spec.faults[0].link: a link has two ends, found 1"
    ),
    (
      faults("{at: 2h, for: 1m, node: c/0}"),
      "2:17: error: spec.faults[0].at: 2h is beyond the horizon of 1h"
    ),
    (
      faults("{at: 1m, for: 0s, node: c/0}"),
      "2:26: error: spec.faults[0].for: must be longer than 0, found 0s"
    ),
    (
      faults("{at: 1m, for: 5m, node: c/0}, {at: 5m, for: 5m, node: c/0}"),
      "2:66: error: spec.faults[1].node: c/0 is broken by spec.faults[0] already, from 1m to 6m"
    ),
    (
      faults(
        "{at: 1m, for: 5m, link: [us-east-1, us-east-2]}, "
          + "{at: 5m, for: 5m, link: [us-east-2, us-east-1]}"),
      "2:85: error: spec.faults[1].link: us-east-2 to us-east-1 is broken by spec.faults[0] "
    ),
    (
      faults("{at: 1m, for: 5m}"),
      "2:12: error: spec.faults[0]: nothing says what breaks (exactly one of node: "
    ),
    (
      faults("{at: 1m, for: 5m, node: c/0, lasts: 5m}"),
      "2:41: error: spec.faults[0].lasts: unknown key 'lasts'"
    ),
  ]

  @Test(
    "a mistake is found where it stands, and is the only thing that is said",
    arguments: inRoles + inFaults)
  func mistakes(lines: String, expected: String) throws {
    // Doubts stand beside an error, such as a price that is not known.
    let isDoubt = expected.contains(": warning: ")
    let said = try ServiceMistakesTests.said(lines).filter {
      isDoubt || !$0.contains(": warning: ")
    }
    #expect(said.count == 1, "\(said)")
    #expect(said.first?.hasPrefix(expected) == true, "\(said)")
  }

  @Test("faults that follow one another, or break different nodes, are right")
  func noOverlap() throws {
    let said = try ServiceMistakesTests.said(
      Self.faults(
        "{at: 1m, for: 4m, node: c/0}, {at: 5m, for: 5m, node: c/0}, {at: 5m, for: 5m, node: c/1}"))
    #expect(said.isEmpty, "\(said)")
  }
}
