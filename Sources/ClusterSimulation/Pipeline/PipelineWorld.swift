import ClusterState
import NetworkModel
import PipelineModel
import Scenarios
import ServiceModel
import TimeUnits
import Traces

/// The data tier of a run and the containers that use it.
struct PipelineWorld: Sendable {
  var machine: PipelineEngine
  let kafka: ServiceSpec
  let topic: KafkaSpec
  let cassandra: ServiceSpec
  let network: Network
  let faults: [FaultSpec]
  let observability: ObservabilitySpec
  /// By container or workload name; looked up, never walked.
  let roles: [String: PipelineRole]
  /// Containers with a role whose process runs, in the order in which they started.
  var members: [PipelineMember] = []
  /// Messages a second that come from outside the cluster.
  var outside = 0.0
  /// What is really sent of what is wanted.
  var sent = 0.0
  var wanted = 0.0
  var window = PipelineWindow()
  /// What scrapes of the pods returned, in the order of time.
  var samples: [ApplicationSample] = []
  var journeys: [MessageJourney] = []

  /// Between looks at the nodes: how much CPU each container gets and asks for. Assumed: long
  /// beside a check, short beside the life of a pod.
  static let coupling = Duration.seconds(1)
  /// When a container last came, went or was granted 1 % more or less; nil while one starts.
  var changedAt: SimulationTime?
  var lookedAt: SimulationTime?

  /// Whether nodes and pipeline look at each other now: message by message every second. A flow has
  /// no noise, so half a minute after the last change a look as often as the default scrape will
  /// do.
  func isLookDue(at now: SimulationTime) -> Bool {
    guard case .flow = machine, let changedAt, let lookedAt, now - changedAt > .seconds(30) else {
      return true
    }
    return now - lookedAt >= .seconds(15)
  }
}

/// A container that produces or consumes.
struct PipelineMember: Sendable {
  var agent: UInt32
  var pod: PodID
  var index: Int
  /// Its place on the machine.
  var place: UInt32
  var role: PipelineRole
  var podName: String
  var nodeName: String
  var instance: String
  /// Since when it consumes or produces; nil while it starts.
  var since: SimulationTime?
  var consumer: PipelinePod?
  /// What it had done when it was last looked at.
  var counts = PodCounts()
  /// Of a producer: messages it has sent, and how many a second it sends now.
  var produced = 0.0
  var rate = 0.0
  /// Cores granted at the last look.
  var granted = 0.0
}

/// What has passed since the last scrape.
struct PipelineWindow: Sendable {
  var start: SimulationTime = .zero
  var totals = PipelineTotals()
  var nodeSeconds: [Double] = []
  var endToEnd = LatencyHistogram()
  var service = LatencyHistogram()
}

/// What happens in and to a pipeline.
public enum PipelineRunEvent: BitwiseCopyable, Sendable {
  /// The nodes and the pipeline look at each other.
  case couple
  /// Prometheus asks the pods.
  case scrape
  /// The load from outside takes its next step.
  case load(step: UInt32)
  case breaks(fault: UInt32)
  case heals(fault: UInt32)
}
