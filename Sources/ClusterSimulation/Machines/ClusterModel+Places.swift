import ClusterState
import KubernetesObjects
import NodeModel
import Scenarios
import ServiceModel
import SimulationKernel
import TimeUnits
import Traces

/// Which container a place on a machine belongs to.
struct ContainerPlace: Sendable {
  var pod: PodID
  var index: Int
  var isInit: Bool

  init(_ pod: PodID, _ index: Int, isInit: Bool) {
    self.pod = pod
    self.index = index
    self.isInit = isInit
  }

  init(_ owner: UInt64) {
    pod = PodID(raw: UInt32(owner >> 32))
    index = Int(owner & 0xFFFF)
    isInit = owner & 0x1_0000 != 0
  }

  var owner: UInt64 { UInt64(pod.raw) << 32 | (isInit ? 0x1_0000 : 0) | UInt64(index) }
}

// Pods and containers come to a machine and leave it.
extension ClusterModel {
  /// The pod's sandbox is there.
  mutating func placePod(_ agent: UInt32, _ pod: PodID, in context: inout ClusterContext) {
    guard touch(agent, at: context.now), kubelets.agents[Int(agent)].workers[pod]!.cgroup == nil
    else { return }
    let worker = kubelets.agents[Int(agent)].workers[pod]!
    var group = PodGroup(worker.spec, release: parameters.release)
    // Requests are held up period by period, by their own queue.
    if worker.spec.containers.contains(where: { isService(loadSpec(of: $0, worker)) }) {
      group.quota = .infinity
    }
    kubelets.agents[Int(agent)].workers[pod]!.cgroup = kubelets.agents[Int(agent)].machine!
      .addPod(group)
  }

  /// A container's process runs.
  mutating func occupy(
    _ agent: UInt32, _ pod: PodID, _ index: Int, _ isInit: Bool, in context: inout ClusterContext
  ) {
    let worker = kubelets.agents[Int(agent)].workers[pod]!
    guard let cgroup = worker.cgroup, touch(agent, at: context.now) else { return }
    let container = isInit ? worker.spec.initContainers[index] : worker.spec.containers[index]
    let spec = isInit ? nil : loadSpec(of: container, worker)
    var load = loads!.load(
      of: container, in: worker.spec, does: spec,
      hostMemory: kubelets.agents[Int(agent)].machine!.hardware.memory,
      release: parameters.release)
    var queue: ServiceQueue?
    var requestMemory = 0.0
    if case .service(let service)? = spec {
      queue = ServiceQueue(
        workers: service.workers, quotaCores: load.quota.isFinite ? load.quota : nil,
        start: context.now)
      load.quota = .infinity
      requestMemory = service.requestMemory
    }
    let owner = ContainerPlace(pod, index, isInit: isInit).owner
    let place = kubelets.agents[Int(agent)].machine!.start(
      load, owner: owner, in: cgroup, queue: queue, requestMemory: requestMemory)
    if isInit {
      kubelets.agents[Int(agent)].workers[pod]!.initPlace = place
    } else {
      kubelets.agents[Int(agent)].workers[pod]!.places[index] = place
      joinPipeline(agent, pod, index, place)
    }
    note(place, of: worker.workload, agent)
    endpoints.version &+= 1
  }

  private mutating func note(_ place: UInt32, of workload: String, _ agent: UInt32) {
    let number = loads!.workloadNumber(workload)
    while kubelets.agents[Int(agent)].placeWorkloads.count <= Int(place) {
      kubelets.agents[Int(agent)].placeWorkloads.append(number)
    }
    kubelets.agents[Int(agent)].placeWorkloads[Int(place)] = number
  }

  private func isService(_ spec: ContainerLoadSpec?) -> Bool {
    if case .service? = spec { true } else { false }
  }

  /// What the scenario says of a container: by its own name, or its workload's.
  private func loadSpec(of container: Container, _ worker: PodWorker) -> ContainerLoadSpec? {
    loads!.specs[container.name] ?? loads!.specs[worker.workload] ?? loads!.specs[worker.name]
  }

  /// A container's process is gone.
  mutating func vacate(
    _ agent: UInt32, _ pod: PodID, _ index: Int, _ isInit: Bool, in context: inout ClusterContext
  ) {
    guard let worker = kubelets.agents[Int(agent)].workers[pod],
      let place = isInit ? worker.initPlace : worker.places[index],
      touch(agent, at: context.now)
    else { return }
    if isInit {
      kubelets.agents[Int(agent)].workers[pod]!.initPlace = nil
    } else {
      kubelets.agents[Int(agent)].workers[pod]!.places[index] = nil
    }
    if !isInit { leavePipeline(agent, place, at: context.now) }
    let number = kubelets.agents[Int(agent)].placeWorkloads[Int(place)]
    loads!.ended[number].add(kubelets.agents[Int(agent)].machine!.usage(of: place))
    let lost = kubelets.agents[Int(agent)].machine!.stop(place)
    for request in lost where request != AutoscalerState.workRequest {
      fail(request, in: &context)
    }
  }

  /// Everything of a pod leaves its machine.
  mutating func leaveMachine(_ agent: UInt32, _ pod: PodID, in context: inout ClusterContext) {
    guard let worker = kubelets.agents[Int(agent)].workers[pod], let cgroup = worker.cgroup,
      touch(agent, at: context.now)
    else { return }
    for index in worker.places.indices { vacate(agent, pod, index, false, in: &context) }
    vacate(agent, pod, 0, true, in: &context)
    kubelets.agents[Int(agent)].machine!.removePod(cgroup)
    kubelets.agents[Int(agent)].workers[pod]!.cgroup = nil
  }
}
