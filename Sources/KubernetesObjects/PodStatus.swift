public import TimeUnits

/// Where a pod is in its life, as the API shows it.
public struct PodStatus: Sendable {
  public enum Phase: String, Sendable, Hashable, CaseIterable {
    case pending = "Pending"
    case running = "Running"
    case succeeded = "Succeeded"
    case failed = "Failed"
    case unknown = "Unknown"

    public var isTerminal: Bool { self == .succeeded || self == .failed }
  }

  public var phase: Phase = .pending
  /// Such as `Evicted`, `OutOfcpu`, `NodeLost`; empty if there is none.
  public var reason = ""
  public var message = ""
  public var conditions: [PodCondition] = []
  public var containers: [ContainerStatus] = []
  public var initContainers: [ContainerStatus] = []
  /// When the kubelet accepted the pod.
  public var startTime: SimulationTime?
  public var nominatedNodeName: String?

  public init() {}

  public func condition(_ type: PodCondition.Kind) -> PodCondition? {
    conditions.first { $0.type == type }
  }

  public var isReady: Bool { condition(.ready)?.status == .true }

  /// When the pod last became ready; nil while it is not.
  public var readySince: SimulationTime? {
    condition(.ready).flatMap { $0.status == .true ? $0.lastTransition : nil }
  }

  /// Sets a condition; the transition time moves only when the status does.
  public mutating func set(
    _ type: PodCondition.Kind, _ status: ConditionStatus, reason: String = "",
    message: String = "", at time: SimulationTime
  ) {
    if let index = conditions.firstIndex(where: { $0.type == type }) {
      if conditions[index].status != status { conditions[index].lastTransition = time }
      conditions[index].status = status
      conditions[index].reason = reason
      conditions[index].message = message
    } else {
      conditions.append(
        PodCondition(
          type: type, status: status, reason: reason, message: message, lastTransition: time))
    }
  }
}

public enum ConditionStatus: String, Sendable, Hashable, CaseIterable {
  case `true` = "True"
  case `false` = "False"
  case unknown = "Unknown"
}

public struct PodCondition: Sendable, Hashable {
  public enum Kind: String, Sendable, Hashable, CaseIterable {
    case scheduled = "PodScheduled"
    case initialized = "Initialized"
    case containersReady = "ContainersReady"
    case ready = "Ready"
    case disruptionTarget = "DisruptionTarget"
  }

  public var type: Kind
  public var status: ConditionStatus
  public var reason: String
  public var message: String
  public var lastTransition: SimulationTime

  public init(
    type: Kind, status: ConditionStatus, reason: String = "", message: String = "",
    lastTransition: SimulationTime
  ) {
    self.type = type
    self.status = status
    self.reason = reason
    self.message = message
    self.lastTransition = lastTransition
  }
}

public struct ContainerStatus: Sendable, Hashable {
  public enum State: Sendable, Hashable {
    case waiting(reason: String)
    case running(since: SimulationTime)
    case terminated(Termination)
  }

  public struct Termination: Sendable, Hashable {
    public var exitCode: Int32
    /// `Completed`, `Error`, `OOMKilled`, `ContainerCannotRun`, …
    public var reason: String
    public var startedAt: SimulationTime
    public var finishedAt: SimulationTime

    public init(
      exitCode: Int32, reason: String, startedAt: SimulationTime, finishedAt: SimulationTime
    ) {
      self.exitCode = exitCode
      self.reason = reason
      self.startedAt = startedAt
      self.finishedAt = finishedAt
    }
  }

  public var name: String
  public var state: State = .waiting(reason: "ContainerCreating")
  public var lastTermination: Termination?
  public var ready = false
  public var restartCount: Int32 = 0

  public init(name: String) { self.name = name }
}
