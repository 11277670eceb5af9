public import TimeUnits

/// What the node's statistics say about each signal at one moment.
public struct SignalObservations: Sendable, Hashable {
  public struct Observation: Sendable, Hashable {
    /// Bytes, inodes or processes left; process counts may overdraw.
    public var available: Int64
    public var capacity: Int64
    /// When it was measured; nil if unknown, which always counts as news.
    public var time: SimulationTime?

    public init(available: Int64, capacity: Int64, time: SimulationTime? = nil) {
      self.available = available
      self.capacity = capacity
      self.time = time
    }
  }

  private var observations = [Observation?](
    repeating: nil, count: EvictionSignal.allCases.count)

  public init() {}

  /// Nil if the statistics do not speak of the signal.
  public subscript(signal: EvictionSignal) -> Observation? {
    get { observations[signal.index] }
    set { observations[signal.index] = newValue }
  }

  /// Sets the same for the file systems of node, images and containers, where they are one.
  public mutating func setSharedFileSystem(bytes: Observation, inodes: Observation) {
    for signal in [EvictionSignal.nodeFsAvailable, .imageFsAvailable, .containerFsAvailable] {
      self[signal] = bytes
    }
    for signal in [EvictionSignal.nodeFsInodesFree, .imageFsInodesFree, .containerFsInodesFree] {
      self[signal] = inodes
    }
  }
}
