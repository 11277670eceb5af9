/// Why a node does not do for a pod: a set, since a plugin may find several things at once.
public struct FailureReasons: Sendable, Hashable, OptionSet, BitwiseCopyable {
  public var rawValue: UInt64

  @inlinable
  public init(rawValue: UInt64) { self.rawValue = rawValue }

  public static let unschedulable = FailureReasons(rawValue: 1 << 0)
  public static let nodeName = FailureReasons(rawValue: 1 << 1)
  public static let untoleratedTaint = FailureReasons(rawValue: 1 << 2)
  public static let nodeAffinity = FailureReasons(rawValue: 1 << 3)
  public static let ports = FailureReasons(rawValue: 1 << 4)
  public static let tooManyPods = FailureReasons(rawValue: 1 << 5)
  public static let topologySpread = FailureReasons(rawValue: 1 << 6)
  public static let missingTopologyLabel = FailureReasons(rawValue: 1 << 7)
  public static let podAffinity = FailureReasons(rawValue: 1 << 8)
  public static let podAntiAffinity = FailureReasons(rawValue: 1 << 9)
  public static let existingAntiAffinity = FailureReasons(rawValue: 1 << 10)
  /// Not among the nodes that the pod's affinity names.
  public static let notNamed = FailureReasons(rawValue: 1 << 11)

  public static let diskConflict = FailureReasons(rawValue: 1 << 12)
  /// A claim that one pod alone may use is in use.
  public static let claimTaken = FailureReasons(rawValue: 1 << 13)
  public static let tooManyVolumes = FailureReasons(rawValue: 1 << 14)
  public static let volumeNodeAffinity = FailureReasons(rawValue: 1 << 15)
  public static let noVolumeToBind = FailureReasons(rawValue: 1 << 22)
  public static let noSuchVolume = FailureReasons(rawValue: 1 << 23)
  public static let volumeZone = FailureReasons(rawValue: 1 << 26)
  /// Not among the nodes that the profile's own affinity admits.
  public static let enforcedAffinity = FailureReasons(rawValue: 1 << 28)
  /// The pod was refused before any node was looked at; the diagnosis says by whom and why.
  public static let refusedBeforehand = FailureReasons(rawValue: 1 << 27)

  // Conditions and the double reason of the 1.11 predicates.
  public static let notReady = FailureReasons(rawValue: 1 << 16)
  public static let networkUnavailable = FailureReasons(rawValue: 1 << 17)
  public static let memoryPressure = FailureReasons(rawValue: 1 << 18)
  public static let diskPressure = FailureReasons(rawValue: 1 << 19)
  public static let pidPressure = FailureReasons(rawValue: 1 << 20)
  public static let interPodAffinity = FailureReasons(rawValue: 1 << 21)

  // What preemption says of a node.
  public static let preemptionNotHelpful = FailureReasons(rawValue: 1 << 24)
  public static let noVictims = FailureReasons(rawValue: 1 << 25)

  public static let insufficientCPU = FailureReasons(rawValue: 1 << 32)
  public static let insufficientMemory = FailureReasons(rawValue: 1 << 33)
  public static let insufficientStorage = FailureReasons(rawValue: 1 << 34)
  private static let firstScalarBit = 35
  private static let lastScalarBit = 62
  /// Set beside the others where taking pods away cannot help.
  static let unresolvable = FailureReasons(rawValue: 1 << 63)

  /// The shortage of an extended resource, by its column. Beyond 28 kinds they share a bit.
  static func insufficientScalar(_ column: Int) -> FailureReasons {
    FailureReasons(rawValue: 1 << UInt64(min(firstScalarBit + column, lastScalarBit)))
  }

  /// The plugin that finds such a reason.
  public var plugin: PluginName? {
    if rawValue >> 32 & 0x7FFF_FFFF != 0 || contains(.tooManyPods) { return .nodeResourcesFit }
    if contains(.unschedulable) { return .nodeUnschedulable }
    if contains(.nodeName) { return .nodeName }
    if contains(.untoleratedTaint) { return .taintToleration }
    if !isDisjoint(with: [.nodeAffinity, .notNamed, .enforcedAffinity]) { return .nodeAffinity }
    if contains(.ports) { return .nodePorts }
    if !isDisjoint(with: [.diskConflict, .claimTaken]) { return .volumeRestrictions }
    if contains(.tooManyVolumes) { return .nodeVolumeLimits }
    if !isDisjoint(with: [.volumeNodeAffinity, .noVolumeToBind, .noSuchVolume]) {
      return .volumeBinding
    }
    if contains(.volumeZone) { return .volumeZone }
    if contains(.topologySpread) || contains(.missingTopologyLabel) { return .podTopologySpread }
    if !isDisjoint(with: [.podAffinity, .podAntiAffinity, .existingAntiAffinity]) {
      return .interPodAffinity
    }
    if !isDisjoint(with: [.notReady, .networkUnavailable]) { return .checkNodeCondition }
    if !isDisjoint(with: [.memoryPressure, .diskPressure, .pidPressure]) {
      return .checkNodePressure
    }
    return nil
  }

