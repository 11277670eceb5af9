/// The rules by which an untuned system may have grown.
public enum UntunedRule: String, Hashable, Sendable, CaseIterable {
  /// Pods in proportion to nodes, two cores each: the rule of the verdict.
  case proportional
  /// Pods added as long as it helps.
  case whileItHelps
  /// Pods in proportion to nodes, sharing the workers of the tuned system.
  case fixedWorkers
}

/// A draw of the prior that agrees with both published rates, and what it says of the third.
public struct KeptDraw: Hashable, Sendable {
  /// Its number among all draws.
  public var index: Int
  public var parameters: CheckParameters
  public var frozenThreads: Int
  /// Checks a second at A.
  public var smallRate: Double
  /// At B.
  public var tuned: TunedDesign
  /// At each of the plan's node counts.
  public var outlooks: [Outlook]

  /// What a draw says of one number of nodes.
  public struct Outlook: Hashable, Sendable {
    public var nodes: Int
    public var tuned: TunedDesign
    /// Checks a second by rule, in the order of `UntunedRule`.
    public var untuned: [Double]

    /// Tuned by untuned.
    public func gain(_ rule: UntunedRule) -> Double { tuned.rate / rate(rule) }

    public func rate(_ rule: UntunedRule) -> Double {
      untuned[UntunedRule.allCases.firstIndex(of: rule)!]
    }
  }
}
