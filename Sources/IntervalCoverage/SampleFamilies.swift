import Probability
import SimulationKernel
import Statistics

/// A law whose parameters are constants of this file.
private func known<Law: Distribution>(_ make: () throws -> Law) -> Law {
  guard let law = try? make() else { fatalError() }
  return law
}

private let skewedLaw = known { try LogNormal(median: 1, sigma: 1) }
private let exponentialLaw = known { try Exponential(mean: 1) }

extension RandomStreams {
  fileprivate func sample(_ count: Int, of law: some Distribution) -> [Double] {
    var stream = stream("coverage.sample")
    return (0..<count).map { _ in law.sample(using: &stream) }
  }
}

extension CoverageFamily {
  /// The mean of a skewed law: Student's interval and both bootstraps.
  static func skewedMeans(_ confidence: Double) -> [CoverageFamily] {
    [5, 20, 100].map { count in
      func subject(_ interval: String, _ reason: String) -> CoverageSubject {
        CoverageSubject(
          interval, of: "mean, log-normal, σ = 1", sample: "\(count) values", reason: reason)
      }
      return CoverageFamily([
        subject("Student t", "skewed: without a rare great value mean and spread are both low"),
        subject("bootstrap, percentile", "draws repeat what was seen: no rare great value"),
        subject("bootstrap, bias-corrected", "the same; the correction itself is estimated"),
      ]) { streams in
        let sample = streams.sample(count, of: skewedLaw)
        var bootstrap = streams.stream("coverage.bootstrap")
        let methods = [ResamplingInterval.Method.percentile, .biasCorrected]
        return [
          CoverageTrial(StudentInterval(of: sample, confidence: confidence), skewedLaw.mean)
        ]
          + methods.map { method in
            let interval = ResamplingInterval(
              of: sample, method: method, draws: 500, confidence: confidence, using: &bootstrap
            ) { $0.reduce(0, +) / Double($0.count) }
            guard let interval else { return .none }
            return CoverageTrial(low: interval.low, high: interval.high, skewedLaw.mean)
          }
      }
    }
  }

  /// Quantiles between order statistics, of independent values and of one run.
  static func quantiles(_ confidence: Double) -> [CoverageFamily] {
    let whole = "ranks are whole: the next narrower pair covers less than promised"
    let cases = [(0.5, 20, whole), (0.95, 100, whole), (0.95, 1_000, ""), (0.99, 200, whole)]
    let independent = cases.map { probability, count, reason in
      CoverageFamily([
        CoverageSubject(
          "quantile, order statistics", of: "quantile \(probability), exponential",
          sample: "\(count) values", reason: reason)
      ]) { streams in
        let sample = streams.sample(count, of: exponentialLaw).sorted()
        return [trial(sample, probability, exponentialLaw.quantile(probability), confidence)]
      }
    }
    // P(W > t) = ρ e^(−(1 − ρ) t) for mean service 1: an exponential quantile at 1 − 0.05 / ρ.
    let truth = exponentialLaw.quantile(1 - 0.05 / QueueRun.arrivalRate) * 5
    let dependent = CoverageFamily([
      CoverageSubject(
        "quantile, order statistics", of: "quantile 0.95 of waits in M/M/1, ρ = 0.8",
        sample: "1 run of 20 000 after 2 000",
        reason: "waits depend on each other: they say less than as many independent ones")
    ]) { streams in
      var run = QueueRun(streams)
      return [trial(run.waits(20_000, after: 2_000).sorted(), 0.95, truth, confidence)]
    }
    return independent + [dependent]
  }

  private static func trial(
    _ sorted: [Double], _ probability: Double, _ truth: Double, _ confidence: Double
  ) -> CoverageTrial {
    let interval = QuantileInterval(
      ofSorted: sorted, probability: probability, confidence: confidence)
    guard let interval else { return .none }
    return CoverageTrial(
      isCovered: interval.contains(truth),
      width: interval.low.flatMap { low in interval.high.map { $0 - low } })
  }

  /// Shares of independent trials.
  static func proportions(_ confidence: Double) -> [CoverageFamily] {
    [(0.01, 50), (0.01, 1_000), (0.5, 20)].map { probability, count in
      func subject(_ interval: String, _ reason: String) -> CoverageSubject {
        CoverageSubject(
          interval, of: "probability \(probability)", sample: "\(count) trials", reason: reason)
      }
      return CoverageFamily([
        subject("proportion, Wilson", "counts are whole: it covers as promised in the mean only"),
        subject("proportion, Clopper–Pearson", "made never to cover less than promised"),
      ]) { streams in
        var stream = streams.stream("coverage.sample")
        let successes = (0..<count).count { _ in stream.openUniform() < probability }
        return [ProportionInterval.Method.wilson, .clopperPearson].map { method in
          let interval = ProportionInterval(
            successes: successes, of: count, confidence: confidence, method: method)
          return interval.map { CoverageTrial(low: $0.low, high: $0.high, probability) } ?? .none
        }
      }
    }
  }

  /// Ratios: of sums over units, and of two skewed means.
  static func ratios(_ confidence: Double) -> [CoverageFamily] {
    [10, 50].map { count in
      let reason = "great ratios are rare: without one the ratio and its spread are both low"
      func subject(_ interval: String) -> CoverageSubject {
        CoverageSubject(
          interval, of: "ratio of sums, exponential rates over exponential lengths",
          sample: "\(count) units", reason: reason)
      }
      return CoverageFamily([
        subject("ratio, bootstrap over units"), subject("ratio by Fieller"),
        subject("ratio by the delta method"),
      ]) { streams in
        let draws = streams.sample(2 * count, of: exponentialLaw)
        let below = Array(draws[..<count])
        // What happens in a unit of length L at a rate of mean 2: the ratio is 2.
        let above = zip(below, draws[count...]).map { 2 * $0 * $1 }
        var bootstrap = streams.stream("coverage.bootstrap")
        let units = zip(above, below).map { (above: $0, below: $1) }
        let interval = BootstrapInterval(
          ofRatio: units, draws: 500, confidence: confidence, using: &bootstrap)
        return [interval.map { CoverageTrial(low: $0.low, high: $0.high, 2) } ?? .none]
          + [RatioOfMeans.Method.fieller, .delta].map { method in
            CoverageTrial(
              RatioOfMeans(pairs: above, below, confidence: confidence, method: method), 2)
          }
      }
    }
  }

  /// Student's interval where its half-width decided the number of observations.
  static func stopping(_ confidence: Double) -> [CoverageFamily] {
    [2, 10, 50].map { minimum in
      CoverageFamily([
        CoverageSubject(
          "Student t, stopped at ±30 %", of: "mean, exponential",
          sample: "at least \(minimum) values",
          reason: "a beginning with little spread stops early, and is then taken at its word")
      ]) { streams in
        let rule = StoppingRule(.relative(0.3), confidence: confidence, minimum: minimum)
        var stream = streams.stream("coverage.sample")
        var moments = RunningMoments()
        while case .more = rule.decide(moments) {
          moments.add(exponentialLaw.sample(using: &stream))
        }
        return [CoverageTrial(StudentInterval(of: moments, confidence: confidence), 1)]
      }
    }
  }
}
