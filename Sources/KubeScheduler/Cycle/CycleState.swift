import KubernetesObjects

/// What the plugins of one cycle share: the pod, and what was worked out before the first node.
struct CycleState: Sendable {
  var key: UInt32 = 0
  var podClass: Int32 = 0
  var priority: Int32 = 0
  var placement: Int32 = 0
  var requestIndex: Int32 = 0
  /// The smallest count of each hard spread constraint.
  var spreadMinimums: [Int64] = []
  /// What the pod's volumes ask for; empty for a pod without.
  var volumes = VolumeDemand()
  /// The filters that have nothing to say about this pod.
  var skipped = PluginSet()
  /// Why no node will do, found before any was looked at (PreFilter's rejection).
  private(set) var refusal: Refusal?

  struct Refusal: Sendable {
    var plugin: PluginName
    var message: String
  }

  /// By row, empty for nodes that were not examined or do.
  var verdicts: [FailureReasons] = []
  /// The nodes that failed, in the order of examination.
  var failed: [NodeIndex] = []

  mutating func begin(rows: Int) {
    refusal = nil
    for row in failed { verdicts[Int(row)] = [] }
    failed.removeAll(keepingCapacity: true)
    if verdicts.count < rows {
      verdicts += Array(repeating: [], count: rows - verdicts.count)
    }
  }

  /// The first plugin that refuses is heard.
  mutating func refuse(_ plugin: PluginName, _ message: String) {
    if refusal == nil { refusal = Refusal(plugin: plugin, message: message) }
  }

  @inline(__always)
  mutating func reject(_ row: NodeIndex, _ reasons: FailureReasons) {
    verdicts[Int(row)] = reasons
    failed.append(row)
  }
}

/// A set of plugins, cheap enough for every cycle.
struct PluginSet: Sendable, Equatable {
  private var bits: UInt32 = 0

  var isEmpty: Bool { bits == 0 }

  func contains(_ plugin: PluginName) -> Bool { bits & Self.bit(plugin) != 0 }

  mutating func insert(_ plugin: PluginName) { bits |= Self.bit(plugin) }

  mutating func removeAll() { bits = 0 }

  private static func bit(_ plugin: PluginName) -> UInt32 { 1 << UInt32(plugin.ordinal) }
}
