public import ClusterState
import KubernetesObjects
import Scenarios
public import SimulationKernel
public import Traces

public typealias ClusterContext = Context<ClusterEvent, TraceRecord>

/// A cluster, its control plane and its cloud: the whole state of a run as one value.
public struct ClusterModel: Model {
  /// What the API server holds.
  public internal(set) var cluster = Cluster()
  var watch = WatchHub()
  var controllerManager: ControllerManager
  var scheduler: SchedulerState
  /// The scheduler's last sight of each node, to tell what an update changed. Looked up, never
  /// walked.
  var schedulerNodes: [String: Node] = [:]
  var kubelets: KubeletFleet
  var autoscaler: AutoscalerState
  /// EC2 and its Auto Scaling groups.
  public internal(set) var world: CloudWorld
  /// Nil leaves machines under load out.
  var loads: NodeLoads?
  var requests = RequestState()
  var endpoints = EndpointTable()
  /// Nil if the scenario has no data tier.
  var pipeline: PipelineWorld?
  var parameters: ClusterParameters
  var streams: ClusterStreams
  var identifiers = IdentifierSource()
  var blueprints = BlueprintCache()
  /// What people do, in the order of time.
  let timeline: [TimelineEntry]
  /// What `-f` finds, by the name as written.
  let files: [String: [ManifestObject]]
  /// Pods that come and go at times of their own.
  let arrivals: ArrivalSchedule
  /// What the API server refused of the manifests and arrivals, in the order of time.
  var refusals: [String] = []
  /// Reused by every write, so that a write allocates nothing for what watchers will see.
  var written: [WatchEvent] = []

  init(
    controllerManager: ControllerManager, scheduler: SchedulerState, kubelets: KubeletFleet,
    world: CloudWorld, parameters: ClusterParameters, streams: ClusterStreams,
    timeline: [TimelineEntry], files: [String: [ManifestObject]],
    arrivals: ArrivalSchedule
  ) {
    self.controllerManager = controllerManager
    self.scheduler = scheduler
    self.kubelets = kubelets
    autoscaler = AutoscalerState(streams.all)
    self.world = world
    self.parameters = parameters
    self.streams = streams
    self.timeline = timeline
    self.files = files
    self.arrivals = arrivals
  }

  public mutating func handle(_ event: ClusterEvent, in context: inout ClusterContext) {
    switch event {
    case .command(let index): runCommand(Int(index), in: &context)
    case .collect(let pod): collect(PodID(raw: pod), in: &context)
    case .deliver(let watcher): deliver(to: watcher, in: &context)
    case .controller(let event): handle(event, in: &context)
    case .kubelet(let event): handle(event, in: &context)
    case .cloud(let event): handle(event, in: &context)
    case .scheduler(let event): handle(event, in: &context)
    case .autoscaler(let event): handle(event, in: &context)
    case .request(let event): handle(event, in: &context)
    case .arrival(let event): handle(event, in: &context)
    case .pipeline(let event): handle(event, in: &context)
    case .sample: sample(in: &context)
    }
    if loads != nil { settleMachines(in: &context) }
  }

  private mutating func deliver(to watcher: Watcher, in context: inout ClusterContext) {
    let news = watch.take(watcher)
    switch watcher {
    case .controllerManager:
      for event in news { observe(event, in: &context) }
    case .kubelets:
      for event in news { observeAsKubelet(event, in: &context) }
    case .scheduler:
      for event in news { observeAsScheduler(event, in: &context) }
      afterSchedulerDelivery(in: &context)
    }
  }
}
