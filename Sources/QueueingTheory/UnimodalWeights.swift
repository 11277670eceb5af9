/// Weights that rise to one greatest and then fall, known only by the ratios of neighbors.
///
/// The weights of a queue's states span hundreds of orders of magnitude. Walking outward from the
/// greatest, which becomes 1, none overflows, and those that underflow do not count; as all are
/// positive and are only added, nothing cancels.
struct UnimodalWeights {
  /// The index of the greatest weight; where the next walk starts from.
  private(set) var mode = 0

  /// Visits the indices around the greatest weight in `0...last` with their weights.
  ///
  /// - Parameters:
  ///   - last: The greatest index; `Int.max` for endless weights that fall geometrically.
  ///   - least: A walk ends at the first weight below this.
  ///   - ratio: The weight of an index from 1 by the weight before it; must not increase.
  ///   - visit: Called with each index and its weight.
  mutating func walk(
    upTo last: Int, least: Double, ratio: (Int) -> Double, visit: (Int, Double) -> Void
  ) {
    mode = min(mode, last)
    while mode < last, ratio(mode + 1) > 1 { mode += 1 }
    while mode > 0, ratio(mode) < 1 { mode -= 1 }
    visit(mode, 1)
    var weight = 1.0
    var index = mode
    while index < last {
      weight *= ratio(index + 1)
      guard weight >= least else { break }
      index += 1
      visit(index, weight)
    }
    weight = 1
    index = mode
    while index > 0 {
      weight /= ratio(index)
      guard weight >= least else { break }
      index -= 1
      visit(index, weight)
    }
  }
}
