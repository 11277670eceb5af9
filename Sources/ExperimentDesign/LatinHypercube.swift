/// Points of the unit cube of which every equal slice, in every direction, holds exactly one
/// (M. McKay, R. Beckman, W. Conover, 1979).
public enum LatinHypercube {
  /// `count` points, each at a random place in its slices.
  ///
  /// - Parameters:
  ///   - candidates: of so many hypercubes the one whose two nearest points lie furthest apart is
  ///     taken (maximin, M. Johnson, L. Moore, D. Ylvisaker, 1990); 1 by default.
  /// - Complexity: O(count · dimensions), with several candidates
  ///   O(candidates · count² · dimensions).
  public static func points<Generator: RandomNumberGenerator>(
    count: Int, dimensions: Int, candidates: Int = 1, using generator: inout Generator
  ) -> [[Double]] {
    precondition(count > 0 && dimensions > 0 && candidates > 0, "a hypercube has points")
    var best = one(count, dimensions, &generator)
    guard candidates > 1, count > 1 else { return best }
    var widest = leastSquaredDistance(best)
    for _ in 1..<candidates {
      let next = one(count, dimensions, &generator)
      let distance = leastSquaredDistance(next)
      if distance > widest { (best, widest) = (next, distance) }
    }
    return best
  }

  /// The squared distance between the two nearest points; infinite for a single point.
  public static func leastSquaredDistance(_ points: [[Double]]) -> Double {
    var least = Double.infinity
    for (number, point) in points.enumerated() {
      for other in points[..<number] {
        var squares = 0.0
        for (a, b) in zip(point, other) { squares += (a - b) * (a - b) }
        least = min(least, squares)
      }
    }
    return least
  }

  private static func one<Generator: RandomNumberGenerator>(
    _ count: Int, _ dimensions: Int, _ generator: inout Generator
  ) -> [[Double]] {
    var points = Array(repeating: Array(repeating: 0.0, count: dimensions), count: count)
    for dimension in 0..<dimensions {
      let slices = (0..<count).shuffled(using: &generator)
      for (point, slice) in slices.enumerated() {
        let place = Double(generator.next() >> 11) * 0x1p-53
        // Rounding may not carry a point into the next slice, or to 1.
        let end = (Double(slice + 1) / Double(count)).nextDown
        points[point][dimension] = min((Double(slice) + place) / Double(count), end)
      }
    }
    return points
  }
}
