import Documents
import ScenarioFiles
import Scenarios
import Testing

/// Each mistake in services, roles and faults, where it stands and with what would be right.
struct ServiceMistakesTests {
  static let cassandra = "{kind: cassandra, name: c, nodes: 3, instanceType: i3.2xlarge}"

  static func kafka(_ more: String, nodes: Int = 3, type: String = "r4.xlarge") -> String {
    "  services: [{kind: kafka, name: k, instanceType: \(type), nodes: \(nodes), \(more)}]"
  }

  private static func cassandra(_ more: String, nodes: Int = 3) -> String {
    "  services: [{kind: cassandra, name: c, instanceType: i3.2xlarge, nodes: \(nodes), \(more)}]"
  }

  private static let inKafka: [(lines: String, expected: String)] = [
    (
      kafka("partitions: 0"),
      "1:84: error: spec.services[0].partitions: a topic has at least one partition, found 0"
    ),
    (
      kafka("replicationFactor: 1", nodes: 0),
      "1:69: error: spec.services[0].nodes: kafka needs at least one node, found 0 (such as 3)"
    ),
    (
      kafka("replicationFactor: 4"),
      "1:91: error: spec.services[0].replicationFactor: "
        + "Replication factor: 4 larger than available brokers: 3. "
        + "(nodes: 4, or replicationFactor: 3)"
    ),
    (
      kafka("replicationFactor: 0"),
      "1:91: error: spec.services[0].replicationFactor: a partition has at least one copy, found 0"
    ),
    (
      kafka("region: us-esat-2, zones: [us-esat-2a]"),
      "1:80: error: spec.services[0].region: unknown region 'us-esat-2' "
        + "(did you mean 'us-east-2'?)"
    ),
    (
      kafka("zones: [us-east-2a]"),
      "1:80: error: spec.services[0].zones[0]: 'us-east-2a' is not a zone of us-east-1 "
        + "(such as us-east-1a)"
    ),
    (
      kafka("zones: []"),
      "1:79: error: spec.services[0].zones: a service needs at least one zone "
        + "(such as [us-east-1a])"
    ),
    (
      kafka("region: ap-southeast-4"),
      "1:80: error: spec.services[0].region: no latency between us-east-1 and ap-southeast-4 is "
        + "known (models/aws/region-rtt-ms.csv) (regions with measurements: "
    ),
    (
      kafka("partition: 24"),
      "1:72: error: spec.services[0].partition: unknown key 'partition' "
        + "(did you mean 'partitions'?)"
    ),
    (
      kafka("sessionTimeout: 3s"),
      "1:14: error: spec.services[0].heartbeatInterval: 3s is not below the session timeout of 3s "
        + "(a third of it: 1s)"
    ),
    (
      kafka("assignor: roundRobin"),
      "1:82: error: spec.services[0].assignor: unknown value 'roundRobin' "
        + "(did you mean 'roundrobin'?)"
    ),
    (
      kafka("outlierChance: 2"),
      "1:87: error: spec.services[0].outlierChance: a probability is from 0 to 1, found 2.0"
    ),
    (
      kafka("keys: 0"),
      "1:78: error: spec.services[0].keys: messages have at least one key, found 0"
    ),
    (
      kafka("retention: 0s"),
      "1:83: error: spec.services[0].retention: must be longer than 0, found 0s"
    ),
    (
      kafka("retention: 168"),
      "1:83: error: spec.services[0].retention: a duration without its unit: \"168\""
    ),
    (
      kafka("load: -5"),
      "1:78: error: spec.services[0].load: expected a number of at least 0, found -5.0"
    ),
    (
      kafka("load: .inf"),
      "1:78: error: spec.services[0].load: expected a number"
    ),
    (
      kafka("load: .nan"),
      "1:78: error: spec.services[0].load: expected a number"
    ),
    (
      kafka("load: {rate: 5}"),
      "1:78: error: spec.services[0].load: expected messages a second, or a list of steps, found"
    ),
    (
      kafka("load: [{at: 0s, rate: 5}, {at: 9m, rate: -1}]"),
      "1:113: error: spec.services[0].load[1].rate: expected a number of at least 0, found -1.0"
    ),
    (
      kafka("load: [{at: 9m, rate: 5}, {at: 5m, rate: 1}]"),
      "1:103: error: spec.services[0].load[1].at: 5m is not after 9m "
        + "(the steps of a load are in the order of time)"
    ),
    (
      kafka("load: [{at: 0s, rate: 5}, {at: 2h, rate: 1}]"),
      "1:103: error: spec.services[0].load[1].at: 2h is beyond the horizon of 1h"
    ),
  ]

