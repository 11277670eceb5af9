public import KubernetesObjects

/// How little of a signal may be left before pods go.
public struct EvictionThreshold: Sendable, Hashable {
  /// A fixed amount or a share of the signal's capacity.
  public enum Amount: Sendable, Hashable {
    case quantity(Quantity)
    /// 0.1 is ten percent. Single precision, as in the real program, whose rounding shows: ten
    /// percent of 20 GiB is 32 bytes more than a tenth of it.
    case share(Float)

    /// Bytes, inodes or processes.
    func value(of capacity: Int64) -> Int64 {
      switch self {
      case .quantity(let quantity): quantity.value
      case .share(let share): Int64(Double(capacity) * Double(share))
      }
    }

    func text(of capacity: Int64) -> String {
      switch self {
      case .quantity(let quantity): quantity.text
      case .share: Quantity(value: value(of: capacity), format: .binarySI).text
      }
    }
  }

  public var signal: EvictionSignal
  public var amount: Amount
  /// How long a soft threshold must be met before a pod goes; zero for a hard one.
  public var gracePeriod: Duration
  /// How much more than the threshold must be free before it counts as resolved.
  public var minimumReclaim: Amount?

  public init(
    signal: EvictionSignal, amount: Amount, gracePeriod: Duration = .zero,
    minimumReclaim: Amount? = nil
  ) {
    self.signal = signal
    self.amount = amount
    self.gracePeriod = gracePeriod
    self.minimumReclaim = minimumReclaim
  }

  public var isHard: Bool { gracePeriod == .zero }

  /// Whether too little is left: less than the threshold, or, once it was met, less than the
  /// threshold and the minimum to reclaim.
  public func isMet(
    by observation: SignalObservations.Observation, reclaiming: Bool = false
  ) -> Bool {
    var needed = amount.value(of: observation.capacity)
    if reclaiming, let minimumReclaim {
      needed = needed &+ minimumReclaim.value(of: observation.capacity)
    }
    return observation.available < needed
  }
}
