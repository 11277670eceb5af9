import KubernetesObjects

/// A filter that looks at nothing but a node's own facts, so that its verdicts can be kept.
protocol NodeFactFilter: Sendable {
  var name: PluginName { get }
  func verdict(of node: NodeRow, for shape: PlacementShape) -> FailureReasons
}

/// A filter whose verdicts change with the pods on the nodes.
protocol FilterPlugin: Sendable {
  var name: PluginName { get }
  /// Works out what holds for all nodes; false if every node passes (PreFilter's Skip).
  func prepare(_ cycle: inout CycleState, _ snapshot: inout SchedulerSnapshot) -> Bool
  /// Takes the nodes that do not do out of `rows` and notes why.
  func filter(
    _ rows: inout [NodeIndex], _ cycle: inout CycleState, _ snapshot: inout SchedulerSnapshot)
}

/// A filter that decides row by row.
protocol RowFilterPlugin: FilterPlugin {
  func verdict(
    ofRow row: Int, _ cycle: CycleState, _ snapshot: SchedulerSnapshot, _ pod: PodClass
  ) -> FailureReasons
}

extension RowFilterPlugin {
  func filter(
    _ rows: inout [NodeIndex], _ cycle: inout CycleState, _ snapshot: inout SchedulerSnapshot
  ) {
    let pod = snapshot.classes.classes[Int(cycle.podClass)]
    rows.keep { row in
      let reasons = verdict(ofRow: Int(row), cycle, snapshot, pod)
      if reasons.isEmpty { return true }
      cycle.reject(row, reasons)
      return false
    }
  }
}

/// A plugin that ranks the nodes that do.
protocol ScorePlugin: Sendable {
  var name: PluginName { get }
  /// Writes the normalized scores, from 0 to the profile's best.
  func score(
    _ rows: [NodeIndex], _ cycle: CycleState, _ snapshot: inout SchedulerSnapshot,
    into scores: inout [Int64]
  ) -> ScoreOutcome
}

/// What a score plugin did.
enum ScoreOutcome: Sendable, Hashable {
  /// It has nothing to say about this pod (PreScore's Skip).
  case skipped
  /// Every node scores the same; nothing was written.
  case uniform(Int64)
  /// A score was written for every node.
  case written
}

extension [Int64] {
  /// Adds other numbers, each times a weight.
  mutating func add(_ others: [Int64], times weight: Int64) {
    others.withUnsafeBufferPointer { others in
      withUnsafeMutableBufferPointer { sums in
        for index in sums.indices { sums[index] &+= others[index] &* weight }
      }
    }
  }

  /// Fills in a number for every row.
  @inline(__always)
  mutating func fill(_ rows: [NodeIndex], _ score: (Int) -> Int64) {
    rows.withUnsafeBufferPointer { rows in
      withUnsafeMutableBufferPointer { scores in
        for index in rows.indices { scores[index] = score(Int(rows[index])) }
      }
    }
  }
}

extension [NodeIndex] {
  /// Keeps the elements that pass, in their order, without a second array.
  @inline(__always)
  mutating func keep(_ passes: (NodeIndex) -> Bool) {
    var kept = 0
    for index in indices {
      let row = self[index]
      if passes(row) {
        self[kept] = row
        kept += 1
      }
    }
    removeLast(count - kept)
  }
}

extension [Int64] {
  /// Scales scores to 0…`best` by their maximum: `DefaultNormalizeScore` 1.36.
  mutating func normalize(best: Int64, reverse: Bool) {
    let highest = self.max() ?? 0
    if highest == 0 {
      if reverse { for index in indices { self[index] = best } }
      return
    }
    for index in indices {
      let scaled = best &* self[index] / highest
      self[index] = reverse ? best - scaled : scaled
    }
  }
}

/// The plugins by name.
enum PluginRegistry {
  static func nodeFactFilter(
    _ name: PluginName, _ profile: SchedulerProfile
  ) -> (any NodeFactFilter)? {
    switch name {
    case .nodeUnschedulable: NodeUnschedulable()
    case .nodeName: NodeName()
    case .taintToleration: TaintToleration()
    case .nodeAffinity: NodeAffinity(added: profile.addedAffinity)
    case .checkNodeCondition: CheckNodeCondition()
    case .checkNodePressure: CheckNodePressure()
    default: nil
    }
  }

  static func filter(_ name: PluginName, _ profile: SchedulerProfile) -> (any FilterPlugin)? {
    switch name {
    case .nodePorts: NodePorts()
    case .nodeResourcesFit: NodeResourcesFit(profile: profile)
    case .volumeRestrictions: VolumeRestrictions()
    case .nodeVolumeLimits: NodeVolumeLimits()
    case .volumeBinding: VolumeBinding()
    case .volumeZone: VolumeZone()
    case .podTopologySpread: PodTopologySpread()
    case .interPodAffinity: InterPodAffinity(profile: profile)
    default: nil
    }
  }

  static func score(_ name: PluginName, _ profile: SchedulerProfile) -> (any ScorePlugin)? {
    switch name {
    case .taintToleration: TaintToleration(best: profile.maxScore)
    case .nodeAffinity: NodeAffinity(best: profile.maxScore, added: profile.addedAffinity)
    case .nodeResourcesFit: NodeResourcesFit(profile: profile)
    case .podTopologySpread: PodTopologySpread()
    case .interPodAffinity: InterPodAffinity(profile: profile)
    case .dynamicResources: DynamicResources()
    case .balancedAllocation: BalancedAllocation(profile: profile)
    case .imageLocality: ImageLocality()
    case .selectorSpread: SelectorSpread()
    default: nil
    }
  }
}
