import KafkaModel
import NetworkModel

/// The Cassandra nodes of a flow: what each takes of the checks, and what fails.
struct FlowNodes: Sendable {
  var speeds: [Double]
  var isUp: [Bool]
  var isKnownUp: [Bool]
  /// Core seconds that each has worked.
  private var worked: [Double]
  /// Core seconds that are not shared out yet.
  private var pending = 0.0
  private var shares: [Double]

  /// The share of reads that no node can answer, as too few replicas are known to be up.
  private(set) var failing = 0.0
  /// The share of reads that go to a node that is down and not known to be.
  private(set) var unanswered = 0.0
  private(set) var hintsPerCheck = 0.0
  private(set) var writesLostPerCheck = 0.0

  init(_ settings: PipelineSettings) {
    let count = settings.nodeCores.count
    speeds = Array(repeating: 1, count: count)
    isUp = Array(repeating: true, count: count)
    isKnownUp = isUp
    worked = Array(repeating: 0, count: count)
    shares = worked
    update(settings)
  }

  /// Cores of nodes that are up, by their speeds.
  func upCores(_ cores: [Int]) -> Double {
    cores.indices.reduce(0) { $0 + (isUp[$1] ? Double(cores[$1]) * speeds[$1] : 0) }
  }

  mutating func work(_ coreSeconds: Double) { pending += coreSeconds }

  func coreSeconds(of node: Int) -> Double { worked[node] + pending * shares[node] }

  /// Some node has gone or come: what each takes from now on.
  mutating func update(_ settings: PipelineSettings) {
    for node in worked.indices { worked[node] += pending * shares[node] }
    pending = 0
    let factor = settings.replicationFactor
    let required = settings.readsRequired
    var reads = worked.map { _ in 0.0 }
    var writes = reads
    (failing, unanswered, hintsPerCheck, writesLostPerCheck) = (0, 0, 0, 0)
    let sets = stride(from: 0, to: settings.replicaSets.count, by: factor)
    let weight = Double(factor) / Double(settings.replicaSets.count)
    for first in sets {
      let set = settings.replicaSets[first..<(first + factor)].map { Int($0) }
      let live = set.filter { isKnownUp[$0] }
      let up = set.filter { isUp[$0] }
      if live.count < required {
        failing += weight
      } else {
        // The reader is drawn; digests are asked of the others in order.
        for node in live { reads[node] += weight * Double(required) / Double(live.count) }
        unanswered += weight * Double(live.count { !isUp[$0] }) / Double(live.count)
      }
      let lost = live.isEmpty ? 1 : Double(live.count { !isUp[$0] }) / Double(live.count)
      writesLostPerCheck += weight * lost
      hintsPerCheck += weight * (1 - lost) * Double(factor - up.count)
      for node in up { writes[node] += weight * (1 - lost) }
    }
    let loads = worked.indices.map {
      reads[$0] * settings.costs.read + writes[$0] * settings.costs.write
    }
    let total = loads.reduce(0, +)
    shares = loads.map { total > 0 ? $0 / total : 0 }
  }
}
