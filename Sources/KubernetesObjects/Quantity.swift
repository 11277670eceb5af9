/// A fixed-point amount with the suffix grammar of the Kubernetes API (`100m`, `1.5Gi`, `2e3`).
public struct Quantity: Sendable, Hashable {
  /// Thousandths, rounded up.
  public let milliValue: Int64
  public let text: String

  public init(milliValue: Int64) {
    self.milliValue = milliValue
    self.text = milliValue % 1000 == 0 ? "\(milliValue / 1000)" : "\(milliValue)m"
  }

  /// The whole amount, rounded up.
  public var value: Int64 { milliValue / 1000 + (milliValue % 1000 > 0 ? 1 : 0) }
}
