public import TimeUnits

/// A Deployment. Defaults: apps/v1 `SetDefaults_Deployment` 1.36.
public struct Deployment: Sendable {
  public enum Strategy: Sendable, Hashable {
    case recreate
    case rollingUpdate(maxSurge: IntOrPercent, maxUnavailable: IntOrPercent)

    public static var `default`: Strategy {
      .rollingUpdate(maxSurge: .percent(25), maxUnavailable: .percent(25))
    }
  }

  public var metadata: ObjectMeta
  public var replicas: Int64 = 1
  public var selector: LabelSelector
  public var template: Shared<PodTemplate>
  public var strategy: Strategy = .default
  public var minReadySeconds: Int64 = 0
  public var revisionHistoryLimit: Int64 = 10
  public var progressDeadlineSeconds: Int64 = 600
  public var paused = false
  public var status = DeploymentStatus()

  public init(metadata: ObjectMeta, selector: LabelSelector, template: Shared<PodTemplate>) {
    self.metadata = metadata
    self.selector = selector
    self.template = template
  }
}

public struct DeploymentStatus: Sendable, Hashable {
  public var observedGeneration: Int64 = 0
  public var replicas: Int64 = 0
  public var updatedReplicas: Int64 = 0
  public var readyReplicas: Int64 = 0
  public var availableReplicas: Int64 = 0
  public var unavailableReplicas: Int64 = 0
  public var terminatingReplicas: Int64 = 0
  public var collisionCount: Int64 = 0
  public var conditions: [WorkloadCondition] = []

  public init() {}

  public func condition(_ type: WorkloadCondition.Kind) -> WorkloadCondition? {
    conditions.first { $0.type == type }
  }
}

/// A condition of a Deployment or ReplicaSet.
public struct WorkloadCondition: Sendable, Hashable {
  public enum Kind: String, Sendable, Hashable, CaseIterable {
    case available = "Available"
    case progressing = "Progressing"
    case replicaFailure = "ReplicaFailure"
  }

  public var type: Kind
  public var status: ConditionStatus
  public var reason: String
  public var message: String
  public var lastTransition: SimulationTime
  public var lastUpdate: SimulationTime

  public init(
    type: Kind, status: ConditionStatus, reason: String, message: String,
    lastTransition: SimulationTime, lastUpdate: SimulationTime
  ) {
    self.type = type
    self.status = status
    self.reason = reason
    self.message = message
    self.lastTransition = lastTransition
    self.lastUpdate = lastUpdate
  }
}
