public import KubernetesObjects
public import TimeUnits

/// A node as the node controller sees it in one pass.
public struct NodeObservation: Sendable {
  public var name: String
  public var zone: String
  public var created: SimulationTime
  public var taints: [Taint]
  public var conditions: [NodeCondition]
  /// When the kubelet last posted its status; nil before it ever did.
  public var heartbeat: SimulationTime?
  /// `spec.renewTime` of the node's Lease; nil without one (1.11).
  public var leaseRenewal: SimulationTime?

  public init(
    name: String, zone: String, created: SimulationTime = .zero, taints: [Taint] = [],
    conditions: [NodeCondition], heartbeat: SimulationTime? = nil,
    leaseRenewal: SimulationTime? = nil
  ) {
    self.name = name
    self.zone = zone
    self.created = created
    self.taints = taints
    self.conditions = conditions
    self.heartbeat = heartbeat
    self.leaseRenewal = leaseRenewal
  }

  public var ready: ConditionStatus? { conditions.first { $0.type == .ready }?.status }

  public func hasTaint(_ key: String, _ effect: Taint.Effect) -> Bool {
    taints.contains { $0.key == key && $0.effect == effect }
  }
}

/// What the controller remembers of a node between passes.
public struct NodeHealth: Sendable, Hashable {
  /// When the controller last saw a sign of life, by its own clock.
  public var probe: SimulationTime
  /// When it last saw Ready change, by its own clock: what `pod-eviction-timeout` counts from.
  public var readyTransition: SimulationTime
  public var ready: ConditionStatus?
  public var heartbeat: SimulationTime?
  public var leaseRenewal: SimulationTime?
}

/// What a pass finds out about one node.
public struct NodeJudgement: Sendable {
  public enum EvictionTaint: Sendable, Hashable {
    case none
    /// Into the zone's queue; it gets its NoExecute taint when the rate allows.
    case queue
    /// Tainted for the other reason already: exchanged at once.
    case swap(to: String, from: String)
    /// Ready again: NoExecute taints go, and it leaves the queue.
    case remove
  }

  /// Conditions to write, if the controller found the kubelet silent.
  public var conditions: [NodeCondition]?
  /// Ready before and after the pass.
  public var before: ConditionStatus
  public var after: ConditionStatus
  public var evictionTaint: EvictionTaint
  /// Ready until now: all its pods are to be marked not ready, and an event is told.
  public var becameNotReady: Bool { after != .true && before == .true }
}

/// Follows `monitorNodeHealth`, `tryUpdateNodeHealth` and `processTaintBaseEviction` of
/// node_lifecycle_controller.go, 1.36.
public enum NodeMonitor {
  /// Judges one node and renews its `health`.
  public static func judge(
    _ node: NodeObservation, health: inout NodeHealth?, options: NodeLifecycleOptions,
    at now: SimulationTime
  ) -> NodeJudgement {
    let ready = node.ready
    var memory = look(at: node, health, now: now)
    let grace = ready == nil ? options.nodeStartupGracePeriod : options.nodeMonitorGracePeriod
    let before = ready ?? .unknown
    var after = before
    var written: [NodeCondition]?
    if memory.probe.advanced(byNanoseconds: grace) < now {
      let silent = silence(node.conditions, at: now)
      if silent != node.conditions {
        written = silent
        memory.readyTransition = now
      }
      after = .unknown
    }
    memory.ready = after
    health = memory
    return NodeJudgement(
      conditions: written, before: before, after: after,
      evictionTaint: evictionTaint(node, after: ready == nil && written == nil ? nil : after))
  }

  /// Takes in what is new: a heartbeat, a renewed lease, a changed condition.
  private static func look(
    at node: NodeObservation, _ health: NodeHealth?, now: SimulationTime
  ) -> NodeHealth {
    guard var health else {
      // A kubelet that never posted is counted from its Node object's birth.
      let since = node.ready == nil ? node.created : now
      return NodeHealth(
        probe: node.leaseRenewal == nil ? since : now, readyTransition: since, ready: node.ready,
        heartbeat: node.heartbeat, leaseRenewal: node.leaseRenewal)
    }
    if node.ready != nil, health.heartbeat != node.heartbeat || health.ready == nil {
      if health.ready != node.ready { health.readyTransition = now }
      health.heartbeat = node.heartbeat
      health.probe = now
    }
    if let renewal = node.leaseRenewal, health.leaseRenewal.map({ $0 < renewal }) ?? true {
      health.leaseRenewal = renewal
      health.probe = now
    }
    return health
  }

  private static func silence(
    _ conditions: [NodeCondition], at now: SimulationTime
  ) -> [NodeCondition] {
    var conditions = conditions
    for type in [NodeCondition.Kind.ready, .memoryPressure, .diskPressure, .pidPressure] {
      guard let index = conditions.firstIndex(where: { $0.type == type }) else {
        conditions.append(
          NodeCondition(
            type: type, status: .unknown, reason: "NodeStatusNeverUpdated",
            message: "Kubelet never posted node status.", lastTransition: now))
        continue
      }
      guard conditions[index].status != .unknown else { continue }
      conditions[index].status = .unknown
      conditions[index].reason = "NodeStatusUnknown"
      conditions[index].message = "Kubelet stopped posting node status."
      conditions[index].lastTransition = now
    }
    return conditions
  }

  private static func evictionTaint(
    _ node: NodeObservation, after: ConditionStatus?
  ) -> NodeJudgement.EvictionTaint {
    let notReady = node.hasTaint(Taint.Key.notReady, .noExecute)
    let unreachable = node.hasTaint(Taint.Key.unreachable, .noExecute)
    switch after {
    case nil: return .none
    case .true: return .remove
    case .false:
      return unreachable
        ? .swap(to: Taint.Key.notReady, from: Taint.Key.unreachable) : .queue
    case .unknown:
      return notReady
        ? .swap(to: Taint.Key.unreachable, from: Taint.Key.notReady) : .queue
    }
  }

  /// Whether a node in the queue still has to be tainted with NoExecute, and with which key.
  public static func noExecuteKey(for ready: ConditionStatus?) -> String? {
    switch ready {
    case .false: Taint.Key.notReady
    case .unknown: Taint.Key.unreachable
    case .true, nil: nil
    }
  }

  public static func statusEvent(node: String) -> ReportedEvent {
    ReportedEvent(
      reason: "NodeNotReady", message: "Node \(node) status is now: NodeNotReady")
  }

  public static let podEvent = ReportedEvent(
    .warning, reason: "NodeNotReady", message: "Node is not ready")
}
