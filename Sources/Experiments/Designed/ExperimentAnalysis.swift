public import ExperimentStore
import SimulationKernel
public import Statistics

/// What an experiment's rows say: intervals, differences, effects, claims.
///
/// One response of all points is in memory at a time.
public struct ExperimentAnalysis: Sendable {
  /// A response at a point.
  public struct Cell: Sendable, Hashable {
    /// Of the mean; nil for fewer than two independent observations.
    public var interval: StudentInterval?
    public var mean: Double
    /// Of the runs, between the nearest ones (type 7 of R. Hyndman and Y. Fan, 1996).
    public var p05: Double
    public var p50: Double
    public var p95: Double
  }

  /// A point beside the baseline, under the same luck.
  public struct Comparison: Sendable, Hashable {
    public var point: Int
    /// Point − baseline.
    public var difference: PairedDifference
    /// The chance of such a difference were there none, times as Holm asks for all points of the
    /// response together.
    public var adjusted: Double
  }

  public struct ResponseTable: Sendable {
    /// By point; nil where the point has no run.
    public var cells: [Cell?]
    /// In the order of points, without the baseline.
    public var comparisons: [Comparison] = []
    /// By factor.
    public var effects: [FactorEffect] = []
    /// Of the points' means on the factors, where these are ranges; nil where there are too few
    /// points.
    public var regression: LinearRegression?
    /// Of the points' means, where the design is made for them and every point has a run.
    public var sobol: SobolIndices?
  }

  /// A claim at one point.
  public struct Verdict: Sendable, Hashable {
    /// By its place.
    public var claim: Int
    public var point: Int
    public var holds: Bool
    public var estimate: Double
    /// Nil where there are too few runs to bound it.
    public var low: Double?
    public var high: Double?
  }

  /// Runs of each point.
  public let runs: [Int]
  /// By response.
  public let tables: [ResponseTable]
  /// In the order of claims, then points.
  public let verdicts: [Verdict]

  public init(
    _ experiment: DesignedExperiment, _ store: ExperimentStore
  ) throws(StoreFailure) {
    var runs = Array(repeating: 0, count: experiment.points.count)
    var tables: [ResponseTable] = []
    var verdicts: [Verdict] = []
    for response in experiment.responses.indices {
      var values: [[Double]] = []
      for point in experiment.points.indices {
        values.append(try experiment.values(of: response, point: point, in: store))
      }
      runs = values.map(\.count)
      let units = values.map { experiment.units(from: $0) }
      var table = ResponseTable(cells: zip(values, units).map { Self.cell($0, $1) })
      if let baseline = experiment.baseline {
        table.comparisons = Self.comparisons(units, baseline)
      }
      table.effects = FactorEffect.all(experiment, units)
      table.regression = Self.regression(experiment, table.cells)
      table.sobol = Self.sobol(experiment, table.cells)
      tables.append(table)
      for (place, claim) in experiment.claims.enumerated() where claim.response == response {
        verdicts += claim.points.map { point in
          Self.verdict(claim, place, point, values[point], units, experiment.baseline)
        }
      }
    }
    self.runs = runs
    self.tables = tables
    self.verdicts = verdicts.sorted { ($0.claim, $0.point) < ($1.claim, $1.point) }
  }

  /// Whether every claim holds at every point it is about.
  public var passed: Bool { verdicts.allSatisfy(\.holds) }

  private static func cell(_ values: [Double], _ units: [Double]) -> Cell? {
    guard !values.isEmpty else { return nil }
    let sorted = values.sorted()
    // The half of a pair whose other half is missing does not count twice.
    let counted = units.isEmpty ? values : units
    func quantile(_ probability: Double) -> Double {
      SampleQuantile.interpolated(ofSorted: sorted, probability)
    }
    return Cell(
      interval: StudentInterval(of: units), mean: counted.reduce(0, +) / Double(counted.count),
      p05: quantile(0.05), p50: quantile(0.5), p95: quantile(0.95))
  }

  private static func comparisons(_ units: [[Double]], _ baseline: Int) -> [Comparison] {
    let pairs = units.indices.filter { $0 != baseline }.compactMap { point in
      difference(units[point], units[baseline], 0.95).map { (point, $0) }
    }
    let adjusted = MultipleComparisons.holm(pairs.map(\.1.pValue))
    return zip(pairs, adjusted).map { Comparison(point: $0.0, difference: $0.1, adjusted: $1) }
  }

  /// Of the replications that both have.
  private static func difference(
    _ a: [Double], _ b: [Double], _ confidence: Double
  ) -> PairedDifference? {
    let count = min(a.count, b.count)
    return PairedDifference(
      Array(a.prefix(count)), Array(b.prefix(count)), confidence: confidence)
  }

  private static func regression(
    _ experiment: DesignedExperiment, _ cells: [Cell?]
  ) -> LinearRegression? {
    var (means, factors): ([Double], [[Double]]) = ([], [])
    // The points of Saltelli's design behind its two samples repeat their coordinates.
    let sampled = experiment.sobolRows.map { 2 * $0 } ?? experiment.points.count
    for (point, cell) in zip(experiment.points, cells).prefix(sampled) {
      let numbers = point.numbers.compactMap(\.self)
      guard let cell, numbers.count == point.values.count, !numbers.isEmpty else { return nil }
      means.append(cell.mean)
      factors.append(numbers)
    }
    return LinearRegression(of: means, on: factors)
  }

  private static func sobol(
    _ experiment: DesignedExperiment, _ cells: [Cell?]
  ) -> SobolIndices? {
    let means = cells.compactMap { $0?.mean }
    guard experiment.sobolRows != nil, means.count == cells.count else { return nil }
    var random = RandomStreams(seed: experiment.seed).stream("experiment.indices")
    return SobolIndices(of: means, factors: experiment.factors.count, using: &random)
  }

  private static func verdict(
    _ claim: ResponseClaim, _ place: Int, _ point: Int, _ values: [Double], _ units: [[Double]],
    _ baseline: Int?
  ) -> Verdict {
    var (estimate, low, high) = (Double.nan, Double?.none, Double?.none)
    switch claim.statistic {
    case .mean:
      if !values.isEmpty { estimate = values.reduce(0, +) / Double(values.count) }
      let interval = StudentInterval(of: units[point], confidence: claim.confidence)
      (low, high) = (interval?.low, interval?.high)
    case .quantile(let probability):
      if let interval = QuantileInterval(
        ofSorted: values.sorted(), probability: probability, confidence: claim.confidence)
      {
        (estimate, low, high) = (interval.value, interval.low, interval.high)
      }
    case .differenceFromBaseline:
      let interval = baseline.flatMap {
        difference(units[point], units[$0], claim.confidence)?.interval
      }
      if let interval { (estimate, low, high) = (interval.mean, interval.low, interval.high) }
    }
    // What no interval bounds is not shown.
    let isAbove = claim.atLeast.map { bound in low.map { $0 >= bound } ?? false } ?? true
    let isBelow = claim.atMost.map { bound in high.map { $0 <= bound } ?? false } ?? true
    return Verdict(
      claim: place, point: point, holds: isAbove && isBelow, estimate: estimate, low: low,
      high: high)
  }
}
