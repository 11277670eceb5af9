public import KubernetesObjects

/// A ReplicaSet the Deployment controller wants to exist.
public struct NewReplicaSet: Sendable {
  public var name: String
  public var hash: String
  public var replicas: Int64
  public var minReadySeconds: Int64
  public var annotations: Labels
}

/// A write of the Deployment controller.
public enum DeploymentWrite: Sendable {
  case createReplicaSet(NewReplicaSet)
  /// Replaces size, annotations and `minReadySeconds`.
  case updateReplicaSet(
    name: String, replicas: Int64, annotations: Labels, minReadySeconds: Int64)
  case deleteReplicaSet(name: String)
  /// Status and annotations of the Deployment.
  case updateStatus(DeploymentStatus, annotations: Labels)
}

/// One write of a sync. A sync is a list of these, sent one after another.
public struct DeploymentStep: Sendable {
  /// Which version of the object the write replaces; if the object has moved on since, the API
  /// server answers 409.
  public enum Base: Sendable, Hashable {
    /// The version in the cache when the sync began.
    case cached
    /// The version an earlier write of the same sync returned, or the cached one without any.
    case returned
  }

  public enum OnFailure: Sendable, Hashable {
    /// The sync ends with an error and is retried with back-off.
    case endSync
    /// The further steps marked the same are left out and the sync goes on.
    case abandonScaleDown
  }

  public var write: DeploymentWrite
  public var base: Base
  public var onFailure: OnFailure
  /// Told once the write has succeeded.
  public var event: ReportedEvent?
}

/// What one look at a Deployment leads to.
public struct DeploymentDecision: Sendable {
  /// What the sync was about.
  public enum Reason: Sendable, Hashable {
    case beingDeleted
    case paused
    case resumed
    case replicasChanged
    case createdReplicaSet(String)
    case scaledUpNew(String)
    case scaledDownUnhealthy(String)
    case scaledDownOld(String)
    case waitingForOldPods
    case complete
    case timedOut
  }

  public enum Requeue: Sendable, Hashable {
    case no
    /// Look again after so many nanoseconds, to see whether the progress deadline has passed.
    case after(nanoseconds: Int64)
    /// Look again at once, through the retry limiter.
    case rateLimited
  }

  public var steps: [DeploymentStep] = []
  public var reasons: [Reason] = []
  public var requeue: Requeue = .no
}
