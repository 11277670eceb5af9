/// Strategies one after another until a single option is left.
///
/// Follows `expander/factory/{chain,expander_factory}.go` of cluster-autoscaler 1.36. Options that
/// are still equal at the end are all returned; the real program draws one.
public struct ExpanderChain: Sendable {
  private var strategies: [any ExpanderStrategy]

  /// A chain as `--expander` names it; the first thing wrong with it stops the start.
  public init(
    _ names: [ExpanderName], providerHasPrices: Bool = false
  ) throws(ExpanderProblem) {
    if let problem = Self.problems(names, providerHasPrices: providerHasPrices).first {
      throw problem
    }
    self.init(strategies: names.map(Self.strategy))
  }

  public init(strategies: [any ExpanderStrategy]) { self.strategies = strategies }

  /// The indices of the equally good options; empty if none will do.
  public func best(_ options: [ExpansionOption], in context: ExpanderContext) -> [Int] {
    var left = Array(options.indices)
    for strategy in strategies {
      let best = strategy.best(left.map { options[$0] }, in: context)
      left = best.map { left[$0] }
      if left.count <= 1 { break }
    }
    return left
  }

  /// What a person should be told of this choice, strategy by strategy.
  public func warnings(_ options: [ExpansionOption], in context: ExpanderContext) -> [String] {
    strategies.flatMap { $0.warnings(options, in: context) }
  }

  /// What would stop the real program when it starts.
  public static func problems(
    _ names: [ExpanderName], providerHasPrices: Bool
  ) -> [ExpanderProblem] {
    var problems: [ExpanderProblem] = []
    for (index, name) in names.enumerated() {
      if names[..<index].contains(name) {
        problems.append(.duplicate(name))
      } else if let final = names[..<index].first(where: \.leavesOne) {
        problems.append(.neverAsked(name, after: final))
      }
      if name == .price, !providerHasPrices { problems.append(.noPriceModel) }
    }
    return problems
  }

  private static func strategy(_ name: ExpanderName) -> any ExpanderStrategy {
    switch name {
    case .random: RandomExpander()
    case .mostPods: MostPodsExpander()
    case .leastWaste: LeastWasteExpander()
    case .leastNodes: LeastNodesExpander()
    case .price: PriceExpander()
    case .priority: PriorityExpander()
    case .grpc: GRPCExpander()
    }
  }
}

extension ExpanderName {
  /// Whether nothing is left to choose after this strategy.
  fileprivate var leavesOne: Bool { self == .random }
}

/// Why a chain of strategies cannot be.
public enum ExpanderProblem: Error, Sendable, Hashable, CustomStringConvertible {
  case duplicate(ExpanderName)
  case neverAsked(ExpanderName, after: ExpanderName)
  case noPriceModel

  public var description: String {
    switch self {
    case .duplicate(let name):
      "expander \(name.rawValue) is named twice"
    case .neverAsked(let name, let final):
      "expander \(name.rawValue) would never be asked: \(final.rawValue) leaves one option"
    case .noPriceModel:
      "expander price needs a provider that knows prices; AWS's does not"
    }
  }
}
