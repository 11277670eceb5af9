import ExperimentDesign
import Testing

/// The sequences of the GNU Scientific Library, as points.
@Suite struct QuasiRandomSequenceTests {
  @Test("Sobol's first points are those SciPy gives", arguments: [0, 3])
  func sobol(skipping: Int) throws {
    // scipy.stats.qmc.Sobol(3, scramble=False).random(8) without the origin, SciPy 1.17.1; its
    // direction numbers (Joe and Kuo) are the library's in the first two dimensions.
    let expected = [
      [0.5, 0.5], [0.75, 0.25], [0.25, 0.75], [0.375, 0.375], [0.875, 0.875], [0.625, 0.125],
      [0.125, 0.625],
    ]
    let points = try QuasiRandomSequence.sobol.points(
      count: 7 - skipping, dimensions: 2, skipping: skipping)
    #expect(points == Array(expected[skipping...]))
  }

  @Test("with the origin, 2^k points lie one in each dyadic slice", arguments: [32, 256])
  func even(count: Int) throws {
    for sequence in QuasiRandomSequence.allCases {
      let points = try sequence.points(count: count - 1, dimensions: 12)
      for dimension in 0..<12 {
        let slices = points.map { Int($0[dimension] * Double(count)) }.filter { $0 > 0 }
        // Sobol's every coordinate has one point in each slice; Niederreiter's far dimensions need
        // more points for it.
        if sequence == .sobol || dimension < 2 {
          #expect(Set(slices).count == count - 1, "\(sequence) \(dimension)")
        }
      }
    }
  }

  @Test("means over the sequence come far closer than by random points")
  func integration() throws {
    // The integral of a product of 5 factors |4x − 2| is 1 (I. Sobol'), with variance (4/3)^5 − 1:
    // 1 024 random points miss it by 0.056 in the mean square.
    for sequence in QuasiRandomSequence.allCases {
      let points = try sequence.points(count: 1_023, dimensions: 5)
      let sum = points.reduce(0) { $0 + $1.reduce(1) { $0 * abs(4 * $1 - 2) } }
      #expect(abs(sum / 1_023 - 1) < 0.056 / 2, "\(sequence): \(sum / 1_023)")
    }
  }

  @Test("a shift moves every point around the cube")
  func shift() throws {
    let plain = try QuasiRandomSequence.sobol.points(count: 5, dimensions: 2)
    let moved = try QuasiRandomSequence.sobol.points(
      count: 5, dimensions: 2, shift: [0.5, 0.25])
    for (a, b) in zip(plain, moved) {
      #expect(b[0] == (a[0] < 0.5 ? a[0] + 0.5 : a[0] - 0.5))
      #expect(b[1] == (a[1] < 0.75 ? a[1] + 0.25 : a[1] - 0.75))
    }
  }

  @Test("more dimensions than a sequence has are refused")
  func limits() {
    #expect(throws: DesignError.tooManyDimensions(41, limit: 40)) {
      try QuasiRandomSequence.sobol.points(count: 1, dimensions: 41)
    }
    #expect(throws: DesignError.tooManyDimensions(13, limit: 12)) {
      try QuasiRandomSequence.niederreiter.points(count: 1, dimensions: 13)
    }
  }
}
