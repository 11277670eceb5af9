import KafkaModel
public import NetworkModel
public import SimulationKernel
public import TimeUnits

extension FlowMachine {
  /// A topic without messages and without readers, at the start of time.
  ///
  /// - Parameters: as of `PipelineMachine`; the settings must be those that `FlowRefusal` lets
  ///   pass.
  public init(
    _ settings: PipelineSettings, network: Network, nodeZones: [ZoneID], brokerZones: [ZoneID],
    streams: RandomStreams
  ) {
    let refusals = FlowRefusal.refusals(of: settings)
    precondition(refusals.isEmpty, refusals.map(\.message).joined(separator: "; "))
    // No message, no key.
    var silent = settings
    silent.keys = KeySpace(count: 1, outlierChance: 0)
    silent.pod.firstRecordPause = .zero
    readers = PipelineMachine(
      silent, network: network, nodeZones: nodeZones, brokerZones: brokerZones, streams: streams)
    readers.idlePoll = settings.group.maxPollInterval.nanoseconds / 20 * 9
    self.settings = settings
    self.network = network
    self.nodeZones = nodeZones
    self.brokerZones = brokerZones
    curve = RateCurve(partitions: settings.partitions)
    partitions = Array(repeating: FlowPartition(), count: settings.partitions)
    nodes = FlowNodes(settings)
    warmUp = RowWarmUp(
      keys: settings.keys.count, initial: settings.initialRows, limit: settings.pod.rowLimit,
      least: settings.pod.leastRows)
    traffic = FlowTraffic(settings, network, nodeZones: nodeZones, nodes)
    var salts = streams.stream("pipeline.keys")
    keys = KeySource(settings.keys, partitions: settings.partitions, salt: salts.next())
    journeys = FlowJourneys(stream: streams.stream("pipeline.journeys"))
  }

  // MARK: Pods

  /// A consumer pod is ready; as of `PipelineMachine`.
  public mutating func addPod(
    zone: ZoneID, cores: Double, limit: Double? = nil, detectorThreads: Int? = nil,
    at time: SimulationTime
  ) -> PipelinePod {
    advance(to: time)
    let pod = readers.addPod(
      zone: zone, cores: cores, limit: limit, detectorThreads: detectorThreads, at: time)
    let threads = detectorThreads ?? settings.pod.detectorThreads
    var flow = FlowPod(
      zone: zone, threads: threads,
      cores: min(max(cores, 1e-3), Double(threads)).rounded(toShare: 0.001), limit: limit)
    flow.lookedAt = time.nanoseconds
    for _ in 0..<settings.pod.consumers {
      flow.consumers.append(consumers.count)
      consumers.append(FlowConsumer(pod: pods.count))
    }
    pods.append(flow)
    followReaders()
    isStale = true
    return pod
  }

  /// The node gives a pod so many cores, each of a speed of 0 … 1. What changes nothing that shows
  /// is no change.
  public mutating func grant(
    _ pod: PipelinePod, cores: Double, speed: Double, at time: SimulationTime
  ) {
    let index = Int(pod.index)
    // A thread uses one core at most.
    let cores = min(max(cores, 1e-3), Double(pods[index].threads))
    guard isFelt(cores: cores, speed: speed, by: pods[index]) else { return }
    advance(to: time)
    pods[index].cores = cores.rounded(toShare: 0.01)
    pods[index].speed = speed.rounded(toShare: 0.01)
    isStale = true
  }

  /// Whether a grant differs from that of a pod by more than 1 %; or by more than half, while
  /// checks want less than three tenths of either and four cores or more: then a check waits for a
  /// core for less than a hundredth of its CPU time at either (Erlang C).
  private func isFelt(cores: Double, speed: Double, by pod: FlowPod) -> Bool {
    let least = min(cores * speed, pod.cores * pod.speed, pod.limit ?? .infinity)
    let wanted = pod.rate * settings.pod.checkCPU
    let tolerance = least >= 4 && wanted < 0.3 * least && !pod.wasLagging ? 0.5 : 0.01
    return abs(cores - pod.cores) > tolerance * pod.cores
      || abs(speed - pod.speed) > 0.01 * pod.speed
  }

  /// From now on producers want to send so many messages a second; as of `PipelineMachine`.
  @discardableResult
  public mutating func send(perSecond wanted: Double, at time: SimulationTime) -> Double {
    advance(to: time)
    let rate = readers.send(perSecond: wanted, at: time)
    // The readers only learn how long brokers take.
    readers.curve = RateCurve(partitions: settings.partitions)
    curve.set(perSecond: rate, at: time.nanoseconds)
    isStale = true
    return rate
  }

  // MARK: Nodes and brokers

  /// A Cassandra node goes down; as of `PipelineMachine`.
  public mutating func stopNode(_ node: Int, at time: SimulationTime) {
    advance(to: time)
    readers.stopNode(node, at: time)
    followReaders()
  }

  /// The node is back, and clients use it at once.
  public mutating func startNode(_ node: Int, at time: SimulationTime) {
    advance(to: time)
    readers.startNode(node, at: time)
    followReaders()
  }

  /// A node's cores go at this speed from now on.
  public mutating func setNode(_ node: Int, speed: Double, at time: SimulationTime) {
    advance(to: time)
    nodes.speeds[node] = max(1e-3, speed).rounded(toShare: 0.001)
    isStale = true
  }

  /// A broker dies; as of `PipelineMachine`.
  public mutating func loseBroker(_ broker: Int, at time: SimulationTime) {
    advance(to: time)
    readers.loseBroker(broker, at: time)
    followReaders()
  }

  /// A broker is back.
  public mutating func returnBroker(_ broker: Int, at time: SimulationTime) {
    advance(to: time)
    readers.returnBroker(broker, at: time)
    followReaders()
  }

  /// Brokers that live.
  public var liveBrokers: Int { readers.liveBrokers }
}
