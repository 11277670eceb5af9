import KubernetesObjects

/// How many pods an owner has, by the states its controller asks about; kept with every write.
public struct PodCensus: Sendable, Hashable {
  /// Every pod object there is, terminating and terminal ones included.
  public var total = 0
  /// Not terminal and not terminating: what a ReplicaSet counts as its replicas.
  public var active = 0
  /// Active and Ready.
  public var ready = 0
  /// Being deleted and not yet terminal.
  public var terminating = 0
  /// Failed or Succeeded.
  public var terminal = 0

  public init() {}

  mutating func count(_ pod: Pod, _ sign: Int) {
    total += sign
    if pod.status.phase.isTerminal {
      terminal += sign
    } else if pod.metadata.isTerminating {
      terminating += sign
    } else {
      active += sign
      if pod.status.isReady { ready += sign }
    }
  }
}
