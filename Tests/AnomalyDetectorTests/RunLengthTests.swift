import AnomalyDetector
import Foundation
import Probability
import SimulationKernel
import Testing

/// How many values pass until the normalized detector alarms, against the theory of a Markov chain
/// (D. Brook, D. A. Evans, *Biometrika* 59, 1972).
@Suite struct RunLengthTests {
  /// The mean run length of one sum for values with a normal law around `shift`.
  ///
  /// The sum's range up to the limit is cut in cells of equal width, the first one half as wide
  /// around 0; the run lengths from each solve a system of linear equations.
  private func theory(shift: Double, slack: Double = 0.5, limit: Double = 5) -> Double {
    let cells = 201
    let width = 2 * limit / Double(2 * cells - 1)
    func below(_ value: Double) -> Double { erfc((shift - slack - value) / 2.0.squareRoot()) / 2 }
    var rows = (0..<cells).map { from in
      let sum = Double(from) * width
      return (0..<cells).map { to -> Double in
        let top = below((Double(to) + 0.5) * width - sum)
        let probability = to == 0 ? top : top - below((Double(to) - 0.5) * width - sum)
        return (from == to ? 1 : 0) - probability
      } + [1]
    }
    for pivot in 0..<cells {
      for row in pivot + 1..<cells {
        let factor = rows[row][pivot] / rows[pivot][pivot]
        for column in pivot...cells { rows[row][column] -= factor * rows[pivot][column] }
      }
    }
    var lengths = [Double](repeating: 0, count: cells)
    for row in stride(from: cells - 1, through: 0, by: -1) {
      let known = (row + 1..<cells).reduce(0) { $0 + rows[row][$1] * lengths[$1] }
      lengths[row] = (rows[row][cells] - known) / rows[row][row]
    }
    return lengths[0]
  }

  /// Both sums at once: their rates of alarms add up, as one is at zero whenever the other alarms.
  private func twoSided(shift: Double) -> Double {
    1 / (1 / theory(shift: shift) + 1 / theory(shift: -shift))
  }

  private struct Simulated {
    var mean: Double
    var standardError: Double
  }

  /// Runs follow one another: each alarm restarts the sums.
  private func simulate(shift: Double, runs: Int, seed: UInt64) -> Simulated {
    var random = RandomStream(key: seed)
    var detector = NormalizedCUSUM(baseline: .known(mean: 20, deviation: 4))
    var lengths: [Double] = []
    var length = 0.0
    var spare: Double?
    while lengths.count < runs {
      var score: Double
      if let kept = spare {
        (score, spare) = (kept, nil)
      } else {
        // G. Box, M. Muller: two normal numbers of two uniform ones.
        let radius = (-2 * log(random.openUniform())).squareRoot()
        let angle = 2 * Double.pi * random.openUniform()
        (score, spare) = (radius * cos(angle), radius * sin(angle))
      }
      score += shift
      length += 1
      if detector.observe(20 + 4 * score).isAnomaly {
        lengths.append(length)
        length = 0
      }
    }
    let mean = lengths.reduce(0, +) / Double(runs)
    let square = lengths.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    return Simulated(
      mean: mean, standardError: (square / Double(runs - 1) / Double(runs)).squareRoot())
  }

  @Test("a false alarm comes once in 465 values, as theory has it")
  func inControl() {
    let expected = twoSided(shift: 0)
    #expect(abs(expected - 465) < 1, "\(expected)")
    let simulated = simulate(shift: 0, runs: 4_000, seed: 11)
    #expect(
      abs(simulated.mean - expected) < 4 * simulated.standardError, "\(simulated), \(expected)")
    #expect(simulated.standardError < 10)
  }

  @Test("a shift by one deviation is found after 10.4 values, as theory has it")
  func shifted() {
    let expected = twoSided(shift: 1)
    #expect(abs(expected - 10.4) < 0.05, "\(expected)")
    for shift in [1.0, -1] {
      let simulated = simulate(shift: shift, runs: 20_000, seed: 12)
      #expect(
        abs(simulated.mean - expected) < 4 * simulated.standardError, "\(simulated), \(expected)")
      #expect(simulated.standardError < 0.05)
    }
  }
}
