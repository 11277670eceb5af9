/// The mean number of values until a tabular CUSUM alarms, for independent normal values of known
/// mean and deviation.
///
/// The sum is followed on a grid as a Markov chain, and the mean time to leave it is a system of
/// linear equations (D. Brook, D. A. Evans, 1972). The error falls with the square of the grid, so
/// two grids are extrapolated.
public enum RunLengthTheory {
  /// One side: the upper sum max(0, S + z − `slack`) until it is above `limit`, where z has mean
  /// `shift` and deviation 1.
  ///
  /// - Parameter states: the points of the finer grid; default 240, four digits or more for the
  ///   usual parameters.
  /// - Complexity: O(states³).
  public static func oneSided(
    slack: Double, limit: Double, shift: Double, states: Int = 240
  ) -> Double {
    precondition(limit > 0 && states >= 4, "a sum needs room")
    let fine = chain(slack, limit, shift, states)
    let coarse = chain(slack, limit, shift, states / 2)
    return fine + (fine - coarse) / 3
  }

  /// Both sides with the same slack and limit: their rates add up, as both sums can alarm at once
  /// only where one has just been 0 (K. W. Kemp, 1971).
  public static func twoSided(
    slack: Double, limit: Double, shift: Double, states: Int = 240
  ) -> Double {
    let up = oneSided(slack: slack, limit: limit, shift: shift, states: states)
    let down = oneSided(slack: slack, limit: limit, shift: -shift, states: states)
    return 1 / (1 / up + 1 / down)
  }

  private static func chain(
    _ slack: Double, _ limit: Double, _ shift: Double, _ states: Int
  ) -> Double {
    // State 0 is the sum's floor, with half a cell; state i stands for the cell around i × width.
    let width = 2 * limit / Double(2 * states - 1)
    var rows = (0..<states).map { from in
      (0..<states).map { to in
        let jump = Double(to - from) * width + slack - shift
        let high = normalCDF(jump + width / 2)
        let low = to == 0 ? 0 : normalCDF(jump - width / 2)
        return (from == to ? 1.0 : 0) - (high - low)
      } + [1.0]
    }
    return solve(&rows)[0]
  }

  /// Gaussian elimination with pivots; the last column is the right-hand side.
  private static func solve(_ rows: inout [[Double]]) -> [Double] {
    let count = rows.count
    for column in 0..<count {
      let pivot = (column..<count).max { abs(rows[$0][column]) < abs(rows[$1][column]) }!
      rows.swapAt(column, pivot)
      let head = rows[column]
      for row in (column + 1)..<max(count, column + 1) where rows[row][column] != 0 {
        let factor = rows[row][column] / head[column]
        for place in column...count { rows[row][place] -= factor * head[place] }
      }
    }
    var solution = [Double](repeating: 0, count: count)
    for row in (0..<count).reversed() {
      var value = rows[row][count]
      for place in (row + 1)..<max(count, row + 1) { value -= rows[row][place] * solution[place] }
      solution[row] = value / rows[row][row]
    }
    return solution
  }
}
