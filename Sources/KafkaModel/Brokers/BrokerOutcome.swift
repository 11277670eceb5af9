public import TimeUnits

/// Something that happened in a cluster of brokers.
public struct BrokerOutcome: Hashable, Sendable {
  public enum Change: Hashable, Sendable {
    /// The controller has noticed that a broker is gone.
    case brokerRemoved(Int)
    /// The controller has noticed that a broker is back.
    case brokerAdded(Int)
    /// Another broker leads, or none: then the partition is offline.
    case leaderChanged(partition: Int, leader: Int?)
    /// So many replicas count as in sync now.
    case inSyncReplicasChanged(partition: Int, count: Int)
  }

  public var time: SimulationTime
  public var change: Change

  public init(time: SimulationTime, change: Change) {
    self.time = time
    self.change = change
  }
}
