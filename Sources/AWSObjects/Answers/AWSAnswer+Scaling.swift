import Documents

extension AWSAnswer {
  /// One element of `Activities`; its times say how long the service took.
  public struct Activity: Sendable, Hashable {
    public var id: String
    public var groupName: String
    public var description: String
    public var cause: String
    /// RFC 3339, as the service wrote it.
    public var startTime: String
    /// Nil while it goes on.
    public var endTime: String?
    /// `Successful`, `Failed`, `InProgress` and others.
    public var statusCode: String
    public var statusMessage: String?
    public var progress: Int64
  }

  /// One element of `ScalingPolicies`.
  public struct Policy: Sendable, Hashable {
    public enum Kind: String, Sendable, Hashable, CaseIterable {
      case simple = "SimpleScaling"
      case step = "StepScaling"
      case targetTracking = "TargetTrackingScaling"
      case predictive = "PredictiveScaling"
    }

    /// A bound is relative to the alarm's threshold; nil is without end.
    public struct Step: Sendable, Hashable {
      public var lower: Double?
      public var upper: Double?
      public var adjustment: Int64
    }

    public var name: String
    public var groupName: String
    /// The default is `SimpleScaling`.
    public var kind: Kind
    public var isEnabled: Bool
    /// `ChangeInCapacity`, `ExactCapacity` or `PercentChangeInCapacity`; nil for tracking.
    public var adjustmentType: String?
    public var adjustment: Int64?
    public var steps: [Step]
    /// Such as `ASGAverageCPUUtilization`; nil for a metric of one's own.
    public var predefinedMetric: String?
    public var targetValue: Double?
    public var disablesScaleIn: Bool
    public var alarms: [String]
  }

  /// One element of `LifecycleHooks`.
  public struct LifecycleHook: Sendable, Hashable {
    public enum Transition: String, Sendable, Hashable, CaseIterable {
      case launching = "autoscaling:EC2_INSTANCE_LAUNCHING"
      case terminating = "autoscaling:EC2_INSTANCE_TERMINATING"
    }

    public enum DefaultResult: String, Sendable, Hashable, CaseIterable {
      case abandon = "ABANDON"
      case proceed = "CONTINUE"
    }

    public var name: String
    public var groupName: String
    public var transition: Transition
    /// Seconds. The default is 3 600.
    public var heartbeatTimeout: Int64
    /// Seconds, at most 172 800.
    public var globalTimeout: Int64
    /// The default is `ABANDON`.
    public var defaultResult: DefaultResult
  }

  /// What `describe-warm-pool` says.
  public struct WarmPool: Sendable {
    public var configuration: WarmPoolConfiguration?
    public var instances: [GroupInstance]
  }

  /// One element of `ScalableTargets` (Application Auto Scaling).
  public struct ScalableTarget: Sendable, Hashable {
    public var resource: String
    public var dimension: String
    public var minCapacity: Int
    public var maxCapacity: Int
  }
}

extension AWSAnswer.Activity {
  init?(_ cursor: DocumentCursor) {
    guard cursor.expectMapping(), let id = cursor.required("ActivityId")?.string(),
      let group = cursor.required("AutoScalingGroupName")?.string(),
      let start = cursor.required("StartTime")?.string(),
      let status = cursor.required("StatusCode")?.string()
    else { return nil }
    self.init(
      id: id, groupName: group, description: cursor.field("Description")?.string() ?? "",
      cause: cursor.field("Cause")?.string() ?? "", startTime: start,
      endTime: cursor.field("EndTime")?.string(), statusCode: status,
      statusMessage: cursor.field("StatusMessage")?.string(),
      progress: cursor.field("Progress")?.int() ?? 0)
  }
}

extension AWSAnswer.Policy {
  init?(_ cursor: DocumentCursor) {
    guard cursor.expectMapping(), let name = cursor.required("PolicyName")?.string(),
      let group = cursor.required("AutoScalingGroupName")?.string()
    else { return nil }
    let kind = cursor.field("PolicyType")?.word(Kind.self) ?? .simple
    let steps = cursor.field("StepAdjustments")?.elements().compactMap { step -> Step? in
      guard step.expectMapping(), let adjustment = step.required("ScalingAdjustment")?.int() else {
        return nil
      }
      return Step(
        lower: step.field("MetricIntervalLowerBound")?.double(),
        upper: step.field("MetricIntervalUpperBound")?.double(), adjustment: adjustment)
    }
    let tracking = cursor.field("TargetTrackingConfiguration")
    self.init(
      name: name, groupName: group, kind: kind,
      isEnabled: cursor.field("Enabled")?.bool() ?? true,
      adjustmentType: cursor.field("AdjustmentType")?.string(),
      adjustment: cursor.field("ScalingAdjustment")?.int(), steps: steps ?? [],
      predefinedMetric: tracking?.field("PredefinedMetricSpecification")?
        .field("PredefinedMetricType")?.string(),
      targetValue: tracking?.field("TargetValue")?.double(),
      disablesScaleIn: tracking?.field("DisableScaleIn")?.bool() ?? false,
      alarms: cursor.field("Alarms")?.elements().compactMap { $0.field("AlarmName")?.string() }
        ?? [])
  }
}

extension AWSAnswer.LifecycleHook {
  init?(_ cursor: DocumentCursor) {
    guard cursor.expectMapping(), let name = cursor.required("LifecycleHookName")?.string(),
      let group = cursor.required("AutoScalingGroupName")?.string(),
      let transition = cursor.required("LifecycleTransition")?.word(Transition.self)
    else { return nil }
    let heartbeat = cursor.field("HeartbeatTimeout")?.int() ?? 3_600
    // The API: the smaller of 48 hours and 100 heartbeats.
    let limit = min(172_800, 100 * heartbeat)
    self.init(
      name: name, groupName: group, transition: transition, heartbeatTimeout: heartbeat,
      globalTimeout: cursor.field("GlobalTimeout")?.int() ?? limit,
      defaultResult: cursor.field("DefaultResult")?.word(DefaultResult.self) ?? .abandon)
  }
}

extension AWSAnswer.ScalableTarget {
  init?(_ cursor: DocumentCursor) {
    guard cursor.expectMapping(), let resource = cursor.required("ResourceId")?.string(),
      let dimension = cursor.required("ScalableDimension")?.string(),
      let least = cursor.required("MinCapacity")?.answerCount(),
      let most = cursor.required("MaxCapacity")?.answerCount()
    else { return nil }
    self.init(resource: resource, dimension: dimension, minCapacity: least, maxCapacity: most)
  }
}
