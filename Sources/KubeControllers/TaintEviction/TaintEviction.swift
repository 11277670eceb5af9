public import KubernetesObjects
public import TimeUnits

/// Who is driven off a node by NoExecute taints, and when.
///
/// Follows pkg/controller/tainteviction/taint_eviction.go, 1.36. There is no rate limit here.
public enum TaintEviction {
  /// A deletion that is due, as the controller remembers it.
  public struct Scheduled: Sendable, Hashable {
    /// When the controller first saw reason to evict; kept when the taints change.
    public var createdAt: SimulationTime
    public var fireAt: SimulationTime

    public init(createdAt: SimulationTime, fireAt: SimulationTime) {
      self.createdAt = createdAt
      self.fireAt = fireAt
    }
  }

  public enum Decision: Sendable, Hashable {
    /// Leave what is scheduled, or nothing, as it is.
    case keep
    /// Delete at `fireAt`; what was scheduled before is dropped. `cancelsEarlier` tells the event.
    case schedule(Scheduled, cancelsEarlier: Bool)
    /// Nothing is to be deleted any more. `cancelsEarlier`: something was.
    case cancel(cancelsEarlier: Bool)
  }

  /// Decides for one pod on a node with `taints` (only NoExecute ones count).
  public static func decide(
    tolerations: [Toleration], taints: [Taint], scheduled: Scheduled?, at now: SimulationTime
  ) -> Decision {
    let effective = taints.filter { $0.effect == .noExecute }
    if effective.isEmpty { return .cancel(cancelsEarlier: scheduled != nil) }
    var used: [Toleration] = []
    for taint in effective {
      guard let toleration = tolerations.first(where: { $0.tolerates(taint) }) else {
        return .schedule(
          Scheduled(createdAt: now, fireAt: now), cancelsEarlier: scheduled != nil)
      }
      used.append(toleration)
    }
    guard let seconds = used.compactMap(\.seconds).map({ max(0, $0) }).min() else { return .keep }
    let fireAt = now.advanced(byNanoseconds: seconds * 1_000_000_000)
    guard let scheduled else {
      return .schedule(Scheduled(createdAt: now, fireAt: fireAt), cancelsEarlier: false)
    }
    let sinceFirst = scheduled.createdAt.advanced(byNanoseconds: seconds * 1_000_000_000)
    // With the clock already running the pod is not given more time than it had.
    if sinceFirst < fireAt { return .keep }
    return .schedule(
      Scheduled(createdAt: scheduled.createdAt, fireAt: fireAt), cancelsEarlier: true)
  }

  public static func marking(namespace: String, pod: String) -> ReportedEvent {
    ReportedEvent(
      reason: "TaintManagerEviction", message: "Marking for deletion Pod \(namespace)/\(pod)")
  }

  public static func cancelling(namespace: String, pod: String) -> ReportedEvent {
    ReportedEvent(
      reason: "TaintManagerEviction", message: "Cancelling deletion of Pod \(namespace)/\(pod)")
  }

  /// The condition the pod gets before it is deleted.
  public static let disruptionReason = "DeletionByTaintManager"
  public static let disruptionMessage = "Taint manager: deleting due to NoExecute taint"
}
