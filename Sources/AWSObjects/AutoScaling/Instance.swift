public import TimeUnits

/// An EC2 instance's id: a counter that looks like the real thing.
///
/// The text is `i-` and 17 hexadecimal digits; neighbors differ in their first digits, as real ids
/// do, because the counter is put through a one-to-one mixing of 64 bits.
public struct InstanceID: Sendable, Hashable, Comparable, BitwiseCopyable {
  /// The number of the launch in its cloud, from 0.
  public var number: UInt32

  public init(_ number: UInt32) { self.number = number }

  public static func < (a: InstanceID, b: InstanceID) -> Bool { a.number < b.number }
}

extension InstanceID: CustomStringConvertible {
  public var description: String {
    // SplitMix64's finalizer (Steele, Lea and Flood 2014); each step can be undone.
    var bits = (UInt64(number) &+ 1) &* 0x9E37_79B9_7F4A_7C15
    bits = (bits ^ (bits >> 30)) &* 0xBF58_476D_1CE4_E5B9
    bits = (bits ^ (bits >> 27)) &* 0x94D0_49BB_1331_11EB
    bits ^= bits >> 31
    let digits = String(bits, radix: 16)
    return "i-0" + String(repeating: "0", count: 16 - digits.count) + digits
  }
}

/// Where an instance is in its life (EC2 user guide, `ec2-instance-lifecycle.md`).
public enum InstanceState: String, Sendable, Hashable, CaseIterable {
  case pending
  case running
  case stopping
  case stopped
  case shuttingDown = "shutting-down"
  case terminated

  /// The states that can follow.
  public var successors: [InstanceState] {
    switch self {
    case .pending: [.running, .shuttingDown, .terminated]
    case .running: [.stopping, .shuttingDown]
    case .stopping: [.stopped, .shuttingDown]
    case .stopped: [.pending, .shuttingDown]
    case .shuttingDown: [.terminated]
    case .terminated: []
    }
  }
}

/// A time in which an instance ran and was billed for.
public struct BilledSpan: Sendable, Hashable {
  public var start: SimulationTime
  /// Nil while it runs.
  public var end: SimulationTime?

  public init(start: SimulationTime, end: SimulationTime? = nil) {
    self.start = start
    self.end = end
  }

  /// Whole seconds billed up to `now`: at least 60 for every start, a begun second counts.
  public func billedSeconds(at now: SimulationTime) -> Int64 {
    let nanoseconds = max(0, min(end ?? now, now).nanoseconds - start.nanoseconds)
    return max(60, (nanoseconds + 999_999_999) / 1_000_000_000)
  }
}

/// One EC2 instance.
public struct Instance: Sendable, Hashable {
  public let id: InstanceID
  public var instanceType: String
  public var zone: AvailabilityZone
  /// When RunInstances was called; a start after a stop sets it anew, as EC2 does.
  public private(set) var launchTime: SimulationTime
  public private(set) var state: InstanceState
  /// When the present state was entered.
  public private(set) var stateSince: SimulationTime
  /// The default is on demand.
  public var purchaseOption = PurchaseOption.onDemand
  /// Since when its status checks fail; nil while they pass.
  public var impairedSince: SimulationTime?
  /// When EC2 will take a spot instance back; nil before the notice.
  public var interruptedAt: SimulationTime?
  /// Only time in `running` is billed, each start for itself.
  public private(set) var billedSpans: [BilledSpan] = []

  public init(
    id: InstanceID, instanceType: String, zone: AvailabilityZone, launchTime: SimulationTime
  ) {
    self.id = id
    self.instanceType = instanceType
    self.zone = zone
    self.launchTime = launchTime
    state = .pending
    stateSince = launchTime
  }

  /// Enters `next`; false, and nothing changed, if that state cannot follow the present one.
  @discardableResult
  public mutating func enter(_ next: InstanceState, at now: SimulationTime) -> Bool {
    guard state.successors.contains(next) else { return false }
    if state == .running { billedSpans[billedSpans.count - 1].end = now }
    if next == .running { billedSpans.append(BilledSpan(start: now)) }
    if next == .pending { launchTime = now }
    state = next
    stateSince = now
    return true
  }

  public var pool: CapacityPool {
    CapacityPool(instanceType: instanceType, zone: zone, purchaseOption: purchaseOption)
  }

  /// Seconds billed until `now`, over all starts.
  public func billedSeconds(at now: SimulationTime) -> Int64 {
    billedSpans.reduce(0) { $0 + $1.billedSeconds(at: now) }
  }
}
