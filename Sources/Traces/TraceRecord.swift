public import KubernetesObjects
public import TimeUnits

/// One thing that happened in a run: the closed vocabulary that metrics, stories and the digest
/// read.
///
/// A record speaks of objects by name, so that a stored trace can be read without the run.
public enum TraceRecord: Sendable {
  /// A person's command, before what it sets in motion.
  case command(text: String)
  /// What the command printed, and whether it was accepted.
  case commandOutput(text: String, String, accepted: Bool)
  /// A core/v1 Event; `count` is how often it has been said.
  case event(KubernetesEvent, count: Int)

  case podCreated(PodName, owner: String)
  case podBound(PodName, node: String)
  case podUnschedulable(PodName, message: String)
  case podPhase(PodName, phase: PodStatus.Phase, reason: String)
  case podReady(PodName, Bool)
  case podRestarted(PodName, container: String, reason: String)
  case podDeleting(PodName, graceSeconds: Int64)
  case podGone(PodName)
  /// A container was ended by the kernel.
  case containerEnded(PodName, container: String, reason: String, exitCode: Int64)

  case nodeCreated(name: String, instanceType: String, zone: String)
  case nodeReady(name: String, status: ConditionStatus, reason: String)
  case nodeTaints(name: String, taints: [Taint])
  case nodeCordoned(name: String, Bool)
  case nodeGone(name: String)

  /// How a machine fares.
  case nodeLoad(NodeLoadSample)
  /// What a workload's containers use.
  case workloadUsage(WorkloadSample)
  /// How requests to a workload fared in a span of time.
  case requests(RequestWindow)
  /// What a person who looked at a page got.
  case response(workload: String, milliseconds: Int64, answered: Bool)

  /// How full the nodes are, at a look.
  case allocation(AllocationSample)

  case replicasWanted(kind: String, namespace: String, name: String, Int64)

  case instance(id: String, group: String, instanceType: String, zone: String, state: String)
  case groupCapacity(name: String, min: Int64, desired: Int64, max: Int64)
  case scalingActivity(group: String, description: String, cause: String, status: String)
  /// What the autoscaler says of itself, where it differs from what it said last.
  case autoscaler(AutoscalerSample)
  /// The anomaly pipeline at a scrape.
  case pipeline(PipelineSample)
  /// Something outside the cluster breaks, or heals.
  case fault(what: String, began: Bool)
  /// Money owed so far, in millionths of a dollar, by what it is for.
  case bill(item: String, microdollars: Int64)
}

/// A pod by namespace and name.
public struct PodName: Hashable, Sendable {
  public var namespace: String
  public var name: String

  public init(namespace: String, name: String) {
    self.namespace = namespace
    self.name = name
  }

  public init(_ pod: Pod) {
    self.init(namespace: pod.metadata.namespace, name: pod.metadata.name)
  }
}

/// A record with its place in the run.
public struct TracedRecord: Sendable {
  public var time: SimulationTime
  public var sequence: Int
  public var record: TraceRecord

  public init(time: SimulationTime, sequence: Int, record: TraceRecord) {
    self.time = time
    self.sequence = sequence
    self.record = record
  }
}
