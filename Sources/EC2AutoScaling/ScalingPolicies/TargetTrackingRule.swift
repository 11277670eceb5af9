public import AWSObjects

/// What a target tracking policy remembers: the points in a row on one side of its target.
public struct TargetTrackingMemory: Sendable, Hashable {
  public var above = 0
  public var below = 0

  public init() {}
}

/// Target tracking: capacity in proportion to the metric.
///
/// Follows the Auto Scaling user guide (2023-06), `as-scaling-target-tracking.md`: it grows quickly
/// and shrinks slowly, rounds the capacity up, and does nothing without data. How many points each
/// needs is a parameter.
public enum TargetTrackingRule {
  /// What one policy wants.
  public enum Proposal: Sendable, Hashable {
    case scaleOut(to: Int)
    case scaleIn(to: Int)
    case hold
    case insufficientData
  }

  /// Takes one period's metric in and says what the policy wants.
  ///
  /// - Parameters:
  ///   - metric: The average over the warm instances in service; nil without data.
  ///   - measured: How many instances it is the average of.
  public static func decide(
    _ metric: Double?, _ policy: TargetTracking, measured: Int, desired: Int,
    memory: inout TargetTrackingMemory,
    parameters: AutoScalingParameters = AutoScalingParameters()
  ) -> Proposal {
    guard let metric, measured > 0 else {
      memory = TargetTrackingMemory()
      return .insufficientData
    }
    memory.above = metric > policy.targetValue ? memory.above + 1 : 0
    let low = policy.targetValue * parameters.scaleInFraction.value
    memory.below = metric < low ? memory.below + 1 : 0
    let wanted = Int((Double(measured) * metric / policy.targetValue).rounded(.up))
    if memory.above >= parameters.scaleOutDatapoints.value, wanted > desired {
      return .scaleOut(to: wanted)
    }
    if memory.below >= parameters.scaleInDatapoints.value, wanted < desired,
      !policy.disableScaleIn
    {
      return .scaleIn(to: wanted)
    }
    return .hold
  }

  /// What several policies come to: out as soon as any wants it, in only when all that may scale in
  /// agree; of several capacities the largest.
  ///
  /// - Returns: The new desired capacity before it is held between min and max; nil to hold.
  public static func combine(_ proposals: [(proposal: Proposal, mayScaleIn: Bool)]) -> Int? {
    var out: Int?
    var inward: Int?
    var allAgree = true
    for (proposal, mayScaleIn) in proposals {
      switch proposal {
      case .scaleOut(let capacity): out = max(out ?? capacity, capacity)
      case .scaleIn(let capacity): inward = max(inward ?? capacity, capacity)
      case .hold, .insufficientData: if mayScaleIn { allAgree = false }
      }
    }
    return out ?? (allAgree ? inward : nil)
  }
}
