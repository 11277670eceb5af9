/// A service that is asked; none can be here, so all options pass as when the real one fails
/// (`expander/grpcplugin` of 1.36).
public struct GRPCExpander: ExpanderStrategy {
  public init() {}

  public func best(_ options: [ExpansionOption], in context: ExpanderContext) -> [Int] {
    Array(options.indices)
  }

  public func warnings(
    _ options: [ExpansionOption], in context: ExpanderContext
  ) -> [String] {
    ["the gRPC expander's service is not modelled: every option passes"]
  }
}
