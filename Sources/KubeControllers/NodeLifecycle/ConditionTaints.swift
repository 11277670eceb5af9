public import KubernetesObjects

/// Which NoSchedule taints a node's conditions call for: set at once, without any queue.
///
/// Follows `doNoScheduleTaintingPass` of node_lifecycle_controller.go, 1.36. 1.11 has none
/// (TaintNodesByCondition was alpha): there the scheduler reads the conditions.
public struct ConditionTaints: Sendable, Hashable {
  public var add: [Taint]
  public var remove: [Taint]

  private static let managed: [String] = [
    Taint.Key.notReady, Taint.Key.unreachable, Taint.Key.networkUnavailable,
    Taint.Key.memoryPressure, Taint.Key.diskPressure, Taint.Key.pidPressure,
    Taint.Key.unschedulable,
  ]

  /// What has to change on a node with these conditions, or nil if nothing does.
  public init?(conditions: [NodeCondition], unschedulable: Bool, taints: [Taint]) {
    var wanted: [String] = []
    for condition in conditions {
      switch (condition.type, condition.status) {
      case (.ready, .false): wanted.append(Taint.Key.notReady)
      case (.ready, .unknown): wanted.append(Taint.Key.unreachable)
      case (.memoryPressure, .true): wanted.append(Taint.Key.memoryPressure)
      case (.diskPressure, .true): wanted.append(Taint.Key.diskPressure)
      case (.pidPressure, .true): wanted.append(Taint.Key.pidPressure)
      case (.networkUnavailable, .true): wanted.append(Taint.Key.networkUnavailable)
      default: break
      }
    }
    if unschedulable { wanted.append(Taint.Key.unschedulable) }
    let present = taints.filter { $0.effect == .noSchedule && Self.managed.contains($0.key) }
    add = wanted.filter { key in !present.contains { $0.key == key } }
      .map { Taint(key: $0, effect: .noSchedule) }
    remove = present.filter { !wanted.contains($0.key) }
    if add.isEmpty, remove.isEmpty { return nil }
  }
}
