/// The mirror image of a stream: where that gives the bits of U, this gives those of 1 − U.
///
/// The two replications of an antithetic pair use a stream and its mirror image; where a response
/// rises with every draw, one is high when the other is low and their mean varies less than that of
/// two independent ones (J. Hammersley, K. Morton, 1956). The pair's mean is **one** observation.
///
/// A law that draws by the quantile of one `openUniform` becomes exactly its mirror image, the
/// quantile of 1 − U: all laws of Probability are so. What draws by rejection stays random but need
/// not be a mirror image: `Int.random(in:)` may reject a word on one side and not on the other,
/// after which the two streams are out of step, and shuffles have no low and high.
///
/// It wraps a stream instead of being a kind of ``RandomStream``, so that those who draw from one
/// do not pay for it: it serves models that take any `RandomNumberGenerator`.
@frozen
public struct AntitheticStream<Base: RandomNumberGenerator>: RandomNumberGenerator {
  @usableFromInline var base: Base

  /// The mirror image of what `base` would give from here on.
  @inlinable
  public init(_ base: Base) { self.base = base }

  @inlinable
  public mutating func next() -> UInt64 { ~base.next() }
}

extension AntitheticStream: Sendable where Base: Sendable {}
extension AntitheticStream: Equatable where Base: Equatable {}
extension AntitheticStream: Hashable where Base: Hashable {}
