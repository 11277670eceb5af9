public import TimeUnits

/// A delay as a law, for the sampler to draw from; this target draws nothing.
public indirect enum DelayLaw: Sendable, Hashable {
  case constant(Duration)
  case uniform(from: Duration, to: Duration)
  /// The logarithm is normal with mean `log(median)` and standard deviation `sigma`.
  case lognormal(median: Duration, sigma: Double)
  /// Without memory, about a mean.
  case exponential(mean: Duration)
  /// One of the laws, by weight; weights are positive and need not sum to 1.
  case mixture([Component])

  public struct Component: Sendable, Hashable {
    public var weight: Double
    public var law: DelayLaw

    public init(weight: Double, law: DelayLaw) {
      self.weight = weight
      self.law = law
    }
  }
}

/// How long EC2 and EC2 Auto Scaling take (`models/aws/launch-latency.yaml`).
public struct LaunchLatency: Sendable, Hashable {
  /// A changed desired capacity until the group acts.
  public var reconcileDelay: Sourced<DelayLaw>
  /// The group acts until RunInstances is issued.
  public var runInstancesDelay: Sourced<DelayLaw>
  /// RunInstances until the group calls the instance InService.
  public var launchActivity: Sourced<DelayLaw>
  /// The same for the end of a running instance.
  public var terminateActivity: Sourced<DelayLaw>
  /// The same when the instance had already stopped or gone.
  public var terminateActivityGone: Sourced<DelayLaw>
  /// An instance leaves `running` until the group notices.
  public var healthNotice: Sourced<DelayLaw>
  /// Notice until the replacement's launch.
  public var replacementDelay: Sourced<DelayLaw>
  /// RunInstances until EC2 calls the instance running.
  public var pendingToRunning: Sourced<DelayLaw>
  /// StopInstances until stopped.
  public var stopping: Sourced<DelayLaw>
  public var slowBoot: Sourced<SlowBoot>
  public var bootToReady: [BootToReady]

  /// Some boots take several times as long: a bad host, image or network interface.
  public struct SlowBoot: Sendable, Hashable {
    /// The share of such boots.
    public var probability: Double
    /// The boot takes this many times as long, uniformly between the two.
    public var factorFrom: Double
    public var factorTo: Double
  }

  /// RunInstances until the node is Ready, for one image in one span of dates.
  public struct BootToReady: Sendable, Hashable {
    public var image: String
    public var from: CalendarTime
    /// The first day for which it no longer holds; nil while it does.
    public var until: CalendarTime?
    public var law: Sourced<DelayLaw>
  }

  /// The law for an image at a date; nil if the table has none.
  public func bootToReady(image: String, at date: CalendarTime) -> Sourced<DelayLaw>? {
    bootToReady.first {
      $0.image == image && $0.from <= date && ($0.until.map { date < $0 } ?? true)
    }?.law
  }
}
