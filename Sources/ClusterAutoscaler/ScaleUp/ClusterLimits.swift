import KubernetesObjects

/// How many cores and how much memory the cluster may still gain or lose.
///
/// Follows `core/scaleup/resource/manager.go` and `core/scaledown/resource/limits.go` of
/// cluster-autoscaler 1.36.
struct ClusterLimits: Sendable {
  private var cores: Int64 = 0
  private var bytes: Int64 = 0
  private let options: AutoscalerOptions

  init(_ nodes: some Sequence<Node>, _ options: AutoscalerOptions) {
    self.options = options
    for node in nodes { add(node, sign: 1) }
  }

  private mutating func add(_ node: Node, sign: Int64) {
    let (cores, bytes) = Self.size(of: node)
    self.cores += sign * cores
    self.bytes += sign * bytes
  }

  private static func size(of node: Node) -> (cores: Int64, bytes: Int64) {
    let list = node.status.capacity.isEmpty ? node.status.allocatable : node.status.capacity
    return (list[ResourceName.cpu]?.value ?? 0, list[ResourceName.memory]?.value ?? 0)
  }

  private var maxBytes: Int64 { options.memoryTotal.upperBound.saturatingGibibytes }
  private var minBytes: Int64 { options.memoryTotal.lowerBound.saturatingGibibytes }

  /// What one node like this more would exceed: `cpu` or `memory`.
  func exceeded(byOneMore node: Node) -> String? {
    let (cores, bytes) = Self.size(of: node)
    if cores > options.coresTotal.upperBound - self.cores { return "cpu" }
    if bytes > maxBytes - self.bytes { return "memory" }
    return nil
  }

  /// As many of some new nodes as the limits allow.
  func capped(_ count: Int, of node: Node) -> Int {
    let (cores, bytes) = Self.size(of: node)
    var allowed = count
    if cores > 0 {
      allowed = min(allowed, Int((options.coresTotal.upperBound - self.cores) / cores))
    }
    if bytes > 0 { allowed = min(allowed, Int((maxBytes - self.bytes) / bytes)) }
    return max(0, allowed)
  }

  /// Takes a node away unless that would leave less than the minimum.
  mutating func tryRemoving(_ node: Node) -> Bool {
    let (cores, bytes) = Self.size(of: node)
    guard self.cores - cores >= options.coresTotal.lowerBound, self.bytes - bytes >= minBytes
    else { return false }
    add(node, sign: -1)
    return true
  }
}

extension Int64 {
  fileprivate var saturatingGibibytes: Int64 {
    let (value, overflow) = multipliedReportingOverflow(by: 1 << 30)
    return overflow ? .max : value
  }
}
