import SimulationKernel
import Statistics
import Testing

private typealias References = EstimatorReferences

/// Which factor matters.
@Suite struct SensitivityTests {
  @Test("the regression is the one statsmodels computes")
  func regression() throws {
    let fit = try #require(LinearRegression(of: References.responses, on: References.factors))
    let all = [fit.intercept] + fit.coefficients
    for (index, coefficient) in all.enumerated() {
      #expect(abs(coefficient.interval.mean - References.coefficients[index]) < 1e-9)
      #expect(abs(coefficient.standardError / References.standardErrors[index] - 1) < 1e-9)
      #expect(abs(coefficient.pValue / References.coefficientP[index] - 1) < 1e-6)
      #expect(abs(coefficient.interval.low - References.coefficientLimits95[index][0]) < 1e-8)
      #expect(abs(coefficient.interval.high - References.coefficientLimits95[index][1]) < 1e-8)
    }
    for (coefficient, expected) in zip(fit.coefficients, References.standardized) {
      #expect(abs(coefficient.standardized - expected) < 1e-9)
    }
    #expect(abs(fit.rSquared - References.fit[0]) < 1e-9)
    #expect(abs(fit.adjustedRSquared - References.fit[1]) < 1e-9)
    #expect(abs(fit.residualDeviation - References.fit[2]) < 1e-9)
  }

  @Test("factors that cannot be told apart, or too few observations, have no regression")
  func impossible() {
    #expect(LinearRegression(of: [1, 2, 4, 3], on: [[1, 2], [2, 4], [3, 6], [5, 10]]) == nil)
    #expect(LinearRegression(of: [1, 2, 4, 3], on: [[7], [7], [7], [7]]) == nil)
    #expect(LinearRegression(of: [1, 2], on: [[1], [2]]) == nil)
    #expect(LinearRegression(of: [5, 5, 5], on: [[1], [2], [4]]) == nil)
  }

  @Test("effects of a factorial share the variance as statsmodels' analysis of variance does")
  func effects() throws {
    let effects = try #require(
      FactorialEffects(of: References.factorial, levels: [2, 3, 2]))
    #expect(effects.terms.map(\.factors) == [[0], [1], [2], [0, 1], [0, 2], [1, 2]])
    for (term, share) in zip(effects.terms, References.factorialShares) {
      #expect(abs(term.share - share) < 1e-9)
      #expect(abs(term.effects.reduce(0, +)) < 1e-9)
    }
    #expect(abs(effects.remainder - References.factorialRemainder) < 1e-9)
    #expect(abs(effects.terms[0].effects[1] - References.highX[0]) < 1e-9)
    #expect(abs(try #require(effects.terms[0].halfWidths)[1] - References.highX[1]) < 1e-9)
  }

  @Test("an interaction is what two factors do together, and nothing else")
  func interaction() throws {
    // y = 2 a + 3 b + 8 a b over a, b in {0, 1}.
    let effects = try #require(FactorialEffects(of: [[0, 3, 2, 13]], levels: [2, 2]))
    #expect(effects.mean == 4.5)
    #expect(effects.terms[0].effects == [-3, 3])
    #expect(effects.terms[1].effects == [-3.5, 3.5])
    #expect(effects.terms[2].effects == [2, -2, -2, 2])
    #expect(effects.terms[2].halfWidths == nil && effects.remainder == 0)
    #expect(FactorialEffects(of: [[1, 1]], levels: [2]) == nil)
  }

  @Test("Sobol indices are those SALib computes of the same responses")
  func indices() throws {
    var stream = RandomStream(key: 1)
    let indices = try #require(
      SobolIndices(of: References.ishigami, factors: 3, using: &stream))
    for factor in 0..<3 {
      #expect(abs(indices.first[factor].estimate - References.salibFirst[factor]) < 1e-9)
      #expect(abs(indices.total[factor].estimate - References.salibTotal[factor]) < 1e-9)
      #expect(indices.total[factor].low < indices.total[factor].high)
    }
    #expect(SobolIndices(of: Array(repeating: 1, count: 8), factors: 2, using: &stream) == nil)
  }
}
