import AWSObjects
import ClusterSimulation
import KubernetesObjects
import Scenarios
import TestSupport
import TimeUnits
import Traces

/// Worlds with a small data tier and one node; pods are ready well before the third minute.
enum ConsumerWorld {
  /// Messages begin in the third minute; `rates` are seconds and messages a second.
  static func draft(
    seconds: Int64 = 240, partitions: Int = 6, rates: [(Int64, Double)] = [(180, 500)],
    consumer: ConsumerRole = ConsumerRole(), type: String = "m5.xlarge",
    _ timeline: [(Int64, String)] = []
  ) throws -> ScenarioDraft {
    let group = NodeGroupSpec(
      name: "node", instanceType: type, zones: [AvailabilityZone("us-east-1a")], min: 1,
      desired: 1, max: 1)
    var draft = ScenarioDraft(
      name: "consumers", era: .february2019, horizon: .seconds(seconds),
      cloud: CloudSpec(region: Region("us-east-1"), nodeGroups: [group]))
    draft.addons = [.vpcCNI, .kubeProxy]
    draft.services = services(partitions, rates)
    draft.behaviors = [
      BehaviorSpec(name: "consumer", role: .consumer(consumer)),
      BehaviorSpec(name: "hog", load: .process(ProcessLoadSpec(cpu: 4, memory: 10))),
    ]
    draft.observability.scrapeInterval = .seconds(5)
    draft.timeline = try timeline.map { try TimelineEntry(at: .seconds($0.0), run: $0.1) }
    return draft
  }

  private static func services(
    _ partitions: Int, _ rates: [(Int64, Double)]
  ) -> [ServiceSpec] {
    let zones = ["us-east-1a", "us-east-1b", "us-east-1c"]
    var topic = KafkaSpec()
    topic.partitions = partitions
    topic.keys = 1_000
    topic.load = rates.map { KafkaSpec.RateStep(at: .seconds($0.0), perSecond: $0.1) }
    var table = CassandraSpec()
    table.initialRows = 50
    return [
      ServiceSpec(
        name: "kafka", region: "us-east-1", zones: zones, nodes: 3, instanceType: "m5.xlarge",
        kind: .kafka(topic)),
      ServiceSpec(
        name: "cassandra", region: "us-east-1", zones: zones, nodes: 3,
        instanceType: "m5.2xlarge", kind: .cassandra(table)),
    ]
  }

  /// A Deployment whose only container has its name, or another's.
  static func deployment(
    _ name: String, container: String? = nil, replicas: Int = 1, resources: String = "{}"
  ) -> String {
    """
    ---
    apiVersion: apps/v1
    kind: Deployment
    metadata: {name: \(name)}
    spec:
      replicas: \(replicas)
      selector: {matchLabels: {app: \(name)}}
      template:
        metadata: {labels: {app: \(name)}}
        spec:
          containers:
            - {name: \(container ?? name), image: "consumer:1", resources: \(resources)}

    """
  }

  /// A played world: its run, and what its scrapes saw.
  struct Played {
    var run: ClusterRun
    var samples: [(time: SimulationTime, sample: PipelineSample)] = []

    /// At the last scrape.
    var last: PipelineSample {
      get throws {
        guard let sample = samples.last?.sample else {
          throw TestRuns.Failure(description: "nothing was scraped")
        }
        return sample
      }
    }

    /// At the last scrape until then.
    func sample(at seconds: Int64) throws -> PipelineSample {
      guard let found = samples.last(where: { $0.time <= .seconds(seconds) }) else {
        throw TestRuns.Failure(description: "nothing was scraped until \(seconds) s")
      }
      return found.sample
    }

    func metric(_ name: String) -> Double? {
      run.summary(version: "test").metrics.first { $0.name.description == name }?.value
    }
  }

  static func play(_ draft: ScenarioDraft, _ manifests: String) throws -> Played {
    var run = try ClusterRun(TestRuns.setup(draft, manifests: manifests))
    var samples: [(SimulationTime, PipelineSample)] = []
    run.run(until: run.horizon) { record, time in
      if case .pipeline(let sample) = record { samples.append((time, sample)) }
    }
    return Played(run: run, samples: samples)
  }
}
