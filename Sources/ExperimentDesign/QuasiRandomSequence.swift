import CGSL

/// Sequences that fill the unit cube more evenly than random points: the generators of the GNU
/// Scientific Library 2.7.1.
///
/// Any beginning is even, best at a length of a power of two. The same points every time: an error
/// can only be estimated from several sequences, each shifted at random.
public enum QuasiRandomSequence: String, Hashable, Sendable, CaseIterable {
  /// I. Sobol', 1967, by the Gray code of I. Antonov and V. Saleev, 1979; the numbers of P. Bratley
  /// and B. Fox, 1988. At most 40 dimensions.
  case sobol
  /// H. Niederreiter, 1988, in base 2, as P. Bratley, B. Fox and H. Niederreiter, 1992. At most 12
  /// dimensions.
  case niederreiter

  /// The greatest number of dimensions.
  public var greatestDimensions: Int {
    switch self {
    case .sobol: 40
    case .niederreiter: 12
    }
  }

  /// The first `count` points after the origin, which the library leaves out of Sobol's sequence
  /// and this leaves out of Niederreiter's too.
  ///
  /// - Parameters:
  ///   - skipping: how many more to leave out at the beginning; 0 by default.
  ///   - shift: added to every point, modulo 1, coordinate by coordinate (R. Cranley, T. Patterson,
  ///     1976); nothing by default.
  /// - Throws: ``DesignError/tooManyDimensions(_:limit:)``.
  public func points(
    count: Int, dimensions: Int, skipping: Int = 0, shift: [Double] = []
  ) throws(DesignError) -> [[Double]] {
    precondition(count > 0 && dimensions > 0 && skipping >= 0, "a sequence has points")
    precondition(shift.isEmpty || shift.count == dimensions, "one shift for each dimension")
    precondition(shift.allSatisfy { $0 >= 0 && $0 < 1 }, "a shift lies in 0..<1")
    guard dimensions <= greatestDimensions else {
      throw .tooManyDimensions(dimensions, limit: greatestDimensions)
    }
    let kind =
      switch self {
      case .sobol: seatrial_qrng_sobol()
      case .niederreiter: seatrial_qrng_niederreiter()
      }
    guard let generator = gsl_qrng_alloc(kind, UInt32(dimensions)) else {
      fatalError("no memory for a sequence")
    }
    defer { gsl_qrng_free(generator) }
    var point = Array(repeating: 0.0, count: dimensions)
    for _ in 0..<(skipping + (self == .niederreiter ? 1 : 0)) {
      gsl_qrng_get(generator, &point)
    }
    return (0..<count).map { _ in
      gsl_qrng_get(generator, &point)
      guard !shift.isEmpty else { return point }
      return zip(point, shift).map { coordinate, shift in
        let sum = coordinate + shift
        return sum < 1 ? sum : sum - 1
      }
    }
  }
}
