import Probability

/// Another stream with single values that lie far away.
public struct SpikeOverlay: ValueStream {
  /// When spikes come.
  public enum Times: Hashable, Sendable {
    /// At these values, counted from 0.
    case at(Set<Int>)
    /// At each value with this probability, independently of all others.
    case probability(Double)
  }

  private var base: any ValueStream
  public let times: Times
  /// How far a spike lies from the value it replaces, in standard deviations of the noise.
  public let size: Double
  private var number = 0

  /// `base` with spikes in units of its deviation; a negative size points downward.
  public init(_ base: some ValueStream, times: Times, size: Double) {
    precondition(size.isFinite && size != 0, "a spike has a size")
    if case .probability(let probability) = times {
      precondition((0...1).contains(probability), "a probability lies in 0...1")
    }
    self.base = base
    self.times = times
    self.size = size
  }

  public var deviation: Double { base.deviation }

  public mutating func next(using generator: inout some RandomNumberGenerator) -> StreamElement {
    var element = base.next(using: &generator)
    let isSpike =
      switch times {
      case .at(let numbers): numbers.contains(number)
      // Drawn at every value, so that the values in between do not depend on the spikes.
      case .probability(let probability): generator.openUniform() < probability
      }
    if isSpike {
      element.value += size * base.deviation
      element.changes.append(Change(kind: .spike, since: number, size: size))
    }
    number += 1
    return element
  }
}
