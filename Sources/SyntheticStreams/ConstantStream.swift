/// One value for ever.
public struct ConstantStream: ValueStream {
  /// In the values' unit.
  public let value: Double

  /// The stream of a finite value.
  public init(value: Double) {
    precondition(value.isFinite, "a value is finite")
    self.value = value
  }

  public var deviation: Double { 0 }

  public mutating func next(using _: inout some RandomNumberGenerator) -> StreamElement {
    StreamElement(value)
  }
}
