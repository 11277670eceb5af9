import KubernetesObjects

/// Prefers nodes that the pod leaves as evenly used in cpu and memory as possible
/// (`plugins/noderesources/balanced_allocation.go` 1.36).
struct BalancedAllocation: ScorePlugin {
  let name = PluginName.balancedAllocation
  let profile: SchedulerProfile

  func score(
    _ rows: [NodeIndex], _ cycle: CycleState, _ snapshot: inout SchedulerSnapshot,
    into scores: inout [Int64]
  ) -> ScoreOutcome {
    let request = snapshot.classes.requests[Int(cycle.requestIndex)]
    if profile.era != .v1_11, asksForNothing(request, snapshot) { return .skipped }
    let entries = snapshot.caches.resources[Int(cycle.requestIndex)].entries
    scores.fill(rows) { Int64(entries[$0].balanced) }
    return .written
  }

  private func asksForNothing(_ request: RequestShape, _ snapshot: SchedulerSnapshot) -> Bool {
    profile.balancedResources.allSatisfy { resource in
      switch resource.name {
      case ResourceName.cpu: request.milliCPU == 0
      case ResourceName.memory: request.memory == 0
      case ResourceName.ephemeralStorage: request.storage == 0
      default: !request.scalars.contains { snapshot.scalarNames[$0.column] == resource.name }
      }
    }
  }

  /// 1.36 rates the change that the pod makes: 50 + (50 + after − before) / 2.
  static func score(
    _ row: Int, _ request: RequestShape, _ snapshot: SchedulerSnapshot,
    _ profile: SchedulerProfile
  ) -> Int64 {
    if profile.era == .v1_11 { return score1_11(row, request, snapshot) }
    let best = profile.maxScore
    let after = balance(row, request, snapshot, profile, counting: true)
    let before = balance(row, request, snapshot, profile, counting: false)
    return best / 2 + (best / 2 + after - before) / 2
  }

  /// How even the used fractions are: the best score less their standard deviation.
  private static func balance(
    _ row: Int, _ request: RequestShape, _ snapshot: SchedulerSnapshot,
    _ profile: SchedulerProfile, counting: Bool
  ) -> Int64 {
    var (first, second) = (0.0, 0.0)
    var more: [Double] = []
    var count = 0
    for resource in profile.balancedResources {
      guard
        var amount = ResourceScorer.amount(
          resource.name, row, request, snapshot, nonZero: false),
        amount.capacity != 0
      else { continue }
      if !counting { amount.requested &-= own(resource.name, request, snapshot) }
      let fraction = min(Double(amount.requested) / Double(amount.capacity), 1)
      switch count {
      case 0: first = fraction
      case 1: second = fraction
      default: more.append(fraction)
      }
      count += 1
    }
    var deviation = 0.0
    if count == 2 {
      deviation = abs((first - second) / 2)
    } else if count > 2 {
      let all = [first, second] + more
      let mean = all.reduce(0, +) / Double(count)
      deviation = (all.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(count)).squareRoot()
    }
    return Int64((1 - deviation) * Double(profile.maxScore))
  }

  private static func own(
    _ name: String, _ request: RequestShape, _ snapshot: SchedulerSnapshot
  ) -> Int64 {
    switch name {
    case ResourceName.cpu: request.milliCPU
    case ResourceName.memory: request.memory
    case ResourceName.ephemeralStorage: request.storage
    default:
      request.scalars.first { snapshot.scalarNames[$0.column] == name }?.value ?? 0
    }
  }

  /// 1.11: ten less ten times the difference of the fractions, of what scores count; nothing for
  /// a node that would be full.
  private static func score1_11(
    _ row: Int, _ request: RequestShape, _ snapshot: SchedulerSnapshot
  ) -> Int64 {
    func fraction(_ name: String) -> Double {
      guard
        let amount = ResourceScorer.amount(name, row, request, snapshot, nonZero: true),
        amount.capacity != 0
      else { return 1 }
      return Double(amount.requested) / Double(amount.capacity)
    }
    let (cpu, memory) = (fraction(ResourceName.cpu), fraction(ResourceName.memory))
    if cpu >= 1 || memory >= 1 { return 0 }
    return Int64((1 - abs(cpu - memory)) * 10)
  }
}
