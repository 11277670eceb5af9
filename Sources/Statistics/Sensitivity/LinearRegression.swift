import CGSL

/// How a response follows its factors, as far as a straight line tells: least squares with an
/// intercept, by the singular values of the GNU Scientific Library (`gsl_multifit_linear`).
public struct LinearRegression: Hashable, Sendable {
  /// What one factor does.
  public struct Coefficient: Hashable, Sendable {
    /// The change of the response by one unit of the factor, with its interval.
    public let interval: StudentInterval
    public let standardError: Double
    /// The chance of an estimate at least as far from 0 if the factor did nothing; two-sided.
    public let pValue: Double
    /// The change in standard deviations of the response by one standard deviation of the factor:
    /// comparable between factors of any unit. 0 for the intercept.
    public let standardized: Double
  }

  public let intercept: Coefficient
  /// In the order of the factors.
  public let coefficients: [Coefficient]
  /// The share of the response's variance that the line explains, from 0 to 1. Well below 1, the
  /// coefficients do not tell which factor matters.
  public let rSquared: Double
  /// The same, less what any factors would explain by chance.
  public let adjustedRSquared: Double
  /// The standard deviation about the line.
  public let residualDeviation: Double
  /// Observations less coefficients, the intercept included.
  public let degreesOfFreedom: Int

  /// The regression; nil where there are not more observations than coefficients, where a factor
  /// never changes or follows from the others, or where the response never changes.
  ///
  /// - Parameters:
  ///   - factors: for every response the values of the factors.
  /// - Complexity: O(observations · factors²).
  public init?(of responses: [Double], on factors: [[Double]], confidence: Double = 0.95) {
    precondition(responses.count == factors.count, "one row of factors for each response")
    let width = factors.first?.count ?? 0
    precondition(factors.allSatisfy { $0.count == width }, "rows of equal length")
    let count = responses.count
    guard width > 0, count > width + 1, let spread = RunningMoments(responses).variance, spread > 0,
      let fit = LeastSquares(responses, factors)
    else { return nil }
    let degrees = count - width - 1
    let residual = fit.squares / Double(degrees)
    func coefficient(_ index: Int, _ scale: Double) -> Coefficient {
      let estimate = fit.coefficients[index]
      let error = fit.variances[index].squareRoot()
      return Coefficient(
        interval: StudentInterval(
          mean: estimate, standardError: error, degreesOfFreedom: Double(degrees), count: count,
          confidence: confidence),
        standardError: error,
        pValue: error > 0 ? 2 * gsl_cdf_tdist_Q(abs(estimate) / error, Double(degrees)) : 0,
        standardized: estimate * scale)
    }
    intercept = coefficient(0, 0)
    coefficients = (0..<width).map { factor in
      let deviation = RunningMoments(factors.lazy.map { $0[factor] }).standardDeviation ?? 0
      return coefficient(factor + 1, deviation / spread.squareRoot())
    }
    let total = spread * Double(count - 1)
    rSquared = 1 - fit.squares / total
    adjustedRSquared = 1 - residual / spread
    residualDeviation = residual.squareRoot()
    degreesOfFreedom = degrees
  }
}

/// The library's fit, its memory freed.
private struct LeastSquares {
  var coefficients: [Double]
  /// Their variances.
  var variances: [Double]
  /// The sum of squares about the line.
  var squares = 0.0

  init?(_ responses: [Double], _ factors: [[Double]]) {
    let (rows, columns) = (responses.count, factors[0].count + 1)
    let matrix = gsl_matrix_alloc(rows, columns)
    let covariance = gsl_matrix_alloc(columns, columns)
    let observed = gsl_vector_alloc(rows)
    let estimates = gsl_vector_alloc(columns)
    let work = gsl_multifit_linear_alloc(rows, columns)
    defer {
      gsl_matrix_free(matrix)
      gsl_matrix_free(covariance)
      gsl_vector_free(observed)
      gsl_vector_free(estimates)
      gsl_multifit_linear_free(work)
    }
    for row in 0..<rows {
      gsl_vector_set(observed, row, responses[row])
      gsl_matrix_set(matrix, row, 0, 1)
      for column in 1..<columns { gsl_matrix_set(matrix, row, column, factors[row][column - 1]) }
    }
    // Columns whose singular value is so much below the greatest say nothing of their own.
    let tolerance = 1e-12
    var rank = 0
    gsl_multifit_linear_tsvd(
      matrix, observed, tolerance, estimates, covariance, &squares, &rank, work)
    guard rank == columns else { return nil }
    coefficients = (0..<columns).map { gsl_vector_get(estimates, $0) }
    variances = (0..<columns).map { gsl_matrix_get(covariance, $0, $0) }
  }
}
