import KubeScheduler
import KubernetesObjects

/// How many nodes of one kind some pods need.
///
/// Follows `estimator/binpacking_estimator.go` and `decreasing_pod_orderer.go` of
/// cluster-autoscaler 1.36: the largest pods first, onto the nodes imagined so far, then onto new
/// ones. Nodes that exist are not looked at again: pods that fit there are not among these.
struct BinpackingEstimator {
  struct Estimate: Sendable {
    /// New nodes that hold a pod.
    var nodeCount = 0
    var pods: [UInt32] = []
    var requests = ResourceVector()
  }

  private var snapshot: ClusterSnapshot
  private let template: NodeTemplate
  private var limiter: EstimationLimiter
  private var newNodes: [NodeIndex] = []
  private var holdsPods: [Bool] = []
  /// Nodes of the cluster that took a pod; the real program counts them like new ones.
  private var oldNodes: Set<NodeIndex> = []
  private var nextStart = 0
  private var estimate = Estimate()

  private init(
    _ snapshot: ClusterSnapshot, _ template: NodeTemplate, _ limiter: EstimationLimiter
  ) {
    self.snapshot = snapshot
    self.template = template
    self.limiter = limiter
  }

  /// - Parameters:
  ///   - groups: the pods that the kind of node can take, like with like.
  ///   - snapshot: the cluster with the nodes on their way; it stays as it is.
  /// - Complexity: linear in the pods for pods that fill one node after the other.
  static func estimate(
    _ groups: [[AutoscalerPod]], on template: NodeTemplate, in snapshot: ClusterSnapshot,
    limiter: EstimationLimiter
  ) -> Estimate {
    let groups = decreasing(groups, on: template)
    var trial = snapshot
    let node = trial.add(template, named: "e-0")
    if let packing = RoomPacking(
      groups, on: template, standingAs: node, in: &trial, limiter: limiter)
    {
      return packing.estimate
    }
    return estimateByTrial(groups, on: template, in: snapshot, limiter: limiter)
  }

  /// The same with every pod tried by the scheduler's rules.
  static func estimateByTrial(
    _ groups: [[AutoscalerPod]], on template: NodeTemplate, in snapshot: ClusterSnapshot,
    limiter: EstimationLimiter
  ) -> Estimate {
    var estimator = BinpackingEstimator(snapshot, template, limiter)
    for group in groups { estimator.pack(group) }
    estimator.estimate.nodeCount = estimator.holdsPods.count { $0 } + estimator.oldNodes.count
    return estimator.estimate
  }

  /// By the share of the template that one pod asks for, the largest first.
  static func decreasing(
    _ groups: [[AutoscalerPod]], on template: NodeTemplate
  ) -> [[AutoscalerPod]] {
    let allocatable = ResourceVector(template.node.status.allocatable)
    let scored = groups.enumerated().map { index, group in
      (score: score(group[0].pod.spec.value.requests, allocatable), index: index)
    }
    // Equals keep their order, as in the real one's stable sort.
    return scored.sorted { ($1.score, $0.index) < ($0.score, $1.index) }.map { groups[$0.index] }
  }

  private static func score(_ requests: ResourceVector, _ allocatable: ResourceVector) -> Double {
    var score = 0.0
    if allocatable.milliCPU > 0 {
      score += Double(requests.milliCPU) / Double(allocatable.milliCPU)
    }
    if allocatable.memory > 0 { score += Double(requests.memory) / Double(allocatable.memory) }
    return score
  }

  private mutating func pack(_ pods: [AutoscalerPod]) {
    var rest = pods[...]
    while let pod = rest.first, placeOnAny(pod) { rest.removeFirst() }
    for pod in rest where !placeOnNew(pod) { return }
  }

  /// Onto any of the nodes imagined so far, one after the other in turn.
  private mutating func placeOnAny(_ pod: AutoscalerPod) -> Bool {
    guard
      let place = snapshot.firstFit(pod.reference, among: newNodes, from: nextStart)
    else { return false }
    nextStart = (place + 1) % newNodes.count
    note(pod, at: place)
    return true
  }

  /// Onto any node of the imagined cluster, those included that were there before.
  private mutating func placeAnywhere(_ pod: AutoscalerPod, but last: NodeIndex) -> Bool {
    guard let node = snapshot.scheduleAnywhere(pod.reference, where: { $0 != last }) else {
      return false
    }
    if let place = newNodes.firstIndex(of: node) {
      holdsPods[place] = true
    } else {
      oldNodes.insert(node)
    }
    count(pod)
    return true
  }

  /// Onto the last new node, or onto one more; false gives up on pods of this kind.
  private mutating func placeOnNew(_ pod: AutoscalerPod) -> Bool {
    let reference = pod.reference
    if let last = newNodes.last {
      let reasons = snapshot.check(reference, on: last)
      if reasons.isEmpty {
        note(pod, at: newNodes.count - 1)
        return true
      }
      if reasons.contains(.topologySpread), pod.pod.spreadsOverHosts,
        placeAnywhere(pod, but: last)
      {
        return true
      }
      // What an empty node cannot take, another empty one cannot take either.
      if !holdsPods[newNodes.count - 1] { return false }
    }
    guard limiter.permits(elapsed: .zero) else { return false }
    newNodes.append(snapshot.add(template, named: "e-\(newNodes.count)"))
    holdsPods.append(false)
    guard snapshot.check(reference, on: newNodes[newNodes.count - 1]).isEmpty else { return false }
    note(pod, at: newNodes.count - 1)
    return true
  }

  private mutating func note(_ pod: AutoscalerPod, at place: Int) {
    snapshot.place(pod.reference, on: newNodes[place])
    holdsPods[place] = true
    count(pod)
  }

  private mutating func count(_ pod: AutoscalerPod) {
    estimate.pods.append(pod.key)
    estimate.requests += pod.pod.spec.value.requests
  }
}

extension Pod {
  /// Whether a hard rule spreads the pod's like over hosts.
  var spreadsOverHosts: Bool {
    spec.value.spec.topologySpreadConstraints.contains {
      $0.whenUnsatisfiable == .doNotSchedule && $0.topologyKey == WellKnownLabel.hostname
    }
  }
}
