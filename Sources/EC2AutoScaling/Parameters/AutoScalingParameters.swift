public import AWSObjects
import TimeUnits

/// Figures of EC2 Auto Scaling that its documents leave open or mention in passing, each with its
/// source and mark; figures of whole distributions are in `models/aws/launch-latency.yaml`.
public struct AutoScalingParameters: Sendable, Hashable {
  /// How long failed status checks are tolerated. The default is 180 s.
  public var statusCheckTolerance = Sourced<Duration>(
    .seconds(180),
    Provenance(
      .assumed, "Auto Scaling user guide 2023-06, ec2-auto-scaling-health-checks.md: a few minutes")
  )
  /// The part of desired that is replaced at a time for what is merely unhealthy, in percent. The
  /// default is 10.
  public var replacementWavePercent = Sourced(
    10,
    Provenance(.published, "Auto Scaling user guide 2023-06, ec2-auto-scaling-health-checks.md"))
  /// By how much zone rebalancing may exceed max size, in percent, at least one instance. The
  /// default is 10.
  public var rebalanceMarginPercent = Sourced(
    10, Provenance(.published, "Auto Scaling user guide 2023-06, auto-scaling-benefits.md"))
  /// A refused launch until the next zone is tried. The default is 5 s.
  public var nextZonePause = Sourced<Duration>(
    .seconds(5), Provenance(.assumed, "no document says; activities follow each other in seconds"))
  /// All zones have refused until the first is tried again; doubled each time. The default is 60 s.
  public var retryPause = Sourced<Duration>(
    .seconds(60), Provenance(.assumed, "no document says how the group's retries are spaced"))
  /// The longest of these pauses. The default is 300 s.
  public var retryPauseMax = Sourced<Duration>(
    .seconds(300), Provenance(.assumed, "no document says how the group's retries are spaced"))
  /// Failed launches without a success until AWS suspends Launch. The default is 24 h.
  public var administrativeSuspension = Sourced<Duration>(
    .seconds(24 * 3_600),
    Provenance(.published, "Auto Scaling user guide 2023-06, as-suspend-resume-processes.md"))
  /// Points below the target until target tracking scales in. The default is 15.
  public var scaleInDatapoints = Sourced(
    15, Provenance(.assumed, "the AlarmLow that target tracking makes is commonly shown with 15"))
  /// Points above the target until target tracking scales out. The default is 3.
  public var scaleOutDatapoints = Sourced(
    3, Provenance(.assumed, "the AlarmHigh that target tracking makes is commonly shown with 3"))
  /// Target tracking scales in below this part of the target. The default is 0.9.
  public var scaleInFraction = Sourced(
    0.9, Provenance(.assumed, "the AlarmLow that target tracking makes is 10 % below its target"))
  /// Notice until a spot instance is taken. The default is 120 s.
  public var spotInterruptionNotice = Sourced<Duration>(
    .seconds(120),
    Provenance(.published, "EC2 user guide 2023-06, spot-instance-termination-notices"))
  /// What `price-capacity-optimized` takes for as good as the deepest pool, as a part of its depth.
  /// The default is 0.5.
  public var poolDepthTolerance = Sourced(
    0.5, Provenance(.assumed, "no document says how price and capacity are weighed"))

  public init() {}
}
