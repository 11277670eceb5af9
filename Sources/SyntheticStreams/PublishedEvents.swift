import Probability

/// The events of all ids as Anomalia Machina's load generator makes them, without keeping any.
///
/// The value of an id's *n*-th event is a function of seed, id and *n*, so the last 50 values of
/// any of a million ids can be had at any time: only how many events an id has had is to be kept.
///
/// Source: instaclustr/AnomaliaMachina, the producer's data generation.
public struct PublishedEvents: Hashable, Sendable {
  public let seed: UInt64
  /// How many ids there are, from 0; default 1 000 000, published.
  public let ids: Int
  /// The probability of an anomaly; default 0.0001, published.
  public let probability: Double
  /// What an anomaly is multiplied by; default 1 000, published.
  public let factor: Double

  /// The events of a seed; there must be an id.
  public init(
    seed: UInt64, ids: Int = 1_000_000, probability: Double = 1e-4, factor: Double = 1_000
  ) {
    precondition(ids > 0, "events belong to ids")
    precondition((0...1).contains(probability), "a probability lies in 0...1")
    self.seed = seed
    self.ids = ids
    self.probability = probability
    self.factor = factor
  }

  /// The id of the next event: all are equally likely.
  public func id(using generator: inout some RandomNumberGenerator) -> Int {
    min(Int(generator.openUniform() * Double(ids)), ids - 1)
  }

  /// The event `number`, from 0, of an id. Complexity: O(1).
  public func element(id: Int, number: Int) -> StreamElement {
    precondition((0..<ids).contains(id) && number >= 0, "an event has an id and a number")
    var bits = OneWord(
      word: Self.mix(Self.mix(Self.mix(seed) &+ UInt64(id)) &+ UInt64(number)))
    return PublishedStream.element(
      id: id, number: number, isAnomaly: bits.openUniform() < probability, factor: factor)
  }

  /// The finalizer of SplitMix64 (G. Steele, D. Lea, C. Flood, 2014).
  private static func mix(_ state: UInt64) -> UInt64 {
    var word = state &+ 0x9E37_79B9_7F4A_7C15
    word = (word ^ (word >> 30)) &* 0xBF58_476D_1CE4_E5B9
    word = (word ^ (word >> 27)) &* 0x94D0_49BB_1331_11EB
    return word ^ (word >> 31)
  }

  /// A generator that has one word to give, for the one uniform number an event takes.
  private struct OneWord: RandomNumberGenerator {
    let word: UInt64
    mutating func next() -> UInt64 { word }
  }
}
