/// When things arrive from outside: a sequence of times that never goes back.
///
/// A value: it knows how far it has come, and a copy continues identically with a copied generator.
public protocol ArrivalProcess: Sendable {
  /// The next arrival, in whole nanoseconds since the start; nil if there is none any more. Uses
  /// one random number, or none where nothing is random.
  mutating func next<G: RandomNumberGenerator>(using generator: inout G) -> Int64?
}
