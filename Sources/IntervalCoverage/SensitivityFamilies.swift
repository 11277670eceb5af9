import ExperimentDesign
import Glibc
import Probability
import SimulationKernel
import Statistics

extension CoverageFamily {
  /// The slope of a line, and Sobol indices of a function known by calculus.
  static func sensitivity(_ confidence: Double) -> [CoverageFamily] {
    slopes(confidence) + [64, 512].map { indices($0, confidence) }
  }

  private static func slopes(_ confidence: Double) -> [CoverageFamily] {
    [12].map { count in
      CoverageFamily([
        CoverageSubject(
          "regression coefficient", of: "slope 2, normal errors", sample: "\(count) values"),
        CoverageSubject(
          "regression coefficient", of: "slope 2, errors that grow with the factor",
          sample: "\(count) values", reason: "one spread is taken for all errors"),
      ]) { streams in
        var stream = streams.stream("coverage.sample")
        guard let law = try? Normal(mean: 0, standardDeviation: 1) else { fatalError() }
        let factors = (0..<count).map { [Double($0)] }
        let errors = factors.map { _ in law.sample(using: &stream) }
        return [false, true].map { grows in
          let responses = zip(factors, errors).map { factor, error in
            2 * factor[0] + error * (grows ? factor[0] * factor[0] : 1)
          }
          let fit = LinearRegression(of: responses, on: factors, confidence: confidence)
          return CoverageTrial(fit?.coefficients[0].interval, 2)
        }
      }
    }
  }

  /// The Ishigami function (T. Ishigami, T. Homma, 1990), a = 7, b = 0.1, from random rows.
  private static func indices(_ rows: Int, _ confidence: Double) -> CoverageFamily {
    let reason = "percentiles do not correct the estimator's skew, which fades as rows are added"
    let (first, total) = ishigamiTruth
    return CoverageFamily([
      CoverageSubject(
        "Sobol index, first order", of: "second factor of Ishigami's function",
        sample: "\(rows) random rows", reason: reason),
      CoverageSubject(
        "Sobol index, total", of: "first factor of Ishigami's function",
        sample: "\(rows) random rows", reason: reason),
    ]) { streams in
      var stream = streams.stream("coverage.sample")
      let matrices = (0..<2).map { _ in
        (0..<rows).map { _ in (0..<3).map { _ in stream.openUniform() } }
      }
      let responses = SaltelliDesign.points(matrices[0], matrices[1]).map(ishigami)
      var bootstrap = streams.stream("coverage.bootstrap")
      let indices = SobolIndices(
        of: responses, factors: 3, draws: 200, confidence: confidence, using: &bootstrap)
      guard let indices else { return [.none, .none] }
      return [
        CoverageTrial(low: indices.first[1].low, high: indices.first[1].high, first),
        CoverageTrial(low: indices.total[0].low, high: indices.total[0].high, total),
      ]
    }
  }

  private static func ishigami(_ point: [Double]) -> Double {
    let x = point.map { (2 * $0 - 1) * Double.pi }
    let fourth = x[2] * x[2] * x[2] * x[2]
    return sin(x[0]) * (1 + 0.1 * fourth) + 7 * sin(x[1]) * sin(x[1])
  }

  /// The first index of the second factor and the total index of the first.
  private static var ishigamiTruth: (first: Double, total: Double) {
    let (a, b) = (7.0, 0.1)
    let fourth = Double.pi * Double.pi * Double.pi * Double.pi
    let alone = (1 + b * fourth / 5) * (1 + b * fourth / 5) / 2
    let both = b * b * fourth * fourth * (1 / 18.0 - 1 / 50.0)
    let second = a * a / 8
    let variance = alone + second + both
    return (second / variance, (alone + both) / variance)
  }
}
