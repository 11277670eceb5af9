import Glibc
import KafkaModel
public import Statistics

/// Values over the kept draws: the middle, and the ends of the 90 % interval with what they may be
/// off by chance.
public struct Spread: Hashable, Sendable {
  public var low: QuantileInterval
  public var median: QuantileInterval
  public var high: QuantileInterval

  /// Nil for no values.
  public init?(_ values: [Double]) {
    let sorted = values.sorted()
    guard let low = QuantileInterval(ofSorted: sorted, probability: 0.05),
      let median = QuantileInterval(ofSorted: sorted, probability: 0.5),
      let high = QuantileInterval(ofSorted: sorted, probability: 0.95)
    else { return nil }
    self.low = low
    self.median = median
    self.high = high
  }

  /// Whether a value lies in the 90 % interval.
  public func contains(_ value: Double) -> Bool { (low.value...high.value).contains(value) }
}

/// What the kept draws say together.
public struct CalibrationSummary: Sendable {
  /// One rule at one number of nodes.
  public struct Untuned: Hashable, Sendable {
    public var rule: UntunedRule
    /// Checks a second.
    public var rate: Spread
    /// Tuned by untuned, at the same nodes.
    public var gain: Spread
    /// The share of draws within 20 % of the published rate.
    public var nearShare: Double
  }

  public struct Outlook: Hashable, Sendable {
    public var nodes: Int
    public var tuned: Spread
    /// In the order of `UntunedRule`.
    public var untuned: [Untuned]
  }

  /// One parameter: where it was, where it is, and what it does.
  public struct Parameter: Hashable, Sendable {
    public var parameter: CalibratedParameter
    /// At 5, 50 and 95 %.
    public var prior: [Double]
    public var kept: Spread
    /// Kolmogorov's distance of the kept values from the prior.
    public var moved: Double
    /// Rank correlation with the untuned rate at the most nodes.
    public var correlation: Double?
    /// First-order share of the variance of its logarithm.
    public var share: Double?
  }

  /// Kafka beside the checks.
  public struct Bursts: Hashable, Sendable {
    /// Messages a second that nine brokers of the assumed shape take, without readers and while
    /// the tuned rate is read.
    public var idleLimit: Double
    public var busyLimit: Double
    public var drainFactor: Double
    public var backlog: Double
    public var drainSeconds: Double
  }

  public var outlooks: [Outlook]
  public var parameters: [Parameter]
  /// Seconds of a check at B.
  public var cycleTime: Spread
  public var tunedPods: Spread
  public var tunedThreads: Spread
  public var frozenThreads: Spread
  public var bursts: Bursts

  /// Nil if no draw was kept.
  public init?(_ plan: CalibrationPlan, _ results: CalibrationResults) {
    let kept = results.kept
    guard let cycleTime = Spread(kept.map(\.tuned.cycleTime)),
      let tunedPods = Spread(kept.map { Double($0.tuned.pods) }),
      let tunedThreads = Spread(kept.map { Double($0.tuned.threads) }),
      let frozenThreads = Spread(kept.map { Double($0.frozenThreads) })
    else { return nil }
    self.cycleTime = cycleTime
    self.tunedPods = tunedPods
    self.tunedThreads = tunedThreads
    self.frozenThreads = frozenThreads
    outlooks = plan.nodeCounts.indices.map { Self.outlook(plan, kept, $0) }
    parameters = Self.parameters(plan, kept)
    bursts = Self.bursts(plan)
  }

  private static func outlook(
    _ plan: CalibrationPlan, _ kept: [KeptDraw], _ place: Int
  ) -> Outlook {
    let here = kept.map { $0.outlooks[place] }
    let published = plan.published.untunedRate
    return Outlook(
      nodes: plan.nodeCounts[place], tuned: Spread(here.map(\.tuned.rate))!,
      untuned: UntunedRule.allCases.map { rule in
        let rates = here.map { $0.rate(rule) }
        return Untuned(
          rule: rule, rate: Spread(rates)!, gain: Spread(here.map { $0.gain(rule) })!,
          nearShare: Double(rates.count { abs($0 / published - 1) <= 0.2 }) / Double(rates.count))
      })
  }

  private static func parameters(_ plan: CalibrationPlan, _ kept: [KeptDraw]) -> [Parameter] {
    let last = plan.nodeCounts.indices.max { plan.nodeCounts[$0] < plan.nodeCounts[$1] }!
    let rates = kept.map { log($0.outlooks[last].rate(.proportional)) }
    return CalibratedParameter.allCases.map { parameter in
      let law = plan.prior[parameter]
      let values = kept.map { $0.parameters[keyPath: parameter.path] }
      return Parameter(
        parameter: parameter, prior: [0.05, 0.5, 0.95].map(law.quantile), kept: Spread(values)!,
        moved: law.isConstant ? 0 : distance(values, law),
        correlation: Dependence.rankCorrelation(values, rates),
        share: law.isConstant ? nil : Dependence.firstOrderShare(of: rates, by: values))
    }
  }

  private static func distance(_ values: [Double], _ law: PriorLaw) -> Double {
    let sorted = values.sorted()
    let count = Double(sorted.count)
    return sorted.enumerated().reduce(0) { greatest, entry in
      let weight = law.cdf(entry.element)
      return max(
        greatest, Double(entry.offset + 1) / count - weight,
        weight - Double(entry.offset) / count)
    }
  }

  private static func bursts(_ plan: CalibrationPlan) -> Bursts {
    let published = plan.published
    let (limits, brokers) = (BrokerLimits(), 9)
    let partitions = BrokerLimits.peakPartitions
    func limit(consumed: Double) -> Double {
      limits.capacity(
        of: .published, brokers: brokers, partitions: partitions, replicationFactor: 3,
        consumed: consumed / Double(brokers)
      ).produce * Double(brokers)
    }
    let backlog = PublishedArithmetic.backlog(
      peak: published.peakRate, rate: published.tunedRate, seconds: published.burstSeconds)
    return Bursts(
      idleLimit: limit(consumed: 0), busyLimit: limit(consumed: published.tunedRate),
      drainFactor: PublishedArithmetic.drainFactor(
        peak: published.peakRate, rate: published.tunedRate),
      backlog: backlog, drainSeconds: backlog / published.tunedRate)
  }
}
