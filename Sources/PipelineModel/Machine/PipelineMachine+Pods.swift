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
    var pod = PodState(
      zone: zone, firstThread: UInt32(threads.count), threads: count,
      firstConsumer: UInt32(consumers.count), consumers: UInt32(settings.pod.consumers),
      stream: streams.stream("pipeline.pod", entity: UInt64(index)), work: 0)
    if let limit { pod.processor.limit(cores: limit, at: time.nanoseconds) }
    pod.lookedAt = time.nanoseconds
    for _ in 0..<count { threads.append(ThreadState(pod: index)) }
    // The lowest number is taken first.
    for thread in pod.threadRange.reversed() {
      threads[thread].nextIdle = pod.idle
      pod.idle = UInt32(thread)
    }
    pod.idleCount = count
    for (number, consumer) in pod.consumerRange.enumerated() {
      let batch = takeBatch()
      consumers.append(ConsumerState(pod: index, first: batch, next: batch, end: batch))
      owned.append([])
      wake(
        consumer,
        at: time.nanoseconds + Int64(number) * settings.pod.consumerStartDelay.nanoseconds)
    }
    pods.append(pod)
    grant(PipelinePod(index: index), cores: cores, speed: 1, at: time)
    countPods(1)
    return PipelinePod(index: index)
  }

  /// Room for a consumer's batch.
  private mutating func takeBatch() -> Int {
    if let batch = freeBatches.popLast() { return batch }
    let batch = records.count
    for _ in 0..<pollRoom { records.append(.none) }
    return batch
  }

  /// The node gives a pod so many cores from now on, each of a speed of 0 … 1.
  public mutating func grant(
    _ pod: PipelinePod, cores: Double, speed: Double, at time: SimulationTime
  ) {
    advance(to: time)
    let index = Int(pod.index)
    let cores = max(cores, 1e-3)
    pods[index].processor.grant(cores: cores, speed: speed, at: time.nanoseconds, &self.cores)
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
    for consumer in pods[index].consumerRange { ended += endBuffer(consumer) }
    // Looked up, never walked.
    var unprocessed: [UInt32: Int] = [:]
    for record in ended where drop(record) { unprocessed[record.partition, default: 0] += 1 }
    for consumer in pods[index].consumerRange { endConsumer(consumer, unprocessed) }
    countPods(-1)
    followGroup()
  }

  /// Ends a pod's threads and queue; returns the messages that end with them.
  private mutating func endThreads(_ index: Int) -> [CheckRecord] {
    var ended = pods[index].hasQueued ? [pods[index].queued] : []
    if pods[index].hasQueued { endQueuedJourney(pods[index].queuedJourney) }
    for thread in pods[index].threadRange {
      if threads[thread].isBusy {
        ended.append(threads[thread].record)
        leaveStation(thread)
        if threads[thread].journey >= 0 {
          endJourney(thread, hasRows: threads[thread].isInProcessor)
        }
      }
      threads[thread].life &+= 1
      threads[thread].isBusy = false
    }
    pods[index].hasQueued = false
    pods[index].idle = ThreadState.none
    pods[index].idleCount = pods[index].threads
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
    let rest = Array(records[consumers[consumer].next..<consumers[consumer].end])
    consumers[consumer].end = consumers[consumer].next
    freeBatches.append(consumers[consumer].first)
    return rest
  }

  private mutating func endConsumer(_ consumer: Int, _ unprocessed: [UInt32: Int]) {
    consumers[consumer].isAlive = false
    consumers[consumer].life &+= 1
    for partition in owned[consumer] {
      abandon(Int(partition), unprocessed: unprocessed[partition] ?? 0)
    }
    if consumers[consumer].hasJoined { group.lose(consumer, at: now) }
  }

  /// Each pod has connections to each node, which cost the node a little.
  private mutating func countPods(_ change: Int) {
    connections += change * settings.connectionsPerPod
    for node in nodes.indices {
      nodes[node].factor = 1 + settings.costs.perConnection * Double(connections)
    }
  }
}
