public import ClusterState
import Kubelet
import KubernetesObjects
import NodeModel
import SimulationKernel
import TimeUnits

/// One machine's kubelet: the node it registered, the pods it works on, the images it has.
struct KubeletAgent: Sendable {
  let nodeName: String
  /// What the node says of itself when it registers.
  let registration: Node
  let allocatable: ResourceVector
  let maxPods: Int64
  /// Nil until registered, and again once the Node object is deleted.
  var node: NodeID?
  var isRunning = false
  var isReady = false
  /// Tells the events of this life of the machine from those of an earlier one.
  var life: UInt32 = 0
  var client: APIClient
  var holdings = PodAdmission.Holdings()
  /// Looked up by id; walked only through `podIDs`.
  var workers: [PodID: PodWorker] = [:]
  /// By image name: when it is, or will be, on the node.
  var images: [String: SimulationTime] = [:]
  /// The node group of its machine.
  let group: String
  /// What its machine does under load; nil if the run leaves that out, or the machine is off.
  var machine: NodeMachine?
  /// Whether there is a machine: asking itself would copy it.
  var hasMachine = false
  var jobs = DaemonJobs()
  /// The event at which something on the machine is due.
  var machineEvent: EventID?
  /// Whether the machine was advanced in the present event.
  var isTouched = false
  /// Pulls under way: when each is done, on the daemons' clock.
  var pulls: [String: Double] = [:]
  /// The workload of each container, by its place on the machine.
  var placeWorkloads: [Int] = []
  var evictionMemory = EvictionMemory()

  init(registration: Node, client: APIClient, group: String) {
    self.group = group
    nodeName = registration.name
    self.registration = registration
    self.client = client
    allocatable = ResourceVector(registration.status.allocatable)
    maxPods = registration.status.allocatable[ResourceName.pods]?.value ?? 110
  }

  /// The course a pod is on, read where it stands; nil for a pod it does not know.
  func course(of pod: PodID) -> UInt32? {
    guard let place = workers.index(forKey: pod) else { return nil }
    return workers.values[place].course
  }

  /// The pods it works on, oldest first.
  var podIDs: [PodID] { workers.keys.sorted() }
}

/// What a kubelet knows of one pod: its own truth, which the API server's copy follows.
struct PodWorker: Sendable {
  let blueprint: Shared<PodBlueprint>
  let name: String
  let namespace: String
  /// The Deployment, or else the owner, or else the pod itself.
  let workload: String
  var status: PodStatus
  var backoffs: [RestartBackoff]
  var behavior: ContainerBehavior?
  /// Whether a status write is on its way.
  var isReporting = false
  var isTerminating = false
  var hasStarted = false
  /// Ended for good: it holds nothing any more.
  var isOver = false
  /// Its cgroup on the machine, and the place of each container that runs; of init containers one
  /// at a time.
  var cgroup: UInt32?
  var places: [UInt32?]
  var initPlace: UInt32?
  /// Why each container was killed, until its end is noticed.
  var killReasons: [String]
  /// The eviction that is being carried out.
  var eviction: String?
  /// Steps scheduled before a change of course carry an older number and are dropped.
  var course: UInt32 = 0

  init(_ pod: Pod, workload: String, behavior: ContainerBehavior?) {
    self.workload = workload
    blueprint = pod.spec
    name = pod.metadata.name
    namespace = pod.metadata.namespace
    status = pod.status
    self.behavior = behavior
    let spec = pod.spec.value.spec
    backoffs = Array(repeating: RestartBackoff(), count: spec.containers.count)
    places = Array(repeating: nil, count: spec.containers.count)
    killReasons = Array(repeating: "", count: spec.containers.count)
    status.containers = spec.containers.map { ContainerStatus(name: $0.name) }
    status.initContainers = spec.initContainers.map { ContainerStatus(name: $0.name) }
  }

  var spec: PodSpec { blueprint.value.spec }
}

/// What happens on a machine that runs a kubelet.
public enum KubeletEvent: BitwiseCopyable, Sendable {
  case register(agent: UInt32, life: UInt32)
  case nodeReady(agent: UInt32, life: UInt32)
  case heartbeat(agent: UInt32, life: UInt32)
  case pod(agent: UInt32, PodID, course: UInt32, PodStep)
  case report(agent: UInt32, PodID)
  /// Something is due on the machine.
  case machine(agent: UInt32, life: UInt32)
  /// The eviction manager begins a pass.
  case evictionPass(agent: UInt32, life: UInt32)
  /// The API server learns that a pod's remains are gone.
  case remove(agent: UInt32, PodID)
}

/// The next thing to happen to a pod on its node.
public enum PodStep: BitwiseCopyable, Sendable {
  case sandboxReady
  case imagePulled(container: UInt16, isInit: Bool)
  case started(container: UInt16, isInit: Bool)
  case ready(container: UInt16)
  case exited(container: UInt16, isInit: Bool)
  case restart(container: UInt16)
  /// The grace period is over, or the containers have ended by themselves.
  case graceOver
  case killed
  case cleanedUp
  /// The kernel's end of a container has come to the kubelet's notice.
  case noticed(container: UInt16)
  /// An evicted pod's containers have ended.
  case evicted
}
