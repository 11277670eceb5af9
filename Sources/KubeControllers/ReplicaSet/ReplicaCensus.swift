public import KubernetesObjects
public import TimeUnits

/// The pods of one owner, counted: all a ReplicaSet needs to see that nothing is to do.
public struct ReplicaCensus: Sendable, Hashable {
  /// Neither terminal nor being deleted: what `spec.replicas` is compared with.
  public var active: Int64 = 0
  /// Active, with every label of the template.
  public var fullyLabeled: Int64 = 0
  /// Active and Ready.
  public var ready: Int64 = 0
  /// Active and Ready for `minReadySeconds`.
  public var available: Int64 = 0
  /// Being deleted and not terminal.
  public var terminating: Int64 = 0

  public init() {}

  public init(
    active: Int64, fullyLabeled: Int64? = nil, ready: Int64 = 0, available: Int64 = 0,
    terminating: Int64 = 0
  ) {
    self.active = active
    self.fullyLabeled = fullyLabeled ?? active
    self.ready = ready
    self.available = available
    self.terminating = terminating
  }

  /// Counts `pods` as `calculateStatus` of replica_set_utils.go 1.36 does.
  ///
  /// Complexity: linear in the number of pods.
  public init(
    of pods: some Sequence<Pod>, templateLabels: Labels, minReadySeconds: Int64,
    at now: SimulationTime
  ) {
    for pod in pods where !pod.status.phase.isTerminal {
      if pod.metadata.isTerminating {
        terminating += 1
        continue
      }
      active += 1
      if pod.metadata.labels.contains(templateLabels) { fullyLabeled += 1 }
      if pod.status.isReady { ready += 1 }
      if pod.isAvailable(minReadySeconds: minReadySeconds, at: now) { available += 1 }
    }
  }
}

extension Pod {
  /// Counts toward `spec.replicas`: not terminal, not being deleted (`IsPodActive`, 1.36).
  public var isActive: Bool { !status.phase.isTerminal && !metadata.isTerminating }

  /// When a Ready pod counts as available; nil while it is not Ready.
  public func availableFrom(minReadySeconds: Int64) -> SimulationTime? {
    status.readySince?.advanced(byNanoseconds: minReadySeconds * 1_000_000_000)
  }

  /// Ready for `minReadySeconds` (`IsPodAvailable`, 1.36).
  public func isAvailable(minReadySeconds: Int64, at now: SimulationTime) -> Bool {
    guard let from = availableFrom(minReadySeconds: minReadySeconds) else { return false }
    return minReadySeconds == 0 || from <= now
  }
}
