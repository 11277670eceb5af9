/// Quantiles of a sample as a number between two observations.
public enum SampleQuantile {
  /// Linear between neighbors: type 7 of R. Hyndman, Y. Fan (1996), as R and NumPy have it.
  ///
  /// - Precondition: at least one value, in ascending order; a probability in 0...1.
  public static func interpolated(ofSorted values: [Double], _ probability: Double) -> Double {
    precondition(!values.isEmpty, "a quantile needs a value")
    precondition(probability >= 0 && probability <= 1, "a probability lies in 0...1")
    let place = probability * Double(values.count - 1)
    let low = min(Int(place), values.count - 1)
    let high = min(low + 1, values.count - 1)
    return values[low] + (values[high] - values[low]) * (place - Double(low))
  }
}
