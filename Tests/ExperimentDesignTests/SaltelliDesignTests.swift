import ExperimentDesign
import Glibc
import SimulationKernel
import Statistics
import Testing

/// The points of Sobol indices.
@Suite struct SaltelliDesignTests {
  @Test("after A and B each block is A with one column of B")
  func blocks() throws {
    let points = try SaltelliDesign.points(base: 4, dimensions: 3)
    #expect(points.count == 4 * 5)
    for factor in 0..<3 {
      for row in 0..<4 {
        for column in 0..<3 {
          let source = column == factor ? 4 + row : row
          #expect(points[(factor + 2) * 4 + row][column] == points[source][column])
        }
      }
    }
    #expect(throws: DesignError.tooManyDimensions(42, limit: 40)) {
      try SaltelliDesign.points(base: 1, dimensions: 21)
    }
  }

  @Test("indices of the Ishigami function come out as by calculus")
  func ishigami() throws {
    // T. Ishigami, T. Homma, 1990: a = 7, b = 0.1.
    let points = try SaltelliDesign.points(base: 4_096, dimensions: 3)
    let responses = points.map { point in
      let x = point.map { (2 * $0 - 1) * Double.pi }
      return sin(x[0]) * (1 + 0.1 * x[2] * x[2] * x[2] * x[2]) + 7 * sin(x[1]) * sin(x[1])
    }
    var stream = RandomStream(key: 1)
    let indices = try #require(
      SobolIndices(of: responses, factors: 3, draws: 50, using: &stream))
    for (index, expected) in zip(indices.first, [0.3139, 0.4424, 0]) {
      #expect(abs(index.estimate - expected) < 0.01)
    }
    for (index, expected) in zip(indices.total, [0.5576, 0.4424, 0.2437]) {
      #expect(abs(index.estimate - expected) < 0.01)
    }
  }
}
