import AWSObjects
import Documents
import ScenarioFiles
import Scenarios
import Testing
import TimeUnits

/// Services, roles in the pipeline and faults, as a scenario writes them.
struct ServiceReadingTests {
  static func loaded(_ text: String) throws -> LoadedScenario {
    let models = try ScenarioFolder.library.get()
    return try ScenarioFolder.with(["s.yaml": text]) { folder in
      ScenarioLoader.load("\(folder)/s.yaml", models: models)
    }
  }

  static let everything = """
      services:
        - {kind: cassandra, name: prod_cassandra, region: us-east-2,
           zones: [us-east-2a, us-east-2b], nodes: 6, instanceType: i3.2xlarge,
           replicationFactor: 2, consistency: QUORUM, initialRows: 50, readCPU: 0.25ms,
           writeCPU: 90us, perConnection: 0.01, perWaiting: 0.5, rowBytes: 48,
           readTimeout: 5s, downDetection: 20s}
        - {kind: kafka, name: prod_kafka, region: us-east-1, nodes: 4, instanceType: r4.xlarge,
           topic: other, partitions: 200, replicationFactor: 2, retention: 24h, keys: 500,
           outlierChance: 1e-3, assignor: cooperative-sticky, sessionTimeout: 20s,
           heartbeatInterval: 2s, maxPollInterval: 60s, appendDelay: 1.5ms,
           load: [{at: 0s, rate: 5000}, {at: 30m, rate: 2.5}]}
      behaviour:
        consumer:
          model: anomaly-pipeline/consumer-jvm
          pipeline: {consumers: 3, detectorThreads: 80, checkCPU: 0.0004, threadOverhead: 0.02,
            maxPollRecords: 100, handOver: immediate}
        producer:
          pipeline: {role: producer, threads: 2, perSecond: 1000, ramp: 10s, load: 20s}
      faults:
        - {at: 30m, for: 1m, link: [us-east-1, us-east-2]}
        - {at: 40m, for: 5m, node: prod_cassandra/5}
      observability: {traceEvery: 0, scrapeInterval: 5s}
    """

