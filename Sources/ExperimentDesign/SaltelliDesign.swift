/// The points from which Sobol indices are estimated (A. Saltelli et al., 2010): matrices A and B
/// of independent points, and A with one column from B, for each column.
public enum SaltelliDesign {
  /// `base` · (dimensions + 2) points of the unit cube: A, B, then A with B's first column, and so
  /// on. A and B are the halves of Sobol's sequence in twice as many dimensions.
  ///
  /// - Parameters:
  ///   - base: the number of rows of each matrix, best a power of two.
  ///   - shift: as in ``QuasiRandomSequence/points(count:dimensions:skipping:shift:)``, for the
  ///     doubled dimensions.
  /// - Throws: ``DesignError/tooManyDimensions(_:limit:)`` above 20 dimensions.
  public static func points(
    base: Int, dimensions: Int, shift: [Double] = []
  ) throws(DesignError) -> [[Double]] {
    let rows = try QuasiRandomSequence.sobol.points(
      count: base, dimensions: 2 * dimensions, shift: shift)
    return points(
      rows.map { Array($0[..<dimensions]) }, rows.map { Array($0[dimensions...]) })
  }

  /// The same of any two matrices of equal shape.
  public static func points(_ a: [[Double]], _ b: [[Double]]) -> [[Double]] {
    precondition(a.count == b.count, "matrices of equal shape")
    var points = a + b
    for dimension in (a.first ?? []).indices {
      for (row, other) in zip(a, b) {
        var mixed = row
        mixed[dimension] = other[dimension]
        points.append(mixed)
      }
    }
    return points
  }
}
