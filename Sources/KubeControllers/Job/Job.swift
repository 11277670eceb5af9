public import KubernetesObjects
public import TimeUnits

/// A Job of the kind NonIndexed, as far as its controller decides by it. Defaults: batch/v1
/// `SetDefaults_Job`, 1.36.
public struct Job: Sendable {
  /// `Failed` replaces a pod only when it has ended, the other one as soon as it is being deleted.
  public enum PodReplacementPolicy: String, Sendable, Hashable, CaseIterable {
    case terminatingOrFailed = "TerminatingOrFailed"
    case failed = "Failed"
  }

  public var metadata: ObjectMeta
  public var parallelism: Int64 = 1
  /// Nil: any success is enough, and then the others are waited for.
  public var completions: Int64?
  public var backoffLimit: Int64 = 6
  public var activeDeadlineSeconds: Int64?
  public var isSuspended = false
  public var podReplacementPolicy: PodReplacementPolicy = .terminatingOrFailed
  public var failurePolicy: [PodFailureRule] = []
  public var template: Shared<PodTemplate>
  public var status = JobStatus()

  public init(metadata: ObjectMeta, template: Shared<PodTemplate>) {
    self.metadata = metadata
    self.template = template
  }
}

/// A rule of `podFailurePolicy`.
public struct PodFailureRule: Sendable, Hashable {
  public enum Action: String, Sendable, Hashable, CaseIterable {
    case failJob = "FailJob"
    case ignore = "Ignore"
    case count = "Count"
  }

  public enum Requirement: Sendable, Hashable {
    /// `container` nil means any. `isIn` false: the exit code is none of the values.
    case exitCodes(container: String?, values: [Int32], isIn: Bool)
    case condition(PodCondition.Kind, ConditionStatus)
  }

  public var action: Action
  /// Any of these.
  public var requirements: [Requirement]

  public init(action: Action, requirements: [Requirement]) {
    self.action = action
    self.requirements = requirements
  }
}

public struct JobStatus: Sendable, Hashable {
  public var startTime: SimulationTime?
  public var completionTime: SimulationTime?
  public var active: Int64 = 0
  public var ready: Int64 = 0
  public var terminating: Int64 = 0
  public var succeeded: Int64 = 0
  public var failed: Int64 = 0
  public var conditions: [JobCondition] = []

  public init() {}

  public func condition(_ type: JobCondition.Kind) -> JobCondition? {
    conditions.first { $0.type == type && $0.status == .true }
  }

  public var isFinished: Bool { condition(.complete) != nil || condition(.failed) != nil }
}

public struct JobCondition: Sendable, Hashable {
  public enum Kind: String, Sendable, Hashable, CaseIterable {
    case suspended = "Suspended"
    /// The Job will have failed once its pods have ended.
    case failureTarget = "FailureTarget"
    /// The Job will be complete once its pods have ended.
    case successCriteriaMet = "SuccessCriteriaMet"
    case complete = "Complete"
    case failed = "Failed"
  }

  public var type: Kind
  public var status: ConditionStatus
  public var reason: String
  public var message: String

  public init(_ type: Kind, _ status: ConditionStatus = .true, reason: String, message: String) {
    self.type = type
    self.status = status
    self.reason = reason
    self.message = message
  }
}

/// A pod of a Job.
public struct JobPod: Sendable {
  public var pod: Pod
  /// Whether it still holds the finalizer `batch.kubernetes.io/job-tracking`: it is not counted
  /// yet.
  public var isTracked: Bool

  public init(_ pod: Pod, isTracked: Bool) {
    self.pod = pod
    self.isTracked = isTracked
  }
}

/// How often a Job's pods have failed in a row: 10 s after the last failure, doubled each time up
/// to 10 min (pkg/controller/job/backoff_utils.go, 1.36).
public struct JobBackoff: Sendable, Hashable {
  public static let initial: Int64 = 10_000_000_000
  public static let maximum: Int64 = 600_000_000_000

  public private(set) var failures = 0
  public private(set) var lastFailure = SimulationTime.zero

  public init() {}

  mutating func succeed() { failures = 0 }

  mutating func fail(at time: SimulationTime) {
    failures += 1
    lastFailure = time
  }

  /// Nanoseconds until the next pod may be made; 0 if it may now.
  public func remaining(at now: SimulationTime) -> Int64 {
    guard failures > 0 else { return 0 }
    let doubled = failures > 7 ? Self.maximum : Self.initial << Int64(failures - 1)
    let until = lastFailure.advanced(byNanoseconds: min(doubled, Self.maximum))
    return max(0, until.nanoseconds - now.nanoseconds)
  }
}
