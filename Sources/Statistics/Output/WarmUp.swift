/// How much of the beginning of a run to drop, so that what is left is not marked by the empty
/// start: MSER-5.
///
/// Of all truncations in the first half of the run the one with the smallest
/// MSER(d) = Σ (Yⱼ − Ȳ)² / (k − d)² over the batches j > d that remain, each the mean of 5
/// observations. (K. P. White, *An Effective Truncation Heuristic for Bias Reduction in Simulation
/// Output*, 1997; batches by S. Spratt, as in K. P. White, M. Cobb, S. Spratt, 2000.)
///
/// Where the observations of a run depend on each other over a long time, as waits do, one run may
/// lose its busiest part for its warm-up: take the mean path of several runs.
public struct WarmUp: Hashable, Sendable {
  /// The number of observations to drop at the beginning.
  public let truncation: Int
  /// The number of observations.
  public let count: Int
  /// Whether MSER has no lower value in the second half of the run, its last 5 batches left aside.
  /// If it has, the run is too short to tell its warm-up from the rest, and should be made longer.
  public let isRunLongEnough: Bool

  // With fewer batches left, a few that are alike by chance look like the steadiest end.
  private static let leastBatchesLeft = 5

  /// One truncation for several runs, from their mean path: steadier than one for each, because a
  /// quiet end of a single run no longer looks like its steady state. Nil for fewer than 5 batches.
  ///
  /// - Precondition: at least one run, all equally long.
  /// - Complexity: O(runs · count).
  public init?(meanOf runs: [[Double]], batchSize: Int = 5) {
    precondition(!runs.isEmpty && runs.allSatisfy { $0.count == runs[0].count }, "equal runs")
    var path = Array(repeating: 0.0, count: runs[0].count)
    for run in runs {
      for (place, value) in run.enumerated() { path[place] += value / Double(runs.count) }
    }
    self.init(path, batchSize: batchSize)
  }

  /// The truncation of a run; nil for fewer than 5 batches. Observations at the end that fill no
  /// batch are left aside.
  ///
  /// - Complexity: O(count).
  public init?(_ observations: [Double], batchSize: Int = 5) {
    precondition(batchSize > 0, "a batch holds an observation")
    let batches = observations.count / batchSize
    guard batches >= Self.leastBatchesLeft else { return nil }
    var left = RunningMoments()
    var (first, second) = ((batch: 0, error: Double.infinity), Double.infinity)
    // From the end, so that what remains grows by one batch a step.
    for batch in (0..<batches).reversed() {
      let slice = observations[(batch * batchSize)..<((batch + 1) * batchSize)]
      left.add(slice.reduce(0, +) / Double(batchSize))
      guard left.count >= Self.leastBatchesLeft, let variance = left.variance else { continue }
      let count = Double(left.count)
      let error = variance * (count - 1) / (count * count)
      if 2 * batch > batches {
        second = min(second, error)
      } else if error <= first.error {
        // Of equal ones the earliest: nothing is dropped without need.
        first = (batch, error)
      }
    }
    truncation = first.batch * batchSize
    count = observations.count
    isRunLongEnough = first.error <= second
  }
}
