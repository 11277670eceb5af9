import AWSObjects
import Scenarios
import Testing
import TimeUnits

/// Services, roles and faults that somebody made without a file.
struct ServiceTests {
  private func draft(
    _ services: [ServiceSpec], roles: [PipelineRole] = [], faults: [FaultSpec] = []
  ) -> ScenarioDraft {
    var draft = ScenarioDraft(
      name: "s", horizon: .seconds(600),
      cloud: CloudSpec(region: Region("us-east-1"), nodeGroups: []))
    draft.services = services
    draft.behaviors = roles.enumerated().map {
      BehaviorSpec(name: "c\($0.offset)", role: $0.element)
    }
    draft.faults = faults
    return draft
  }

  private func service(_ name: String, _ kind: ServiceSpec.Kind, nodes: Int = 3) -> ServiceSpec {
    ServiceSpec(
      name: name, region: "us-east-1", zones: ["us-east-1a"], nodes: nodes,
      instanceType: "r4.xlarge", kind: kind)
  }

  private func messages(_ draft: ScenarioDraft) -> [String] {
    do throws(ScenarioProblems) {
      _ = try Scenario(draft)
      return []
    } catch {
      return error.problems.map { "\($0.path): \($0.message)" }
    }
  }

  @Test("services make loaded nodes; without any the pipeline's roles ask for nothing")
  func loadedNodes() throws {
    let roles: [PipelineRole] = [.consumer(ConsumerRole()), .producer(ProducerRole())]
    let both = [service("k", .kafka(KafkaSpec())), service("c", .cassandra(CassandraSpec()))]
    #expect(try Scenario(draft(both, roles: roles)).hasNodeLoad)
    #expect(try !Scenario(draft([], roles: roles)).hasNodeLoad)
  }

  @Test("figures that no topic and no group of consumers can have")
  func kafka() {
    var kafka = KafkaSpec()
    (kafka.topic, kafka.partitions, kafka.keys) = ("", 0, 0)
    kafka.outlierChance = .nan
    (kafka.sessionTimeout, kafka.heartbeatInterval) = (.seconds(3), .seconds(3))
    kafka.appendDelay = .seconds(-1)
    kafka.load = [
      .init(at: .seconds(5), perSecond: .nan), .init(at: .seconds(5), perSecond: -1),
      .init(at: .seconds(601), perSecond: 0),
    ]
    #expect(
      messages(draft([service("k", .kafka(kafka), nodes: 2)])) == [
        "spec.services[0].topic: the name is empty",
        "spec.services[0].partitions: a topic has at least one partition, found 0",
        "spec.services[0].replicationFactor: "
          + "Replication factor: 3 larger than available brokers: 2.",
        "spec.services[0].keys: messages have at least one key, found 0",
        "spec.services[0].outlierChance: a probability is from 0 to 1, found nan",
        "spec.services[0].appendDelay: must not be below 0",
        "spec.services[0].heartbeatInterval: 3s is not below the session timeout of 3s",
        "spec.services[0].load[0].rate: expected a number of at least 0, found nan",
        "spec.services[0].load[1].rate: expected a number of at least 0, found -1.0",
        "spec.services[0].load[1].at: 5s is not after 5s",
        "spec.services[0].load[2].at: 10m1s is beyond the horizon of 10m",
      ])
  }

  @Test(
    "a consistency level needs its replicas",
    arguments: [
      (CassandraSpec.Consistency.one, 1, true), (.two, 1, false), (.two, 2, true),
      (.three, 2, false), (.quorum, 1, true), (.localQuorum, 3, true), (.all, 2, true),
    ])
  func consistency(level: CassandraSpec.Consistency, copies: Int, isRight: Bool) {
    var cassandra = CassandraSpec()
    (cassandra.consistency, cassandra.replicationFactor) = (level, copies)
    let said = messages(draft([service("c", .cassandra(cassandra))]))
    #expect(said.isEmpty == isRight, "\(said)")
    #expect(
      said.allSatisfy { $0.contains("Cannot achieve consistency level \(level.rawValue)") })
  }

  @Test("as many nodes as copies are enough for either kind, one less is not")
  func copies() {
    var (kafka, cassandra) = (KafkaSpec(), CassandraSpec())
    (kafka.replicationFactor, cassandra.replicationFactor) = (2, 2)
    func said(_ nodes: Int) -> Int {
      messages(
        draft([
          service("k", .kafka(kafka), nodes: nodes),
          service("c", .cassandra(cassandra), nodes: nodes),
        ])
      ).count
    }
    #expect(said(2) == 0)
    #expect(said(1) == 2)
  }

  @Test("one of each kind, and whoever has a role needs what it talks to")
  func kinds() {
    let roles: [PipelineRole] = [.consumer(ConsumerRole()), .producer(ProducerRole())]
    let cassandras = ["a", "b"].map { service($0, .cassandra(CassandraSpec())) }
    #expect(
      messages(draft(cassandras, roles: roles)) == [
        "spec.behaviour.c0: a consumer needs a kafka",
        "spec.behaviour.c1: a producer needs a kafka",
        "spec.services[1].kind: there is a cassandra already: 'a'",
      ])
  }

  @Test("consumers of one run are alike, producers need not be")
  func alike() {
    let both = [service("k", .kafka(KafkaSpec())), service("c", .cassandra(CassandraSpec()))]
    var consumer = ConsumerRole()
    consumer.detectorThreads = 80
    var producer = ProducerRole()
    producer.threads = 2
    let roles: [PipelineRole] = [
      .consumer(ConsumerRole()), .producer(ProducerRole()), .producer(producer),
      .consumer(ConsumerRole()), .consumer(consumer),
    ]
    #expect(
      messages(draft(both, roles: roles)) == [
        "spec.behaviour.c4: the consumers of a run are alike, and 'c0' is another kind"
      ])
    #expect(messages(draft([], roles: roles)) == [])
  }

  @Test("what no run could hold is refused")
  func limits() {
    var (kafka, cassandra) = (KafkaSpec(), CassandraSpec())
    (kafka.partitions, kafka.replicationFactor) = (200_001, 65)
    cassandra.rowBytes = 1e300
    let services = [
      service("k", .kafka(kafka), nodes: 65), service("c", .cassandra(cassandra)),
    ]
    #expect(
      messages(draft(services)) == [
        "spec.services[0].partitions: this program plays at most 200000 partitions, found 200001",
        "spec.services[0].replicationFactor: this program plays at most 64 copies, found 65",
        "spec.services[1].rowBytes: a row has at most 1e9 bytes, found 1e+300",
      ])
  }

  @Test("a fault that ends as the next begins is not in its way")
  func faults() {
    let services = [service("c", .cassandra(CassandraSpec()))]
    func fault(_ at: Int64, _ lasts: Int64, _ number: Int = 0) -> FaultSpec {
      FaultSpec(
        at: .seconds(at), lasts: .seconds(lasts), target: .node(service: "c", number: number))
    }
    #expect(
      messages(draft(services, faults: [fault(10, 20), fault(30, 5), fault(10, 9, 2)])) == [])
    #expect(
      messages(
        draft(services, faults: [fault(30, 5), fault(10, 21), fault(601, 0), fault(-1, 1, 3)]))
        == [
          "spec.faults[1].node: c/0 is broken by spec.faults[0] already, from 30s to 35s",
          "spec.faults[2].at: 10m1s is beyond the horizon of 10m",
          "spec.faults[2].for: must be longer than 0, found 0s",
          "spec.faults[3].at: a time before the start",
          "spec.faults[3].node: c has no node 3",
        ])
  }
}
