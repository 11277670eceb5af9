import AWSObjects
import ClusterState
import KubernetesObjects
import NodeModel
import Scenarios
import ServiceModel
import SimulationKernel
import TimeUnits
import Traces

// Requests come, are worked on in a container, and are answered, given up or lost.
extension ClusterModel {
  mutating func handle(_ event: RequestEvent, in context: inout ClusterContext) {
    switch event {
    case .arrive(let load): arrive(Int(load), in: &context)
    case .timeout(let request, let generation):
      guard requests.pending[Int(request)].isPending,
        requests.pending[Int(request)].generation == generation
      else { return }
      let found = requests.pending[Int(request)]
      if touch(found.agent, at: context.now) {
        kubelets.agents[Int(found.agent)].machine!.abandon(request, at: found.place)
      }
      fail(request, in: &context)
    case .window(let load): closeWindow(Int(load), in: &context)
    }
  }

  mutating func startLoads(in context: inout ClusterContext) {
    for (index, load) in requests.loads.enumerated() {
      switch load.spec.source {
      case .open, .trace: scheduleNext(index, in: &context)
      case .closed(let users, let think):
        for _ in 0..<users {
          let delay = requests.loads[index].drawThink(think)
          context.schedule(.request(.arrive(load: UInt16(index))), afterNanoseconds: delay)
        }
      case .person(let every):
        context.schedule(.request(.arrive(load: UInt16(index))), after: every)
      }
      context.schedule(
        .request(.window(load: UInt16(index))), after: load.spec.window, priority: .measurement)
    }
  }

  private mutating func scheduleNext(_ load: Int, in context: inout ClusterContext) {
    guard let next = requests.loads[load].nextArrival(after: context.now) else { return }
    context.schedule(.request(.arrive(load: UInt16(load))), at: next)
  }

  private mutating func arrive(_ index: Int, in context: inout ClusterContext) {
    switch requests.loads[index].spec.source {
    case .open, .trace: scheduleNext(index, in: &context)
    case .closed, .person: break
    }
    // The same numbers are drawn whether or not somebody answers.
    let demand = requests.loads[index].drawDemand()
    let endpoints = endpoints(of: index)
    let choice = requests.loads[index].choose(among: max(1, endpoints.count))
    guard !endpoints.isEmpty else { return refuse(index, in: &context) }
    let endpoint = endpoints[choice]
    guard touch(endpoint.agent, at: context.now),
      kubelets.agents[Int(endpoint.agent)].machine!.owner(of: endpoint.place) == endpoint.owner
    else { return refuse(index, in: &context) }
    let request = requests.add(index, endpoint, at: context.now)
    requests.loads[index].inFlight += 1
    kubelets.agents[Int(endpoint.agent)].machine!.arrive(
      request, cpuSeconds: demand, at: endpoint.place)
    if let timeout = requests.loads[index].spec.timeout {
      requests.pending[Int(request)].timer = context.schedule(
        .request(
          .timeout(
            request: request, generation: requests.pending[Int(request)].generation)),
        after: timeout)
    }
  }

  /// The containers that answer for a load's workload: of Ready pods, in the order of nodes.
  private mutating func endpoints(of load: Int) -> [Endpoint] {
    if let known = endpoints.endpoints(of: load) { return known }
    let workload = requests.loads[load].spec.workload
    var found: [Endpoint] = []
    for (index, agent) in kubelets.agents.enumerated() where agent.hasMachine {
      for pod in agent.podIDs {
        let worker = agent.workers[pod]!
        guard worker.workload == workload, cluster.pods.read(pod, { $0.status.isReady }) == true,
          cluster.podSummaries[Int(pod.raw)].isActive
        else { continue }
        for (container, place) in worker.places.enumerated() {
          guard let place, agent.machine!.serves(at: place) else { continue }
          found.append(
            Endpoint(
              agent: UInt32(index), place: place,
              owner: ContainerPlace(pod, container, isInit: false).owner))
        }
      }
    }
    endpoints.set(found, of: load)
    return found
  }

