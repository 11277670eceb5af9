import TimeUnits

/// What moves a group's desired capacity by itself (Auto Scaling user guide 2023-06,
/// `as-scale-based-on-demand.md`).
public struct ScalingPolicy: Sendable, Hashable {
  public enum Kind: Sendable, Hashable {
    case targetTracking(TargetTracking)
    case step(StepScaling)
    case simple(SimpleScaling)
  }

  public var name: String
  public var kind: Kind
  /// The default is true.
  public var isEnabled = true

  public init(name: String, kind: Kind) {
    self.name = name
    self.kind = kind
  }
}

/// What a policy looks at; one value a period, over the instances of the group.
public enum ScalingMetric: String, Sendable, Hashable, CaseIterable {
  /// The average of the instances' CPU, in percent.
  case averageCPUUtilization = "ASGAverageCPUUtilization"
  case averageNetworkIn = "ASGAverageNetworkIn"
  case averageNetworkOut = "ASGAverageNetworkOut"
  case requestCountPerTarget = "ALBRequestCountPerTarget"
}

/// `TargetTrackingScaling`: capacity in proportion to a metric.
public struct TargetTracking: Sendable, Hashable {
  public var metric: ScalingMetric
  /// In the metric's unit, such as percent; above 0.
  public var targetValue: Double
  /// The default is false.
  public var disableScaleIn = false
  /// Nil is the group's default.
  public var estimatedInstanceWarmup: Duration?

  public init(metric: ScalingMetric, targetValue: Double) {
    self.metric = metric
    self.targetValue = targetValue
  }
}

/// How a policy's number is meant.
public enum AdjustmentType: String, Sendable, Hashable, CaseIterable {
  case changeInCapacity = "ChangeInCapacity"
  case exactCapacity = "ExactCapacity"
  case percentChangeInCapacity = "PercentChangeInCapacity"
}

/// The CloudWatch alarm that calls a step or simple policy.
public struct ScalingAlarm: Sendable, Hashable {
  public enum Comparison: String, Sendable, Hashable, CaseIterable {
    case greaterThanOrEqual = "GreaterThanOrEqualToThreshold"
    case greaterThan = "GreaterThanThreshold"
    case lessThan = "LessThanThreshold"
    case lessThanOrEqual = "LessThanOrEqualToThreshold"

    /// Whether the alarm is about too much rather than too little.
    public var isAbove: Bool { self == .greaterThan || self == .greaterThanOrEqual }

    public func holds(_ value: Double, _ threshold: Double) -> Bool {
      switch self {
      case .greaterThanOrEqual: value >= threshold
      case .greaterThan: value > threshold
      case .lessThan: value < threshold
      case .lessThanOrEqual: value <= threshold
      }
    }
  }

  public var metric: ScalingMetric
  public var comparison: Comparison
  public var threshold: Double
  /// So many points in a row must breach. The default is 1.
  public var evaluationPeriods = 1

  public init(metric: ScalingMetric, comparison: Comparison, threshold: Double) {
    self.metric = metric
    self.comparison = comparison
    self.threshold = threshold
  }
}

/// `StepScaling`: the further beyond the threshold, the larger the step.
public struct StepScaling: Sendable, Hashable {
  /// One step; bounds are relative to the alarm's threshold, nil is without end.
  public struct Step: Sendable, Hashable {
    public var lowerBound: Double?
    public var upperBound: Double?
    public var scalingAdjustment: Int

    public init(lowerBound: Double? = nil, upperBound: Double? = nil, scalingAdjustment: Int) {
      self.lowerBound = lowerBound
      self.upperBound = upperBound
      self.scalingAdjustment = scalingAdjustment
    }
  }

  public var alarm: ScalingAlarm
  public var adjustmentType: AdjustmentType
  public var steps: [Step]
  /// The least change of `PercentChangeInCapacity`, in instances; nil is none.
  public var minAdjustmentMagnitude: Int?
  /// Nil is the group's default.
  public var estimatedInstanceWarmup: Duration?

  public init(alarm: ScalingAlarm, adjustmentType: AdjustmentType, steps: [Step]) {
    self.alarm = alarm
    self.adjustmentType = adjustmentType
    self.steps = steps
  }
}

/// `SimpleScaling`: one adjustment, then a cooldown.
public struct SimpleScaling: Sendable, Hashable {
  public var alarm: ScalingAlarm
  public var adjustmentType: AdjustmentType
  public var scalingAdjustment: Int
  public var minAdjustmentMagnitude: Int?
  /// Nil is the group's default cooldown.
  public var cooldown: Duration?

  public init(alarm: ScalingAlarm, adjustmentType: AdjustmentType, scalingAdjustment: Int) {
    self.alarm = alarm
    self.adjustmentType = adjustmentType
    self.scalingAdjustment = scalingAdjustment
  }
}
