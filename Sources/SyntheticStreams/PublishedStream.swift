import Probability

/// The values of one id as Anomalia Machina's load generator makes them: the id itself, and with a
/// small probability a thousand times that.
///
/// The id 0 has only zeros: its anomalies cannot be seen.
///
/// Source: instaclustr/AnomaliaMachina, the producer's data generation.
public struct PublishedStream: ValueStream {
  /// The id, and so every normal value.
  public let id: Int
  /// The probability of an anomaly; default 0.0001, published.
  public let probability: Double
  /// What an anomaly is multiplied by; default 1 000, published.
  public let factor: Double
  private var number = 0

  /// The stream of an id, which is not negative.
  public init(id: Int, probability: Double = 1e-4, factor: Double = 1_000) {
    precondition(id >= 0, "an id is not negative")
    precondition((0...1).contains(probability), "a probability lies in 0...1")
    self.id = id
    self.probability = probability
    self.factor = factor
  }

  public var deviation: Double { 0 }

  public mutating func next(using generator: inout some RandomNumberGenerator) -> StreamElement {
    let uniform = generator.openUniform()
    defer { number += 1 }
    return Self.element(
      id: id, number: number, isAnomaly: uniform < probability, factor: factor)
  }

  static func element(
    id: Int, number: Int, isAnomaly: Bool, factor: Double
  ) -> StreamElement {
    guard isAnomaly else { return StreamElement(Double(id)) }
    return StreamElement(
      Double(id) * factor, changes: [Change(kind: .spike, since: number, size: factor - 1)])
  }
}
