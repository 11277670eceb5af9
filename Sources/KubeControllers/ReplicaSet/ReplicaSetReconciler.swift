public import KubernetesObjects
public import TimeUnits

/// What one look at a ReplicaSet leads to.
public struct ReplicaSetDecision: Sendable {
  public enum Change: Sendable, Hashable {
    /// As many active pods as wanted.
    case none
    /// Earlier creations or deletions are not in the cache yet.
    case awaitingExpectations
    /// Create so many pods, by `SlowStart.batches`.
    case create(Int64)
    /// Delete so many pods, all at once; `DeletionOrder` says which.
    case delete(Int64)
  }

  public var change: Change
  /// The status to write after the change, counted before it.
  public var status: ReplicaSetStatus
  /// Whether `status` differs from what the object says.
  public var statusNeedsUpdate: Bool
}

/// Follows `syncReplicaSet` and `manageReplicas` of pkg/controller/replicaset, 1.36.
public enum ReplicaSetReconciler {
  /// The most pods one sync creates or deletes.
  public static let burstReplicas: Int64 = 500

  /// Decides from counts alone; the caller lists pods only when `change` is `delete`.
  ///
  /// Complexity: constant.
  public static func decide(
    _ replicaSet: ReplicaSet, census: ReplicaCensus, expectationsSatisfied: Bool,
    release: KubernetesRelease = .v1_36
  ) -> ReplicaSetDecision {
    let difference = census.active - replicaSet.replicas
    let change: ReplicaSetDecision.Change
    if !expectationsSatisfied {
      change = .awaitingExpectations
    } else if replicaSet.metadata.isTerminating || difference == 0 {
      change = .none
    } else if difference < 0 {
      change = .create(min(-difference, burstReplicas))
    } else {
      change = .delete(min(difference, burstReplicas))
    }
    let status = status(of: replicaSet, census: census, release: release)
    return ReplicaSetDecision(
      change: change, status: status,
      // An observed generation that lags is written even when the counts stay.
      statusNeedsUpdate: status != replicaSet.status)
  }

  /// The status that goes with a census; `conditions` stay as they are.
  public static func status(
    of replicaSet: ReplicaSet, census: ReplicaCensus, release: KubernetesRelease = .v1_36
  ) -> ReplicaSetStatus {
    var status = replicaSet.status
    status.replicas = census.active
    status.fullyLabeledReplicas = census.fullyLabeled
    status.readyReplicas = census.ready
    status.availableReplicas = census.available
    status.terminatingReplicas = release == .v1_36 ? census.terminating : 0
    status.observedGeneration = replicaSet.metadata.generation
    return status
  }

  /// Sets or removes `ReplicaFailure` after the pods were created or deleted.
  ///
  /// `failure` is nil when every request succeeded. An existing failure keeps its first message.
  public static func record(
    failure: String?, creating: Bool, in status: inout ReplicaSetStatus, at now: SimulationTime
  ) {
    let existing = status.conditions.contains { $0.type == .replicaFailure }
    if let failure, !existing {
      status.conditions.append(
        WorkloadCondition(
          type: .replicaFailure, status: .true,
          reason: creating ? "FailedCreate" : "FailedDelete", message: failure,
          lastTransition: now, lastUpdate: now))
    } else if failure == nil, existing {
      status.conditions.removeAll { $0.type == .replicaFailure }
    }
  }

  /// When to look again although nothing happens: a Ready pod becomes available by time alone.
  ///
  /// Nil if every Ready pod is available, or `minReadySeconds` is 0. Complexity: linear in `pods`.
  public static func nextAvailability(
    of pods: some Sequence<Pod>, minReadySeconds: Int64, after now: SimulationTime
  ) -> SimulationTime? {
    guard minReadySeconds > 0 else { return nil }
    var earliest: SimulationTime?
    for pod in pods where pod.isActive {
      guard let from = pod.availableFrom(minReadySeconds: minReadySeconds), from > now else {
        continue
      }
      earliest = min(earliest ?? from, from)
    }
    return earliest
  }

  public static func created(_ pod: String) -> ReportedEvent {
    ReportedEvent(reason: "SuccessfulCreate", message: "Created pod: \(pod)")
  }

  public static func deleted(_ pod: String) -> ReportedEvent {
    ReportedEvent(reason: "SuccessfulDelete", message: "Deleted pod: \(pod)")
  }
}
