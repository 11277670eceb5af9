import KafkaModel
import NetworkModel
public import ServiceModel
import SimulationKernel
public import TimeUnits

/// Producers, a Kafka topic, consumer pods with two pools of threads, Cassandra, and the check:
/// message by message.
///
/// A machine in the sense of `NodeMachine`: whoever owns it advances it to the time of a change,
/// changes it, and comes back at `nextTime`. Between changes it plays its own events. A value: a
/// copy continues identically.
///
/// A detector thread takes a message, asks a replica for its newest rows, waits, checks on the
/// pod's CPU, and sends the write that nobody waits for (AnomaliaMachina 6ea72af). So each pod is a
/// closed network of as many customers as it has threads.
///
/// Complexity: three events a message, each O(1) amortized.
public struct PipelineMachine: Sendable {
  public let settings: PipelineSettings
  public internal(set) var now: SimulationTime = .zero
  var queue = TimingWheel()
  let gaps: UnitExponential
  let trips: TripTable
  /// What every message needs of the settings; spans in nanoseconds.
  let isImmediate: Bool
  let pollRoom: Int
  let readTimeout: Int64
  let handOverTime: Int64
  let retention: Int64
  let commitInterval: Int64
  /// Nanoseconds between looks of a consumer that has nothing to do: it really polls every 100 ms,
  /// but only a poll within `max.poll.interval.ms` matters.
  let idlePoll: Int64
  /// Nanoseconds for which the group takes a consumer's last poll as its word.
  let groupPollInterval: Int64
  let readWork: Double
  let writeWork: Double
  let rowLimit: UInt32
  /// Sets of replicas, and nodes in each.
  let replicaSetCount: UInt32
  let replicationFactor: Int
  let streams: RandomStreams

  // Kafka.
  var curve: RateCurve
  var partitions = Slab<PartitionState>()
  /// Messages of each partition that were sent in these spans were given up by their producer.
  var refused: [[Range<Int64>]]
  let keys: KeySource
  var group: ConsumerGroup
  /// When the group goes on by itself, and which of the events for it still counts.
  var groupTime: SimulationTime?
  var groupLife: UInt32 = 0
  var brokers: Brokers
  let brokerZones: [ZoneID]
  var brokerTime: SimulationTime?
  var brokerLife: UInt32 = 0
  /// Nanoseconds from sending to where a consumer can have the message.
  var appendDelay: Int64

  // Pods.
  var pods = Slab<PodState>()
  var threads = Slab<ThreadState>()
  /// A consumer's number is that of its member of the group.
  var consumers = Slab<ConsumerState>()
  /// The partitions of each consumer.
  var owned: [[UInt32]] = []
  /// The batches of all consumers, and where room for one is free.
  var records = Slab<CheckRecord>()
  var freeBatches: [Int] = []
  /// When each core of each processor is free.
  var cores = Slab<Int64>()

  // Cassandra.
  var nodes = Slab<ReplicaNode>()
  let replicas: Slab<UInt32>
  var rows: RowTable
  let network: Network
  /// Where each Cassandra node and each partition's broker is.
  let nodeZones: Slab<ZoneID>
  var partitionZones: Slab<ZoneID>
  /// Until when the paths between zones are cut, in nanoseconds: by zone of the pod, then of the
  /// other end.
  var cuts: Slab<Int64>
  let zoneCount: Int
  /// Connections of each node.
  var connections = 0
  /// Nodes that clients leave out.
  var nodesKnownDown = 0

  // Journeys: of which message the next one is, in how many, and where they are kept.
  var nextJourney: Int64 = 0
  var untilJourney = Int64.max
  var openJourneys: [CheckJourney] = []
  var freeJourneys: [Int32] = []
  var endedJourneys: [CheckJourney] = []

  // What came of it.
  public internal(set) var totals = PipelineTotals()
  /// Bytes between zones, by source, then by destination.
  var bytes: Slab<Int64>
  public internal(set) var endToEnd = LatencyHistogram()
  public internal(set) var service = LatencyHistogram()
  public internal(set) var reads = StationMeter()
  public internal(set) var processors = StationMeter()

  /// Lets time pass and plays what happens by then. The past traps.
  public mutating func advance(to time: SimulationTime) {
    precondition(time >= now, "a pipeline cannot go back in time")
    detach()
    while let (at, event) = queue.popFirst(until: time.nanoseconds) {
      now = SimulationTime(nanoseconds: at)
      handle(event)
    }
    now = time
  }

  /// Makes all memory its own, as copies share it.
  private mutating func detach() {
    queue.detach()
    threads.detach()
    pods.detach()
    consumers.detach()
    records.detach()
    cores.detach()
    nodes.detach()
    partitions.detach()
    partitionZones.detach()
    cuts.detach()
    bytes.detach()
    rows.detach()
  }

  /// Events that were scheduled so far.
  public var eventCount: Int64 { queue.count }

  /// When something is due by itself; nil if nothing is.
  public var nextTime: SimulationTime? { queue.firstTime.map { SimulationTime(nanoseconds: $0) } }

  private mutating func handle(_ event: PipelineEvent) {
    switch event {
    case .consumer(let consumer, let life):
      if consumers[Int(consumer)].life == life { runConsumer(Int(consumer)) }
    case .request(let thread, let life):
      if threads[Int(thread)].life == life { serveRequest(Int(thread)) }
    case .response(let thread, let life):
      if threads[Int(thread)].life == life { processResponse(Int(thread)) }
    case .done(let thread, let life):
      if threads[Int(thread)].life == life { finish(Int(thread)) }
    case .timeout(let thread, let life):
      if threads[Int(thread)].life == life { giveUp(Int(thread)) }
    case .group(let life):
      if groupLife == life { advanceGroup() }
    case .brokers(let life):
      if brokerLife == life { advanceBrokers() }
    case .nodeNoticed(let node, let life):
      if nodes[Int(node)].life == life { noteNode(Int(node)) }
    case .linkRestored: followReach()
    }
  }
}