  private static let inCassandra: [(lines: String, expected: String)] = [
    (
      cassandra("replicationFactor: 4"),
      "1:96: error: spec.services[0].replicationFactor: replication factor 4 is higher than the "
        + "number of nodes 3: a node holds one replica of a row at most "
        + "(nodes: 4, or replicationFactor: 3)"
    ),
    (
      cassandra("replicationFactor: 2, consistency: THREE"),
      "1:112: error: spec.services[0].consistency: Cannot achieve consistency level THREE: it "
        + "needs 3 replicas, a row has 2 (replicationFactor: 3, or consistency: ONE)"
    ),
    (
      cassandra("consistency: QUORUMS"),
      "1:90: error: spec.services[0].consistency: unknown value 'QUORUMS' (did you mean 'QUORUM'?)"
    ),
    (
      cassandra("readCPU: -1"),
      "1:86: error: spec.services[0].readCPU: expected a number of at least 0, found -1.0"
    ),
    (
      cassandra("readCPU: 5000"),
      "1:86: error: spec.services[0].readCPU: 5000.0 seconds of a core for one check "
        + "(such as 0.5ms, or 0.0005)"
    ),
    (
      cassandra("writeCPU: 90usec"),
      "1:87: error: spec.services[0].writeCPU: unknown unit 'usec'"
    ),
    (
      cassandra("readTimeout: 0s"),
      "1:90: error: spec.services[0].readTimeout: must be longer than 0, found 0s"
    ),
    (
      "  services: [{kind: cassandra, name: c, nodes: 3, instanceType: i3.2xlarg}]",
      "1:65: error: spec.services[0].instanceType: unknown instance type 'i3.2xlarg' "
        + "(did you mean 'i3.2xlarge'?)"
    ),
    (
      "  services: [{kind: casandra, name: c, nodes: 3, instanceType: i3.2xlarge}]",
      "1:21: error: spec.services[0].kind: unknown value 'casandra' (did you mean 'cassandra'?)"
    ),
    (
      "  services: [\(cassandra), {kind: kafka, name: c, nodes: 3, instanceType: r4.xlarge}]",
      "1:98: error: spec.services[1].name: there is a service 'c' already"
    ),
    (
      "  services: [\(cassandra), {kind: cassandra, name: d, nodes: 3, instanceType: r4.xlarge}]",
      "1:85: error: spec.services[1].kind: there is a cassandra already: 'c' "
        + "(pods use exactly one service of each kind)"
    ),
  ]

  /// Places count from the first of the given lines.
  static func said(_ lines: String) throws -> [String] {
    try ScenarioFolder.diagnostics(ScenarioFolder.scenario(lines)).map { text in
      let parts = text.split(separator: ":", maxSplits: 2).map(String.init)
      return "\((Int(parts[1]) ?? 0) - 9):\(parts[2])"
    }
  }

  @Test(
    "a mistake is found where it stands, and is the only thing that is said",
    arguments: inKafka + inCassandra)
  func mistakes(lines: String, expected: String) throws {
    // Doubts stand beside an error, such as a price that is not known.
    let isDoubt = expected.contains(": warning: ")
    let said = try Self.said(lines).filter { isDoubt || !$0.contains(": warning: ") }
    #expect(said.count == 1, "\(said)")
    #expect(said.first?.hasPrefix(expected) == true, "\(said)")
  }

  @Test("a type nobody sells there, and one of after the day, are doubts as of a node group")
  func doubts() throws {
    let lines = Self.kafka("zones: [us-east-1a]", type: "m8g.large")
    let text = ScenarioFolder.scenario(lines, head: "\n  era: \"2019-02\"")
    let said = try ScenarioFolder.diagnostics(text)
    #expect(
      said.contains {
        $0.contains("warning: spec.services[0].instanceType: 'm8g.large' is not in the pod limits")
      }, "\(said)")
    #expect(
      said.contains {
        $0.contains("warning: spec.services[0].instanceType: ")
          && $0.hasSuffix("the bill will lack it")
      }, "\(said)")
  }

  @Test("all mistakes of a scenario are told at once")
  func several() throws {
    let said = try Self.said(
      """
        services:
          - {kind: kafka, name: a, nodes: 0, instanceType: r4.xlarge, partitions: 0}
          - {kind: cassandra, name: a, nodes: 2, instanceType: r4.xlrge, consistency: MOST}
          - {kind: zookeeper, name: z, nodes: -1}
          - [kafka]
        behaviour:
          web: {pipeline: {role: consumer, consumers: many, checkCPU: 5}}
        faults:
          - {at: 2h, for: 0s, node: b/7}
          - {at: soon, for: 1m, link: [us-east-1, nowhere]}
        observability: {scrapeInterval: -1s}
      """)
    let places = said.map { $0.split(separator: " ").first.map(String.init) ?? "" }
    #expect(
      places == [
        "2:37:", "2:77:", "3:7:", "3:31:", "3:58:", "3:81:", "4:14:", "5:7:", "7:49:", "9:12:",
        "9:21:", "9:31:", "10:12:", "10:45:", "11:35:",
      ], "\(said.joined(separator: "\n"))")
  }
}
