import SimulationKernel
import Statistics

/// How a detector did over many series, with intervals.
public struct QualitySummary: Hashable, Sendable {
  /// A figure with the limits of its 95 % interval; these are nil where one series gives none.
  public struct Figure: Hashable, Sendable {
    public var value: Double
    public var low: Double?
    public var high: Double?
  }

  /// How many series were judged.
  public let series: Int
  public let windows: Int
  public let found: Int
  public let trueEpisodes: Int
  public let falseEpisodes: Int
  /// Values where nothing happens and the detector was ready.
  public let quiet: Int
  /// The share of windows that were found: Wilson's interval over windows. Nil without windows.
  public let recall: Figure?
  /// The share of counted episodes that begin in a window; nil without episodes.
  public let precision: Figure?
  /// The precision of alarms at random: the share of values that lie in windows, of those where an
  /// alarm counts. Nil if nothing was judged.
  public let chance: Double?
  /// Values from a change's first to the first alarm in its window, over found windows: the mean of
  /// the series' means, with Student's interval over series. Nil where none can be told.
  public let delay: Figure?
  /// False episodes in 1 000 quiet values; nil without quiet values.
  public let falseAlarms: Figure?
  /// The share of quiet values with an alarm; nil without quiet values.
  public let alarmedShare: Double?

  /// How the series relate to one another.
  public enum Kind: Hashable, Sendable {
    /// Runs of one recipe: Student's interval for false alarms, Wilson's over episodes for the
    /// precision.
    case replications
    /// Different series: both by the bootstrap over series; where that has no width because all
    /// episodes are true or all false, the precision has Wilson's interval over episodes.
    case collection(seed: UInt64)
  }

  /// Sums up the scores of some series.
  public init(_ scores: [DetectionScore], _ kind: Kind) {
    func sum(_ part: (DetectionScore) -> Int) -> Int { scores.reduce(0) { $0 + part($1) } }
    series = scores.count
    windows = sum(\.windows)
    found = sum(\.found)
    trueEpisodes = sum(\.trueEpisodes)
    falseEpisodes = sum(\.falseEpisodes)
    quiet = sum(\.quiet)
    let judged = quiet + sum(\.inWindows)
    chance = judged > 0 ? Double(sum(\.inWindows)) / Double(judged) : nil
    recall = Self.wilson(found, windows)
    alarmedShare = quiet > 0 ? Double(sum(\.quietAlarms)) / Double(quiet) : nil
    delay = Self.student(
      scores.filter { !$0.delays.isEmpty }.map {
        Double($0.delays.reduce(0, +)) / Double($0.delays.count)
      })
    let share = Self.wilson(trueEpisodes, trueEpisodes + falseEpisodes)
    switch kind {
    case .replications:
      precision = share
      falseAlarms = Self.student(
        scores.filter { $0.quiet > 0 }.map { Double($0.falseEpisodes) / Double($0.quiet) * 1_000 })
    case .collection(let seed):
      let streams = RandomStreams(seed: seed)
      let isMixed = trueEpisodes > 0 && falseEpisodes > 0
      precision =
        isMixed
        ? Self.bootstrap(
          scores.map { (Double($0.trueEpisodes), Double($0.trueEpisodes + $0.falseEpisodes)) },
          streams.stream("quality.bootstrap", entity: 0)) ?? share
        : share
      falseAlarms = Self.bootstrap(
        scores.map { (Double($0.falseEpisodes) * 1_000, Double($0.quiet)) },
        streams.stream("quality.bootstrap", entity: 1))
    }
  }

  private static func wilson(_ successes: Int, _ count: Int) -> Figure? {
    ProportionInterval(successes: successes, of: count).map {
      Figure(value: $0.proportion, low: $0.low, high: $0.high)
    }
  }

  private static func student(_ values: [Double]) -> Figure? {
    guard !values.isEmpty else { return nil }
    guard let interval = StudentInterval(of: values) else { return Figure(value: values[0]) }
    // Neither a delay nor a rate is negative.
    return Figure(value: interval.mean, low: max(0, interval.low), high: interval.high)
  }

  private static func bootstrap(
    _ units: [(above: Double, below: Double)], _ stream: RandomStream
  ) -> Figure? {
    var stream = stream
    if let interval = BootstrapInterval(ofRatio: units, using: &stream) {
      return Figure(value: interval.ratio, low: interval.low, high: interval.high)
    }
    // One series alone has a ratio, and no interval.
    let below = units.reduce(0) { $0 + $1.below }
    return below > 0 ? Figure(value: units.reduce(0) { $0 + $1.above } / below) : nil
  }
}
