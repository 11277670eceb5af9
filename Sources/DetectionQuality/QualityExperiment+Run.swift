import SimulationKernel
import Synchronization
import SyntheticStreams

/// What an experiment came to.
public struct QualityResults: Sendable {
  /// A detector on a stream or on a collection.
  public struct Row: Hashable, Sendable {
    public var subject: String
    public var variant: String
    public var summary: QualitySummary
  }

  /// A detector on one labeled series.
  public struct SeriesRow: Hashable, Sendable {
    public var collection: String
    public var series: String
    public var variant: String
    public var score: DetectionScore
  }

  /// By stream, then by variant.
  public internal(set) var streams: [Row] = []
  /// By collection, then by variant.
  public internal(set) var collections: [Row] = []
  /// By collection, series and variant.
  public internal(set) var series: [SeriesRow] = []
  public internal(set) var facts: [DerivedFact] = []
  public internal(set) var runLengths: [RunLengths.Row] = []
}

extension QualityExperiment {
  /// Everything, several parts at once; the same results on any number of threads.
  ///
  /// - Parameter progress: told how many parts of how many are done, by whichever thread did one.
  public func run(
    progress: @escaping @Sendable (Int, Int) -> Void = { _, _ in }
  ) -> QualityResults {
    let facts = factDraws.map { PublishedFacts(draws: $0, seed: seed) }
    let lengths = runLengths.map { RunLengths(draws: $0.draws, shifts: $0.shifts, seed: seed) }
    let all = collections.flatMap(\.series)
    let total =
      streams.count * replications + all.count + (facts?.parts ?? 0) + (lengths?.parts ?? 0)
    let count = Mutex(0)
    let done: @Sendable () -> Void = {
      // Told inside the lock, so that counts come in order.
      count.withLock { count in
        count += 1
        progress(count, total)
      }
    }
    var results = QualityResults()
    results.streams = playStreams(done)
    playSeries(all, done, into: &results)
    results.facts = facts?.compute(done: done) ?? []
    results.runLengths = lengths?.compute(done: done) ?? []
    return results
  }

  private func playStreams(_ done: @Sendable () -> Void) -> [QualityResults.Row] {
    let scores = IndexedRuns.map(streams.count * replications, done: done) { index in
      let recipe = streams[index / replications]
      // A stream depends on its name and the replication: every variant meets the same values, and
      // a stream that is added does not change another.
      var random = RandomStreams(seed: seed).replication(UInt64(index % replications))
        .stream("quality.stream." + recipe.name)
      var stream = recipe.stream()
      let elements = stream.elements(observations, using: &random)
      let truth = GroundTruth(elements, limit: scoring.limit, grace: scoring.grace)
      return score(elements.map(\.value), truth)
    }
    return streams.indices.flatMap { place in
      variants.indices.map { variant in
        let mine = scores[(place * replications)..<((place + 1) * replications)]
        return QualityResults.Row(
          subject: streams[place].name, variant: variants[variant].name,
          summary: QualitySummary(mine.map { $0[variant] }, .replications))
      }
    }
  }

  private func playSeries(
    _ all: [Series], _ done: @Sendable () -> Void, into results: inout QualityResults
  ) {
    let scores = IndexedRuns.map(all.count, done: done) { score(all[$0].values, all[$0].truth) }
    var first = 0
    for collection in collections where !collection.series.isEmpty {
      let mine = scores[first..<(first + collection.series.count)]
      first += collection.series.count
      for (place, variant) in variants.enumerated() {
        results.collections.append(
          QualityResults.Row(
            subject: collection.name, variant: variant.name,
            summary: QualitySummary(mine.map { $0[place] }, .collection(seed: seed))))
      }
      for (series, scores) in zip(collection.series, mine) {
        for (variant, score) in zip(variants, scores) {
          results.series.append(
            QualityResults.SeriesRow(
              collection: collection.name, series: series.name, variant: variant.name,
              score: score))
        }
      }
    }
  }

  private func score(_ values: [Double], _ truth: GroundTruth) -> [DetectionScore] {
    variants.map { DetectionScore($0.judge(values), truth: truth, gap: scoring.gap) }
  }
}
