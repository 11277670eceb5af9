/// Values one after another, each with the truth about it.
///
/// A stream is a value that counts what it has given; randomness comes from the caller. The same
/// stream with the same generator gives the same values.
public protocol ValueStream: Sendable {
  /// The standard deviation of the noise around the level, in the values' unit: one σ; 0 for a
  /// stream without noise.
  var deviation: Double { get }

  /// The next value.
  mutating func next(using generator: inout some RandomNumberGenerator) -> StreamElement
}

/// A value with what is true of it.
public struct StreamElement: Hashable, Sendable {
  public var value: Double
  /// The changes that the value is under; empty for a normal one.
  public var changes: [Change]

  /// A value under some changes; default none.
  public init(_ value: Double, changes: [Change] = []) {
    self.value = value
    self.changes = changes
  }
}

extension ValueStream {
  /// The next `count` values. Complexity: linear in `count`.
  public mutating func elements(
    _ count: Int, using generator: inout some RandomNumberGenerator
  ) -> [StreamElement] {
    var elements: [StreamElement] = []
    elements.reserveCapacity(count)
    for _ in 0..<count { elements.append(next(using: &generator)) }
    return elements
  }
}