  @Test("what is written is what is read")
  func reading() throws {
    let loaded = try Self.loaded(ScenarioFolder.scenario(Self.everything))
    let scenario = try #require(loaded.scenario, "\(loaded.diagnostics)")
    #expect(loaded.diagnostics.map(\.description) == [])
    var cassandra = CassandraSpec()
    cassandra.replicationFactor = 2
    cassandra.consistency = .quorum
    cassandra.initialRows = 50
    (cassandra.readCPU, cassandra.writeCPU) = (0.00025, 0.00009)
    (cassandra.perConnection, cassandra.perWaiting, cassandra.rowBytes) = (0.01, 0.5, 48)
    (cassandra.readTimeout, cassandra.downDetection) = (.seconds(5), .seconds(20))
    var kafka = KafkaSpec()
    (kafka.topic, kafka.partitions, kafka.replicationFactor) = ("other", 200, 2)
    (kafka.retention, kafka.keys, kafka.outlierChance) = (.seconds(86_400), 500, 0.001)
    kafka.assignor = .cooperativeSticky
    (kafka.sessionTimeout, kafka.heartbeatInterval) = (.seconds(20), .seconds(2))
    (kafka.maxPollInterval, kafka.appendDelay) = (.seconds(60), .microseconds(1_500))
    kafka.load = [.init(at: .zero, perSecond: 5_000), .init(at: .seconds(1_800), perSecond: 2.5)]
    var services = scenario.services
    for index in services.indices { services[index].place = nil }
    #expect(
      services == [
        ServiceSpec(
          name: "prod_cassandra", region: "us-east-2", zones: ["us-east-2a", "us-east-2b"],
          nodes: 6, instanceType: "i3.2xlarge", kind: .cassandra(cassandra)),
        ServiceSpec(
          name: "prod_kafka", region: "us-east-1",
          zones: ["us-east-1a", "us-east-1b", "us-east-1c"], nodes: 4, instanceType: "r4.xlarge",
          kind: .kafka(kafka)),
      ])
    #expect(scenario.services.map { $0.place?.line } == [11, 16])
    #expect(scenario.hasNodeLoad)
    #expect(scenario.observability.traceEvery == 0)
    #expect(scenario.observability.scrapeInterval == .seconds(5))
  }

  @Test("a role is changed where the scenario says so, and faults are read")
  func rolesAndFaults() throws {
    let loaded = try Self.loaded(ScenarioFolder.scenario(Self.everything))
    let scenario = try #require(loaded.scenario, "\(loaded.diagnostics)")
    var consumer = ConsumerRole()
    (consumer.consumers, consumer.detectorThreads, consumer.maxPollRecords) = (3, 80, 100)
    (consumer.checkCPU, consumer.threadOverhead) = (0.0004, 0.02)
    consumer.handsOverAtOnce = true
    var producer = ProducerRole()
    (producer.threads, producer.perSecond) = (2, 1_000)
    (producer.ramp, producer.load) = (.seconds(10), .seconds(20))
    #expect(scenario.behaviors.map(\.role) == [.consumer(consumer), .producer(producer)])
    #expect(
      scenario.faults.map(\.target) == [
        .link("us-east-1", "us-east-2"), .node(service: "prod_cassandra", number: 5),
      ])
    #expect(scenario.faults.map(\.at) == [.seconds(1_800), .seconds(2_400)])
    #expect(scenario.faults.map(\.lasts) == [.seconds(60), .seconds(300)])
  }

  @Test("what is left out is the default: the cloud's region, three zones, the published figures")
  func defaults() throws {
    let loaded = try Self.loaded(
      ScenarioFolder.scenario(
        """
          services:
            - {kind: kafka, name: k, nodes: 3, instanceType: r4.xlarge, load: 50}
            - {kind: cassandra, name: c, nodes: 3, instanceType: i3.2xlarge}
          behaviour:
            consumer: {model: anomaly-pipeline/consumer-jvm}
            producer: {model: anomaly-pipeline/producer-jvm}
        """))
    let scenario = try #require(loaded.scenario, "\(loaded.diagnostics)")
    var kafka = KafkaSpec()
    kafka.load = [.init(at: .zero, perSecond: 50)]
    #expect(scenario.services.map(\.kind) == [.kafka(kafka), .cassandra(CassandraSpec())])
    #expect(scenario.services.map(\.region) == ["us-east-1", "us-east-1"])
    #expect(scenario.services[1].zones == ["us-east-1a", "us-east-1b", "us-east-1c"])
    #expect(
      scenario.behaviors.map(\.role) == [.consumer(ConsumerRole()), .producer(ProducerRole())])
    #expect(scenario.behaviors[0].load == .jvm(JVMLoadSpec(version: "8u111")))
    #expect(scenario.faults.isEmpty)
    #expect(scenario.observability == ObservabilitySpec())
  }

  @Test("a scenario without services has loaded nodes only if something else asks for them")
  func withoutServices() throws {
    let loaded = try Self.loaded(ScenarioFolder.scenario())
    #expect(loaded.scenario?.hasNodeLoad == false)
    let idle = try ScenarioFolder.diagnostics(
      ScenarioFolder.scenario("  behaviour: {web: {pipeline: {role: consumer}}}"))
    #expect(
      idle.contains { $0.contains("10:31: warning: spec.behaviour.web.pipeline: without ") },
      "\(idle)")
    let model = try ScenarioFolder.diagnostics(
      ScenarioFolder.scenario("  behaviour: {web: {model: anomaly-pipeline/consumer-jvm}}"))
    #expect(model.isEmpty, "\(model)")
  }

  @Test("services may be where and when EKS was not; a cluster may not")
  func regionsOfTheDay() throws {
    func text(_ cluster: String, _ data: String) -> String {
      """
      apiVersion: seatrial/v1
      kind: Scenario
      metadata: {name: s}
      spec:
        horizon: 1h
        era: "2019-02"
        date: 2018-10-15
        cloud:
          region: \(cluster)
          nodeGroups: [{name: w, instanceType: m5.large, min: 1, max: 2}]
        services:
          - {kind: kafka, name: k, region: \(data), nodes: 3, instanceType: r4.xlarge}
          - {kind: cassandra, name: c, region: \(data), nodes: 3, instanceType: r4.xlarge}
      """
    }
    #expect(try ScenarioFolder.diagnostics(text("us-east-1", "us-east-2")) == [])
    let said = try ScenarioFolder.diagnostics(text("us-east-2", "us-east-1"))
      .filter { !$0.hasSuffix("the bill will lack it") }
    #expect(
      said == [
        "s.yaml:9:13: error: spec.cloud.region: EKS was not in us-east-2 on 2018-10-15, EKS came "
          + "there on 2018-11-09 (EKS was in us-east-1, us-west-2, eu-west-1)"
      ])
  }

  @Test(
    "the pipelines that come with the program are right", arguments: ["us-east-1", "us-east-2"])
  func shipped(region: String) throws {
    let models = try ScenarioFolder.library.get()
    let loaded = ScenarioLoader.load(
      "\(ScenarioFolder.models)/scenarios/pipeline-\(region).yaml", models: models)
    let scenario = try #require(loaded.scenario, "\(loaded.diagnostics)")
    #expect(loaded.diagnostics.isEmpty)
    #expect(scenario.services.map(\.region) == [region, region])
  }
}