  // MARK: Ends

  /// A container has answered.
  mutating func answer(_ request: UInt32, in context: inout ClusterContext) {
    let done = requests.finish(request)
    if let timer = done.timer { context.cancel(timer) }
    let latency = context.now - done.started
    requests.loads[done.load].answered += 1
    requests.loads[done.load].latencies.add(latency.nanoseconds)
    goOn(done.load, latency, answered: true, in: &context)
  }

  /// A request that nobody will answer: its container is gone, or its client has given up.
  mutating func fail(_ request: UInt32, in context: inout ClusterContext) {
    let lost = requests.finish(request)
    if let timer = lost.timer { context.cancel(timer) }
    requests.loads[lost.load].failed += 1
    goOn(lost.load, context.now - lost.started, answered: false, in: &context)
  }

  private mutating func refuse(_ load: Int, in context: inout ClusterContext) {
    requests.loads[load].failed += 1
    goOn(load, .zero, answered: false, in: &context)
  }

  private mutating func goOn(
    _ index: Int, _ latency: Duration, answered: Bool, in context: inout ClusterContext
  ) {
    let load = requests.loads[index]
    switch load.spec.source {
    case .open, .trace: return
    case .closed(_, let think):
      // Somebody who is refused waits a second before asking again.
      let delay =
        requests.loads[index].drawThink(think) + (answered ? 0 : 1_000_000_000)
      context.schedule(.request(.arrive(load: UInt16(index))), afterNanoseconds: delay)
    case .person(let every):
      // No answer counts as long as a person would have waited for one.
      let shown = answered ? latency : load.spec.timeout ?? latency
      context.record(
        .response(
          workload: load.spec.workload, milliseconds: shown.nanoseconds / 1_000_000,
          answered: answered))
      let rest = answered ? Duration.zero : max(.zero, shown - latency)
      context.schedule(.request(.arrive(load: UInt16(index))), after: every + rest)
    }
  }

  private mutating func closeWindow(_ index: Int, in context: inout ClusterContext) {
    let load = requests.loads[index]
    context.schedule(
      .request(.window(load: UInt16(index))), after: load.spec.window, priority: .measurement)
    context.record(
      .requests(
        RequestWindow(
          workload: load.spec.workload, seconds: load.spec.window.nanoseconds / 1_000_000_000,
          answered: load.answered, failed: load.failed, inFlight: load.inFlight,
          p50: load.latencies.quantile(0.5) ?? 0, p95: load.latencies.quantile(0.95) ?? 0,
          p99: load.latencies.quantile(0.99) ?? 0)))
    requests.loads[index].answered = 0
    requests.loads[index].failed = 0
    requests.loads[index].latencies.reset()
  }
}

/// All loads of a run and the requests on their way.
struct RequestState: Sendable {
  var loads: [RequestLoad] = []
  var pending: [PendingRequest] = []
  private var free: [UInt32] = []

  mutating func add(_ load: Int, _ endpoint: Endpoint, at now: SimulationTime) -> UInt32 {
    if let place = free.popLast() {
      let generation = pending[Int(place)].generation &+ 1
      pending[Int(place)] = PendingRequest(
        load: load, generation: generation, agent: endpoint.agent, place: endpoint.place,
        started: now, isPending: true)
      return place
    }
    pending.append(
      PendingRequest(
        load: load, generation: 0, agent: endpoint.agent, place: endpoint.place, started: now,
        isPending: true))
    return UInt32(pending.count - 1)
  }

  mutating func finish(_ request: UInt32) -> PendingRequest {
    let found = pending[Int(request)]
    precondition(found.isPending, "a request ends once")
    pending[Int(request)].isPending = false
    free.append(request)
    loads[found.load].inFlight -= 1
    return found
  }
}