  /// Whether the node might do if pods of lower priority left it.
  public var isResolvable: Bool { !isEmpty && !contains(.unresolvable) }

  /// The reasons one by one, in the order the plugin reports them.
  var elements: [FailureReasons] {
    var rest = rawValue & ~Self.unresolvable.rawValue
    var found: [FailureReasons] = []
    while rest != 0 {
      found.append(FailureReasons(rawValue: rest & (0 &- rest)))
      rest &= rest - 1
    }
    return found
  }

  var scalarColumn: Int? {
    let bit = rawValue.trailingZeroBitCount
    return bit >= Self.firstScalarBit && bit <= Self.lastScalarBit
      ? bit - Self.firstScalarBit : nil
  }
}

extension SchedulerProfile {
  /// A single reason in the words of this profile's version.
  public func text(_ reason: FailureReasons, in snapshot: SchedulerSnapshot) -> String {
    if let column = reason.scalarColumn, column < snapshot.scalarNames.count {
      return "Insufficient \(snapshot.scalarNames[column])"
    }
    switch reason {
    case .unschedulable: return "node(s) were unschedulable"
    case .nodeName:
      return era == .v1_11
        ? "node(s) didn't match the requested hostname"
        : "node(s) didn't match the requested node name"
    case .untoleratedTaint:
      return era == .v1_11
        ? "node(s) had taints that the pod didn't tolerate"
        : "node(s) had untolerated taint(s)"
    case .nodeAffinity:
      return era == .v1_11
        ? "node(s) didn't match node selector"
        : "node(s) didn't match Pod's node affinity/selector"
    case .enforcedAffinity: return "node(s) didn't match scheduler-enforced node affinity"
    case .notNamed: return "node(s) didn't satisfy plugin(s) [NodeAffinity]"
    case .ports: return "node(s) didn't have free ports for the requested pod ports"
    case .tooManyPods: return era == .v1_11 ? "Insufficient pods" : "Too many pods"
    case .topologySpread: return "node(s) didn't match pod topology spread constraints"
    case .missingTopologyLabel:
      return "node(s) didn't match pod topology spread constraints (missing required label)"
    case .podAffinity: return "node(s) didn't match pod affinity rules"
    case .podAntiAffinity: return "node(s) didn't match pod anti-affinity rules"
    case .existingAntiAffinity:
      return "node(s) didn't satisfy existing pods anti-affinity rules"
    case .diskConflict: return "node(s) had no available disk"
    case .claimTaken:
      return "node has pod using PersistentVolumeClaim with the same name and ReadWriteOncePod "
        + "access mode"
    case .tooManyVolumes: return "node(s) exceed max volume count"
    case .volumeNodeAffinity:
      return era == .v1_11
        ? "node(s) had volume node affinity conflict"
        : "node(s) didn't match PersistentVolume's node affinity"
    case .noVolumeToBind: return "node(s) didn't find available persistent volumes to bind"
    case .noSuchVolume:
      return "node(s) unavailable due to one or more pvc(s) bound to non-existent pv(s)"
    case .volumeZone: return "node(s) had no available volume zone"
    case .interPodAffinity: return "node(s) didn't match pod affinity/anti-affinity"
    case .notReady: return "node(s) were not ready"
    case .networkUnavailable: return "node(s) had unavailable network"
    case .memoryPressure: return "node(s) had memory pressure"
    case .diskPressure: return "node(s) had disk pressure"
    case .pidPressure: return "node(s) had pid pressure"
    case .preemptionNotHelpful: return "Preemption is not helpful for scheduling"
    case .noVictims: return "No preemption victims found for incoming pod"
    case .insufficientCPU: return "Insufficient cpu"
    case .insufficientMemory: return "Insufficient memory"
    case .insufficientStorage: return "Insufficient ephemeral-storage"
    default: return "node(s) did not do"
    }
  }

  /// The single reason whose words in this profile's version are `text`; nil if none's are.
  public func reason(worded text: String, in snapshot: SchedulerSnapshot) -> FailureReasons? {
    (0..<UInt64.bitWidth).lazy.map { FailureReasons(rawValue: 1 << UInt64($0)) }
      .first { self.text($0, in: snapshot) == text }
  }
}
