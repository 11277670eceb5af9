import KubernetesObjects

/// The three ways in which NodeResourcesFit ranks nodes (`plugins/noderesources` 1.36).
enum ResourceScorer {
  /// One resource of a node as a score sees it: its capacity, and what would be taken of it.
  struct Amount {
    var capacity: Int64
    var requested: Int64
  }

  static func fit(
    _ row: Int, _ request: RequestShape, _ snapshot: SchedulerSnapshot,
    _ profile: SchedulerProfile
  ) -> Int64 {
    let strategy = profile.scoringStrategy
    var sum: Int64 = 0
    var weights: Int64 = 0
    for resource in strategy.resources {
      guard
        let amount = amount(resource.name, row, request, snapshot, nonZero: true),
        amount.capacity != 0
      else { continue }
      let score: Int64
      switch strategy {
      case .leastAllocated: score = least(amount, best: profile.maxScore)
      case .mostAllocated: score = most(amount, best: profile.maxScore)
      case .requestedToCapacityRatio(_, let shape):
        score = ratio(amount, shape, best: profile.maxScore)
        // A resource that scores nothing drops out of the mean.
        if score <= 0 { continue }
      }
      sum &+= score &* resource.weight
      weights &+= resource.weight
    }
    if weights == 0 { return 0 }
    if case .requestedToCapacityRatio = strategy {
      return Int64((Double(sum) / Double(weights)).rounded())
    }
    return sum / weights
  }

  /// The larger the part that stays free, the better.
  static func least(_ amount: Amount, best: Int64) -> Int64 {
    if amount.capacity == 0 || amount.requested > amount.capacity { return 0 }
    return (amount.capacity &- amount.requested) &* best / amount.capacity
  }

  /// The larger the part that is taken, the better; requests beyond the capacity, which scores
  /// count for pods that ask for nothing, are cut to it.
  static func most(_ amount: Amount, best: Int64) -> Int64 {
    if amount.capacity == 0 { return 0 }
    return min(amount.requested, amount.capacity) &* best / amount.capacity
  }

  /// A piecewise linear function of the utilization.
  static func ratio(
    _ amount: Amount, _ shape: [ScoringStrategy.ShapePoint], best: Int64
  ) -> Int64 {
    let utilization =
      amount.capacity == 0 || amount.requested > amount.capacity
      ? 100 : amount.requested &* 100 / amount.capacity
    let scale = best / 10
    guard let first = shape.first, let last = shape.last else { return 0 }
    if utilization <= first.utilization { return first.score * scale }
    for (low, high) in zip(shape, shape.dropFirst()) where utilization <= high.utilization {
      let (from, to) = (low.score * scale, high.score * scale)
      return from + (to - from) * (utilization - low.utilization)
        / (high.utilization - low.utilization)
    }
    return last.score * scale
  }

  /// A resource by its name; nil for an extended one that the pod does not ask for.
  static func amount(
    _ name: String, _ row: Int, _ request: RequestShape, _ snapshot: SchedulerSnapshot,
    nonZero: Bool
  ) -> Amount? {
    let amounts = snapshot.amounts[row]
    switch name {
    case ResourceName.cpu:
      return Amount(
        capacity: amounts.allocatableCPU,
        requested: nonZero
          ? amounts.nonZeroCPU &+ request.nonZeroCPU : amounts.requestedCPU &+ request.milliCPU)
    case ResourceName.memory:
      return Amount(
        capacity: amounts.allocatableMemory,
        requested: nonZero
          ? amounts.nonZeroMemory &+ request.nonZeroMemory
          : amounts.requestedMemory &+ request.memory)
    case ResourceName.ephemeralStorage:
      return Amount(
        capacity: amounts.allocatableStorage,
        requested: amounts.requestedStorage &+ request.storage)
    default:
      for scalar in request.scalars where snapshot.scalarNames[scalar.column] == name {
        return Amount(
          capacity: snapshot.scalarAllocatable[scalar.column][row],
          requested: snapshot.scalarRequested[scalar.column][row] &+ scalar.value)
      }
      return nil
    }
  }
}
