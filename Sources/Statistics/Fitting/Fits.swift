import CGSL
public import Probability

extension Exponential {
  /// The most likely law of a sample: its mean. Nil if that is not above 0.
  public init?(fitting sample: [Double]) {
    try? self.init(mean: RunningMoments(sample).mean)
  }
}

extension Normal {
  /// The most likely law of a sample: its mean, and its spread with n below. Nil without a spread.
  public init?(fitting sample: [Double]) {
    let moments = RunningMoments(sample)
    guard let variance = moments.variance, variance > 0 else { return nil }
    let count = Double(moments.count)
    try? self.init(
      mean: moments.mean, standardDeviation: (variance * (count - 1) / count).squareRoot())
  }
}

extension LogNormal {
  /// The most likely law of a sample of positive values; nil for any other.
  public init?(fitting sample: [Double]) {
    guard sample.allSatisfy({ $0 > 0 }) else { return nil }
    let moments = RunningMoments(sample.map { log($0) })
    guard let variance = moments.variance, variance > 0 else { return nil }
    let count = Double(moments.count)
    try? self.init(
      median: exp(moments.mean), sigma: (variance * (count - 1) / count).squareRoot())
  }
}

extension Uniform {
  /// The uniform law from 0 of a sample of positive values whose upper end is estimated without
  /// bias: the greatest value and as much again as lies between neighbors. Nil for any other.
  public init?(fittingFromZero sample: [Double]) {
    guard let greatest = sample.max(), greatest > 0, sample.allSatisfy({ $0 >= 0 }) else {
      return nil
    }
    let count = Double(sample.count)
    try? self.init(minimum: 0, maximum: greatest * (count + 1) / count)
  }
}
