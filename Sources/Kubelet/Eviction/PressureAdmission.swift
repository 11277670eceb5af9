public import KubernetesObjects

/// Whether a node under pressure takes a pod.
///
/// Follows `Admit` of [36] `pkg/kubelet/eviction/eviction_manager.go`. Memory pressure alone keeps
/// out pods without requests that do not tolerate it; disk or process pressure everything that is
/// not critical.
public enum PressureAdmission {
  public enum Decision: Sendable, Hashable {
    case admit
    /// The pod fails with reason `Evicted`. The texts differ in the order of the conditions, which
    /// the real program takes from a hash map.
    case reject(messages: [String])
  }

  public static func decide(
    _ spec: PodSpec, isCritical: Bool, under conditions: PressureConditions
  ) -> Decision {
    if conditions.isEmpty || isCritical { return .admit }
    if conditions == .memory {
      let taint = Taint(key: Taint.Key.memoryPressure, effect: .noSchedule)
      if QOSClass(of: spec) != .bestEffort
        || spec.tolerations.contains(where: { $0.tolerates(taint) })
      {
        return .admit
      }
    }
    let names = conditions.kinds.map(\.rawValue)
    return .reject(
      messages: orders(of: names).map { order in
        "The node had condition: [\(order.joined(separator: " "))]. "
      })
  }

  private static func orders(of names: [String]) -> [[String]] {
    guard names.count > 1 else { return [names] }
    return names.indices.flatMap { index in
      var rest = names
      let first = rest.remove(at: index)
      return orders(of: rest).map { [first] + $0 }
    }
  }
}
