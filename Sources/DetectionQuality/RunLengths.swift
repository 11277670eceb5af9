import AnomalyDetector
import Probability
import SimulationKernel
import Statistics

/// How many normal values pass until the normalized detector alarms, beside theory.
public struct RunLengths: Hashable, Sendable {
  /// Where the level comes from.
  public enum Baseline: String, Hashable, Sendable, CaseIterable {
    /// Mean and deviation are known: the case that theory speaks of.
    case known
    /// They are learned from the first 50 values, before any shift.
    case learned
  }

  /// The run lengths of one shift.
  public struct Row: Hashable, Sendable {
    public var baseline: Baseline
    /// The shift of the mean from the first judged value on, in standard deviations.
    public var shift: Double
    public var draws: Int
    /// The mean number of judged values up to the alarm, with Student's 95 % interval.
    public var mean: Double
    public var low: Double
    public var high: Double
    /// Half of the runs are at most so long.
    public var median: Double
    /// Runs that were cut off without an alarm; the mean counts them at the cut.
    public var cut: Int
    /// The mean by theory; nil for a learned level.
    public var theory: Double?
    /// Whether theory lies in the interval; nil without theory.
    public var agrees: Bool? { theory.map { $0 >= low && $0 <= high } }
  }

  /// The runs of each row, at least two.
  public var draws: Int
  /// In standard deviations.
  public var shifts: [Double]
  public var seed: UInt64
  /// Values after which a run is cut off.
  public static let longest = 100_000
  /// The values that a level is learned from, as many as the published detector waits.
  static let learned = 50
  /// Runs that share a random stream.
  private static let batch = 250

  /// Run lengths over `draws` runs of each shift.
  public init(draws: Int, shifts: [Double], seed: UInt64) {
    precondition(draws > 1, "an interval needs two runs")
    self.draws = draws
    self.shifts = shifts
    self.seed = seed
  }

  private struct Batch: Sendable {
    var row: Int
    var count: Int
    var number: UInt64
  }

  private var cells: [(baseline: Baseline, shift: Double)] {
    Baseline.allCases.flatMap { baseline in shifts.map { (baseline, $0) } }
  }

  private var batches: [Batch] {
    cells.indices.flatMap { row in
      stride(from: 0, to: draws, by: Self.batch).map {
        Batch(row: row, count: min(Self.batch, draws - $0), number: UInt64($0))
      }
    }
  }

  /// How often `compute` says that a part is done.
  public var parts: Int { batches.count }

  /// The rows, known level first, in the order of the shifts.
  public func compute(done: @Sendable () -> Void = {}) -> [Row] {
    let (cells, batches) = (cells, batches)
    let lengths = IndexedRuns.map(batches.count, done: done) { index in
      let batch = batches[index]
      return self.lengths(of: batch, cells[batch.row].baseline, cells[batch.row].shift)
    }
    return cells.indices.map { index in
      row(
        cells[index].baseline, cells[index].shift,
        zip(batches, lengths).filter { $0.0.row == index }.flatMap(\.1))
    }
  }

  private func lengths(of batch: Batch, _ baseline: Baseline, _ shift: Double) -> [Int] {
    var stream = RandomStreams(seed: seed)
      .stream("quality.run-lengths.\(baseline.rawValue).\(shift)", entity: batch.number)
    let law = StandardNormal.law
    return (0..<batch.count).map { _ in
      var detector = NormalizedCUSUM(
        baseline: baseline == .known
          ? .known(mean: 0, deviation: 1) : .firstValues(Self.learned))
      while !detector.isReady { _ = detector.observe(law.sample(using: &stream)) }
      for length in 1..<Self.longest
      where detector.observe(law.sample(using: &stream) + shift).isAnomaly {
        return length
      }
      return Self.longest
    }
  }

  private func row(_ baseline: Baseline, _ shift: Double, _ lengths: [Int]) -> Row {
    let moments = RunningMoments(lengths.lazy.map(Double.init))
    let interval = StudentInterval(of: moments)
    let normalized = NormalizedCUSUM()
    return Row(
      baseline: baseline, shift: shift, draws: lengths.count, mean: moments.mean,
      low: interval?.low ?? moments.mean, high: interval?.high ?? moments.mean,
      median: Double(lengths.sorted()[(lengths.count - 1) / 2]),
      cut: lengths.count { $0 == Self.longest },
      theory: baseline == .known
        ? RunLengthTheory.twoSided(
          slack: normalized.slack, limit: normalized.limit, shift: shift) : nil)
  }
}
