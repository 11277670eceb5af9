import NetworkModel

/// Which pods and nodes of many are played.
///
/// A pod's times depend on its own threads and cores and on how busy the nodes are, not on how many
/// other pods make them busy: with P pods and n nodes in the same proportion everything that a pod
/// sees stays the same but the finite number of customers, of which there are still hundreds. So
/// states of more than 16 pods are played with 8 to 32 of them. Nodes that stand for several have
/// their mean load.
struct FlowScale {
  /// Places in the order of pods that are alike.
  var pods: [Int]
  /// The node that stands for each, by place in the order of load.
  private var nodes: Int
  private let allNodes: Int

  static let most = 16

  init(signatures: [[UInt64]], nodes: Int, copies: Int) {
    let count = signatures.count
    allNodes = nodes
    guard count > Self.most else {
      pods = Array(0..<count)
      self.nodes = nodes
      return
    }
    // The proportion that is met best; of equals the greatest.
    var best = (pods: count, nodes: nodes, error: Double.infinity)
    for few in (8...min(count, 2 * Self.most)).reversed() {
      let exact = Double(few) * Double(nodes) / Double(count)
      let rounded = max(Double(copies), exact.rounded())
      let error = abs(rounded / exact - 1)
      if error < best.error - 1e-9 { best = (few, Int(rounded), error) }
    }
    // A tenth too many cores would not be the same state.
    guard best.error < 0.005 else {
      pods = Array(0..<count)
      self.nodes = nodes
      return
    }
    self.nodes = best.nodes
    // Evenly over the order, so that each kind has its share, and at least one.
    pods = (0..<best.pods).map { (2 * $0 + 1) * count / (2 * best.pods) }
    let kinds = signatures.indices.filter { $0 == 0 || signatures[$0] != signatures[$0 - 1] }
    for kind in kinds where !pods.contains(where: { signatures[$0] == signatures[kind] }) {
      pods.append(kind)
    }
    pods.sort()
  }

  /// Puts the nodes that are played into the settings.
  func applied(
    to settings: inout PipelineSettings, zones: [ZoneID], speeds: [Double]
  ) -> (zones: [ZoneID], speeds: [Double]) {
    guard nodes < allNodes else { return (zones, speeds) }
    var loads = [Int](repeating: 0, count: allNodes)
    for node in settings.replicaSets { loads[Int(node)] += 1 }
    let order = (0..<allNodes).sorted {
      (speeds[$0], Int(zones[$0].index), loads[$0], $0)
        < (speeds[$1], Int(zones[$1].index), loads[$1], $1)
    }
    var stand = [Int](repeating: 0, count: allNodes)
    for (rank, node) in order.enumerated() { stand[node] = rank * nodes / allNodes }
    let factor = settings.replicationFactor
    var sets: [UInt32] = []
    for first in stride(from: 0, to: settings.replicaSets.count, by: factor) {
      var used: [Int] = []
      for node in settings.replicaSets[first..<(first + factor)] {
        var place = stand[Int(node)]
        while used.contains(place) { place = (place + 1) % nodes }
        used.append(place)
      }
      sets += used.map { UInt32($0) }
    }
    settings.replicaSets = sets
    let chosen = (0..<nodes).map { place in order.first { stand[$0] == place }! }
    settings.nodeCores = chosen.map { settings.nodeCores[$0] }
    return (chosen.map { zones[$0] }, chosen.map { speeds[$0] })
  }
}
