import Glibc
import KubernetesObjects

/// The option that buys most for its money on nodes of a fitting size (`expander/price` of 1.36).
public struct PriceExpander: ExpanderStrategy {
  /// Stands in for the unfitness of nodes with GPUs, so that they are taken only for need.
  private static let gpuUnfitness = 1_000.0
  /// For a group that would have to be made first.
  private static let missingGroupFactor = 2.0

  /// The cores of the preferred node; nil goes by the cluster's size.
  public var preferredMilliCPU: Int64?

  public init(preferredMilliCPU: Int64? = nil) { self.preferredMilliCPU = preferredMilliCPU }

  public func best(_ options: [ExpansionOption], in context: ExpanderContext) -> [Int] {
    lowest(options) { score($0, in: context) }
  }

  /// The node size that suits a cluster, in thousandths of a core with 3.75 GiB of memory each
  /// (`expander/price/preferred.go` of 1.36).
  public static func preferredMilliCPU(clusterSize: Int) -> Int64 {
    switch clusterSize {
    case ...2: 1_000
    case ...6: 2_000
    case ...20: 4_000
    case ...60: 8_000
    case ...200: 16_000
    default: 32_000
    }
  }

  /// The lower the better; nil where a price is not known.
  private func score(_ option: ExpansionOption, in context: ExpanderContext) -> Double? {
    let group = context.groups[option.group]
    guard let prices = context.prices, let nodePrice = group.usdPerHour else { return nil }
    var podPrice = 0.0
    for pod in option.pods {
      guard let price = prices.ofPod(pod) else { return nil }
      podPrice += price
    }
    let ratio =
      (nodePrice * Double(option.nodeCount) + prices.stabilization)
      / (podPrice + prices.stabilization)
    let score = unfitness(option, in: context) * ratio
    return group.exists ? score : score * Self.missingGroupFactor
  }

  /// How far the node is from the preferred one; it matters less the more nodes there are.
  private func unfitness(_ option: ExpansionOption, in context: ExpanderContext) -> Double {
    let node = option.template.node
    if Utilization.gpuResource(of: node, among: ["nvidia.com/gpu", "amd.com/gpu"]) != nil {
      return Self.gpuUnfitness
    }
    let preferred = Double(
      preferredMilliCPU ?? Self.preferredMilliCPU(clusterSize: context.clusterSize))
    let offered = Double(node.status.capacity[ResourceName.cpu]?.milliValue ?? 0)
    let distance = max(preferred / offered, offered / preferred)
    return (distance - 1) * (1 - tanh(Double(option.nodeCount - 1) / 15)) + 1
  }
}
