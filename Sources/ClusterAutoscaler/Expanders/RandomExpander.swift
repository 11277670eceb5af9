/// Every option is as good as any other (`expander/random` of 1.36).
public struct RandomExpander: ExpanderStrategy {
  public init() {}

  public func best(_ options: [ExpansionOption], in context: ExpanderContext) -> [Int] {
    Array(options.indices)
  }
}
