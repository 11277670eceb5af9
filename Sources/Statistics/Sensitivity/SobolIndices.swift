/// How much of a response's variance each factor makes, alone and with the others, whatever the
/// form of the response.
///
/// From the responses of Saltelli's design. First order by A. Saltelli et al. (*Computer Physics
/// Communications* 181, 2010, table 2, row b), Σ f(B)(f(AB) − f(A)) / N; in total by M. Jansen
/// (1999), Σ (f(A) − f(AB))² / 2N; both over the variance of f(A) and f(B) together.
public struct SobolIndices: Hashable, Sendable {
  /// A share of the variance with its interval.
  public struct Index: Hashable, Sendable {
    /// An estimate may lie a little below 0 or above 1.
    public let estimate: Double
    public let low: Double
    public let high: Double
  }

  /// The share that each factor makes alone.
  public let first: [Index]
  /// The share that would be left if all factors but this were known: what it makes alone and with
  /// others.
  public let total: [Index]
  /// The confidence of each interval: percentiles of a bootstrap over the rows of the design. The
  /// rows of a quasi-random design are more even than random ones, so it is wider than need be.
  public let confidence: Double

  /// The indices; nil where the response never changes, or for fewer than two rows.
  ///
  /// - Parameters:
  ///   - responses: in the order of the design: N of matrix A, N of matrix B, then for each factor
  ///     N of A with that factor's column from B.
  ///   - factors: their number.
  ///   - draws: of the bootstrap; default 1 000.
  /// - Complexity: O(draws · responses).
  public init?<Generator: RandomNumberGenerator>(
    of responses: [Double], factors: Int, draws: Int = 1_000, confidence: Double = 0.95,
    using generator: inout Generator
  ) {
    precondition(factors > 0 && draws > 1, "there are factors and draws")
    precondition(confidence > 0 && confidence < 1, "a confidence lies between 0 and 1")
    precondition(responses.count % (factors + 2) == 0, "N rows for A, B and each factor")
    let rows = responses.count / (factors + 2)
    guard rows > 1 else { return nil }
    let sample = SaltelliSample(responses, rows: rows, factors: factors)
    guard let estimates = sample.indices(of: Array(0..<rows)) else { return nil }
    var drawn: [[Double]] = Array(repeating: [], count: 2 * factors)
    for _ in 0..<draws {
      let rows = (0..<rows).map { _ in Int.random(in: 0..<rows, using: &generator) }
      guard let again = sample.indices(of: rows) else { continue }
      for (place, value) in again.enumerated() { drawn[place].append(value) }
    }
    let indices = zip(estimates, drawn).map { estimate, draws in
      let interval = ResamplingInterval(
        estimate: estimate, draws: draws.isEmpty ? [estimate] : draws, confidence: confidence)
      return Index(estimate: estimate, low: interval.low, high: interval.high)
    }
    first = Array(indices[..<factors])
    total = Array(indices[factors...])
    self.confidence = confidence
  }
}

/// Responses by row, less the mean of all: the first-order estimator varies less so.
private struct SaltelliSample {
  let factors: Int
  private let a: [Double]
  private let b: [Double]
  private let mixed: [[Double]]

  init(_ responses: [Double], rows: Int, factors: Int) {
    let mean = responses.reduce(0, +) / Double(responses.count)
    func block(_ number: Int) -> [Double] {
      responses[(number * rows)..<((number + 1) * rows)].map { $0 - mean }
    }
    self.factors = factors
    a = block(0)
    b = block(1)
    mixed = (0..<factors).map { block($0 + 2) }
  }

  /// First-order, then total indices of some rows; nil where their response does not vary.
  func indices(of rows: [Int]) -> [Double]? {
    let count = Double(rows.count)
    var (sum, squares) = (0.0, 0.0)
    for row in rows {
      sum += a[row] + b[row]
      squares += a[row] * a[row] + b[row] * b[row]
    }
    let mean = sum / (2 * count)
    let variance = squares / (2 * count) - mean * mean
    guard variance > 0 else { return nil }
    var (first, total) = (
      Array(repeating: 0.0, count: factors), Array(repeating: 0.0, count: factors)
    )
    for factor in 0..<factors {
      for row in rows {
        let step = mixed[factor][row] - a[row]
        first[factor] += b[row] * step
        total[factor] += step * step
      }
    }
    return first.map { $0 / count / variance } + total.map { $0 / (2 * count) / variance }
  }
}
