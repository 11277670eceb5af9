public import KubeScheduler
import KubernetesObjects
import TimeUnits

/// Plays a trace through the scheduler alone: every pod is decided when it is created, and gives
/// its room back when it is deleted.
///
/// A pod that fits nowhere waits; when a pod leaves a node, the waiting ones that fit there now are
/// tried again in the order of their creation, as the queueing hint of NodeResourcesFit has it.
public struct SchedulerPlayback: Sendable {
  /// What stood where after so many arrivals.
  public struct Sample: Sendable, Hashable {
    public var arrivals: Int
    /// Since the start of the trace, in seconds.
    public var seconds: Int64
    public var placed: Int
    public var waiting: Int
    /// By resource: the part of all that is requested.
    public var allocation: [Double]
    /// By resource: the part of what is free that a pod of this trace that asks for the resource
    /// could not use where it is, on average over those pods.
    ///
    /// After the fragmentation measure of Q. Weng et al., Beware of Fragmentation, USENIX ATC 2023.
    public var fragmentation: [Double]

    public init(
      arrivals: Int, seconds: Int64, placed: Int, waiting: Int, allocation: [Double],
      fragmentation: [Double]
    ) {
      self.arrivals = arrivals
      self.seconds = seconds
      self.placed = placed
      self.waiting = waiting
      self.allocation = allocation
      self.fragmentation = fragmentation
    }
  }

  public let trace: ArrivalTrace
  /// What allocation and fragmentation are told of.
  public let resources: [String]
  public private(set) var samples: [Sample] = []
  public private(set) var decisions = 0
  /// How many pods had to wait, and how many were deleted before they had a node.
  public private(set) var waited = 0
  public private(set) var neverPlaced = 0

  private var snapshot = SchedulerSnapshot()
  private var cycle: SchedulingCycle
  /// In the order of their creation.
  private var waiting: [Int] = []
  private var placed = 0

  public init(
    _ trace: ArrivalTrace, resources: [String], profile: SchedulerProfile = .kubernetes1_36
  ) {
    self.trace = trace
    self.resources = resources
    cycle = SchedulingCycle(profile: profile)
    for node in trace.nodes { snapshot.setNode(node) }
  }

  /// Plays the whole trace; `sampleCount` samples are taken, evenly over the arrivals.
  ///
  /// - Parameters:
  ///   - ties: draws one of equally good nodes.
  ///   - willSample: called before and after each sample, so that its time can be told apart.
  public mutating func run(
    sampleCount: Int = 20, using ties: inout some RandomNumberGenerator,
    willSample: (_ isOver: Bool) -> Void = { _ in }
  ) {
    let departures = trace.pods.indices.filter { trace.pods[$0].deleted != nil }
      .sorted { (trace.pods[$0].deleted!, $0) < (trace.pods[$1].deleted!, $1) }
    var gone = [Bool](repeating: false, count: trace.pods.count)
    var next = departures.startIndex
    let fragmentation = FragmentationMeasure(trace, resources)
    var taken = 0
    for (index, arrival) in trace.pods.enumerated() {
      while next < departures.endIndex, trace.pods[departures[next]].deleted! <= arrival.created {
        gone[departures[next]] = true
        depart(departures[next], using: &ties)
        next += 1
      }
      if gone[index] {
        neverPlaced += 1
      } else if !place(index, using: &ties) {
        waiting.append(index)
        waited += 1
      }
      let due = sampleCount * (index + 1) / trace.pods.count
      if due > taken {
        taken = due
        willSample(false)
        samples.append(sample(index + 1, arrival.created, fragmentation))
        willSample(true)
      }
    }
  }

  private func reference(_ index: Int) -> PodRef {
    PodRef(key: UInt32(index), trace.pods[index].pod)
  }

  private mutating func place(
    _ index: Int, using ties: inout some RandomNumberGenerator
  ) -> Bool {
    decisions += 1
    let pod = reference(index)
    let decision = cycle.decide(pod, in: &snapshot)
    guard let node = decision.best.randomElement(using: &ties) else { return false }
    snapshot.addPod(pod, to: node)
    placed += 1
    return true
  }

  private mutating func depart(_ index: Int, using ties: inout some RandomNumberGenerator) {
    guard let node = snapshot.node(ofPod: UInt32(index)) else {
      if let place = waiting.firstIndex(of: index) {
        waiting.remove(at: place)
        neverPlaced += 1
      }
      return
    }
    snapshot.removePod(UInt32(index))
    placed -= 1
    var still: [Int] = []
    for other in waiting {
      let fits = cycle.check(reference(other), on: node, in: &snapshot).isEmpty
      if !fits || !place(other, using: &ties) { still.append(other) }
    }
    waiting = still
  }

  private func sample(
    _ arrivals: Int, _ time: SimulationTime, _ measure: FragmentationMeasure
  ) -> Sample {
    let rows = trace.nodes.compactMap { snapshot.node(named: $0.name) }
    let free = rows.map { measure.amounts(snapshot.available(on: $0)) }
    let all = rows.map { measure.amounts(snapshot.allocatable(of: $0)) }
    return Sample(
      arrivals: arrivals, seconds: time.nanoseconds / 1_000_000_000, placed: placed,
      waiting: waiting.count,
      allocation: resources.indices.map { resource in
        let total = all.reduce(0) { $0 + Double($1[resource]) }
        let left = free.reduce(0) { $0 + Double($1[resource]) }
        return total > 0 ? 1 - left / total : 0
      },
      fragmentation: measure.fragmentation(of: free))
  }
}

/// How much of what is free cannot be used by the pods that would ask for it.
struct FragmentationMeasure {
  let resources: [String]
  /// The different requests of a trace, and how many pods have each.
  private var kinds: [(request: [Int64], count: Double)] = []

  init(_ trace: ArrivalTrace, _ resources: [String]) {
    self.resources = resources
    var places: [[Int64]: Int] = [:]
    for arrival in trace.pods {
      let request = amounts(arrival.pod.spec.value.requests)
      if let place = places[request] {
        kinds[place].count += 1
      } else {
        places[request] = kinds.count
        kinds.append((request, 1))
      }
    }
  }

  /// A vector in the order of the resources.
  func amounts(_ vector: ResourceVector) -> [Int64] {
    resources.map { name in
      switch name {
      case ResourceName.cpu: vector.milliCPU
      case ResourceName.memory: vector.memory
      default: vector.scalar(name)
      }
    }
  }

  /// By resource, of what each node has free.
  func fragmentation(of free: [[Int64]]) -> [Double] {
    resources.indices.map { resource in
      let asking = kinds.filter { $0.request[resource] > 0 }
      let pods = asking.reduce(0) { $0 + $1.count }
      var total = 0.0
      var useless = 0.0
      for node in free where node[resource] > 0 {
        total += Double(node[resource])
        var barred = 0.0
        for kind in asking where !fits(kind.request, node) { barred += kind.count }
        useless += Double(node[resource]) * barred / max(pods, 1)
      }
      return total > 0 ? useless / total : 0
    }
  }

  private func fits(_ request: [Int64], _ free: [Int64]) -> Bool {
    for index in request.indices where request[index] > 0 && request[index] > free[index] {
      return false
    }
    return true
  }
}
