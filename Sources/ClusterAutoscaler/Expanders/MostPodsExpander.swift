/// The options that give most pods a place (`expander/mostpods` of 1.36).
public struct MostPodsExpander: ExpanderStrategy {
  public init() {}

  public func best(_ options: [ExpansionOption], in context: ExpanderContext) -> [Int] {
    lowest(options) { -$0.pods.count }
  }
}
