import KafkaModel
public import NetworkModel
import SimulationKernel
public import TimeUnits

/// A consumer pod of a pipeline, by its number.
public struct PipelinePod: Hashable, Sendable, BitwiseCopyable {
  public var index: UInt32

  public init(index: UInt32) { self.index = index }
}

extension PipelineMachine {
  /// A consumer pod is ready, in a zone of the network; its consumers join one after the other.
  ///
  /// - Parameters:
  ///   - cores: what it may use, above 0.
  ///   - limit: its CPU limit in cores, enforced per period of 100 ms; nil for none.
  public mutating func addPod(
    zone: ZoneID, cores: Double, limit: Double? = nil, detectorThreads: Int? = nil,
    at time: SimulationTime
  ) -> PipelinePod {
    advance(to: time)
    let index = UInt32(pods.count)
    let count = UInt32(detectorThreads ?? settings.pod.detectorThreads)
    let first = UInt32(threads.count)
    var pod = PodState(
      life: 0, zone: zone, firstThread: first, threads: count,
      // The lowest number is taken first.
      idle: (first..<(first + count)).reversed(),
      stream: streams.stream("pipeline.pod", entity: UInt64(index)), work: 0)
    if let limit { pod.processor.limit(cores: limit, at: time.nanoseconds) }
    pod.lookedAt = time.nanoseconds
    for _ in 0..<count { threads.append(ThreadState(pod: index)) }
    for number in 0..<settings.pod.consumers {
      let consumer = consumers.count
      consumers.append(ConsumerState(pod: index, member: memberConsumers.count))
      memberConsumers.append(consumer)
      pod.consumers.append(UInt32(consumer))
      wake(
        consumer,
        at: time.nanoseconds + Int64(number) * settings.pod.consumerStartDelay.nanoseconds)
    }
    pods.append(pod)
    grant(PipelinePod(index: index), cores: cores, speed: 1, at: time)
    countPods(1)
    return PipelinePod(index: index)
  }

  /// The node gives a pod so many cores from now on, each of a speed of 0 … 1.
  public mutating func grant(
    _ pod: PipelinePod, cores: Double, speed: Double, at time: SimulationTime
  ) {
    advance(to: time)
    let index = Int(pod.index)
    let cores = max(cores, 1e-3)
    pods[index].processor.grant(cores: cores, speed: speed, at: time.nanoseconds)
    let excess = max(0, Double(pods[index].threads) / max(cores, 1) - 1)
    pods[index].work =
      settings.pod.checkCPU * 1e9 * (1 + settings.pod.threadOverhead * excess)
  }

  /// A pod's process ends without a word, as the published one does: its messages are lost if they
  /// are committed, and come again if not.
  public mutating func removePod(_ pod: PipelinePod, at time: SimulationTime) {
    advance(to: time)
    let index = Int(pod.index)
    guard pods[index].isAlive else { return }
    pods[index].isAlive = false
    var ended = endThreads(index)
    for consumer in pods[index].consumers { ended += endBuffer(Int(consumer)) }
    // Looked up, never walked.
    var unprocessed: [UInt32: Int] = [:]
    for record in ended where drop(record) { unprocessed[record.partition, default: 0] += 1 }
    for consumer in pods[index].consumers {
      endConsumer(Int(consumer), unprocessed: unprocessed)
    }
    countPods(-1)
    followGroup()
  }

  /// Ends a pod's threads and queue; returns the messages that end with them.
  private mutating func endThreads(_ index: Int) -> [CheckRecord] {
    let first = Int(pods[index].firstThread)
    var ended = pods[index].queue.map(\.record)
    for thread in first..<(first + Int(pods[index].threads)) {
      if threads[thread].isBusy {
        ended.append(threads[thread].record)
        leaveStation(thread)
      }
      threads[thread].life &+= 1
      threads[thread].isBusy = false
      threads[thread].hasWrite = false
    }
    pods[index].queue = []
    pods[index].idle = []
    return ended
  }

  private mutating func leaveStation(_ thread: Int) {
    let now = now.nanoseconds
    if threads[thread].isInProcessor {
      processors.leave(arrival: threads[thread].returned, at: now)
    } else {
      reads.leave(arrival: threads[thread].entered, at: now)
    }
  }

  /// Ends a consumer's batch; returns what was not handed over.
  private mutating func endBuffer(_ consumer: Int) -> [CheckRecord] {
    let rest = Array(consumers[consumer].buffer[consumers[consumer].next...])
    consumers[consumer].buffer = []
    consumers[consumer].next = 0
    return rest
  }

  private mutating func endConsumer(_ consumer: Int, unprocessed: [UInt32: Int]) {
    consumers[consumer].isAlive = false
    consumers[consumer].life &+= 1
    for partition in consumers[consumer].partitions {
      abandon(Int(partition), unprocessed: unprocessed[partition] ?? 0)
    }
    if consumers[consumer].hasJoined { group.lose(consumers[consumer].member, at: now) }
  }

  /// Each pod has connections to each node, which cost the node a little.
  private mutating func countPods(_ change: Int) {
    connections += change * settings.connectionsPerPod
    for node in nodes.indices {
      nodes[node].factor = 1 + settings.costs.perConnection * Double(connections)
    }
  }
}
