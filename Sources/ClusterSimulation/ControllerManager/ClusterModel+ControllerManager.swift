import ClusterState
import KubernetesObjects
import SimulationKernel
import TimeUnits

// The controller manager's cadence: what wakes a controller, how its workers take keys, and how a
// sync's requests go out, one batch after the other.
extension ClusterModel {
  mutating func handle(_ event: ControllerEvent, in context: inout ClusterContext) {
    switch event {
    case .work(let name):
      if let place = controllerManager.place(of: name) { work(place, in: &context) }
    case .enqueue(let name, let key):
      guard let place = controllerManager.place(of: name) else { return }
      controllerManager.running[place].queue.add(key)
      wake(place, in: &context)
    case .request(let slot, let index): takeEffect(slot, Int(index), in: &context)
    case .tick(let name):
      if let place = controllerManager.place(of: name) { tick(place, in: &context) }
    }
  }

  /// Schedules the first look of every controller that looks of its own accord.
  func startControllers(in context: inout ClusterContext) {
    for running in controllerManager.running where running.controller.periodSeconds != nil {
      context.schedule(.controller(.tick(running.name)), at: context.now, priority: .control)
    }
  }

  /// A change reaches the informers: first the cache, then each controller's handler.
  mutating func observe(_ event: WatchEvent, in context: inout ClusterContext) {
    let change = controllerManager.change(for: event)
    controllerManager.cache.absorb(event)
    guard let change else { return }
    for place in controllerManager.running.indices {
      var keys = KeyRequests()
      controllerManager.running[place].controller.observe(
        change, cache: controllerManager.cache, now: context.now, keys: &keys)
      add(keys, to: place, in: &context)
    }
  }

  private mutating func add(
    _ keys: KeyRequests, to place: Int, in context: inout ClusterContext
  ) {
    let name = controllerManager.running[place].name
    for (key, delay) in keys.later {
      context.schedule(
        .controller(.enqueue(name, key: key)), afterNanoseconds: delay, priority: .control)
    }
    guard !keys.now.isEmpty else { return }
    for key in keys.now { controllerManager.running[place].queue.add(key) }
    wake(place, in: &context)
  }

  // One event for each worker that has something to do: it runs after everything that is delivered
  // in this instant.
  private mutating func wake(_ place: Int, in context: inout ClusterContext) {
    let running = controllerManager.running[place]
    guard running.freeWorkers > 0, !running.queue.isEmpty else { return }
    context.schedule(.controller(.work(running.name)), at: context.now, priority: .control)
  }

  private mutating func work(_ place: Int, in context: inout ClusterContext) {
    guard controllerManager.running[place].freeWorkers > 0,
      let key = controllerManager.running[place].queue.take()
    else { return }
    controllerManager.running[place].freeWorkers -= 1
    let plan = controllerManager.running[place].controller.sync(
      key, cache: controllerManager.cache, now: context.now)
    begin(plan, place, key: key, in: &context)
    wake(place, in: &context)
  }

  private mutating func tick(_ place: Int, in context: inout ClusterContext) {
    var keys = KeyRequests()
    let plan = controllerManager.running[place].controller.tick(
      cache: controllerManager.cache, now: context.now, keys: &keys)
    add(keys, to: place, in: &context)
    begin(plan, place, key: nil, in: &context)
  }

  private mutating func begin(
    _ plan: SyncPlan, _ place: Int, key: UInt32?, in context: inout ClusterContext
  ) {
    let slot = controllerManager.store(
      ControllerManager.InFlightSync(controller: place, key: key, plan: plan))
    sendBatch(slot, in: &context)
  }

  // Sends the next batch that has a request in it; without one the sync is over.
  private mutating func sendBatch(_ slot: UInt32, in context: inout ClusterContext) {
    if controllerManager[slot].refused { skipBatches(slot, in: context) }
    let sync = controllerManager[slot]
    guard sync.batch < sync.plan.batches.count else {
      finish(slot, in: &context)
      return
    }
    let requests = sync.plan.batches[sync.batch].requests
    var sent = 0
    for (index, request) in requests.enumerated() {
      if case .none = request.operation {
        say(request.successEvent, sync.controller, in: &context)
        continue
      }
      let effect = controllerManager.running[sync.controller].client.effectTime(of: context.now)
      context.schedule(
        .controller(.request(slot: slot, index: UInt32(index))), at: effect,
        priority: .environment)
      sent += 1
    }
    controllerManager[slot].outstanding = sent
    if sent == 0 {
      controllerManager[slot].batch += 1
      sendBatch(slot, in: &context)
    }
  }

  private mutating func takeEffect(
    _ slot: UInt32, _ index: Int, in context: inout ClusterContext
  ) {
    let sync = controllerManager[slot]
    let request = sync.plan.batches[sync.batch].requests[index]
    let outcome = perform(request, in: &context)
    switch outcome {
    case .done(let object):
      say(request.successEvent, sync.controller, object: object, in: &context)
    case .refused(let refusal):
      controllerManager[slot].refused = true
      var event = request.failureEvent
      event?.message = request.failureEvent!.message.replacing("%error", with: refusal.message)
      say(event, sync.controller, in: &context)
    case .skipped: break
    }
    controllerManager.running[sync.controller].controller.finished(
      request, key: sync.key ?? .max, outcome: outcome, cache: controllerManager.cache,
      now: context.now)
    controllerManager[slot].outstanding -= 1
    if controllerManager[slot].outstanding == 0 {
      controllerManager[slot].batch += 1
      sendBatch(slot, in: &context)
    }
  }

  private mutating func perform(
    _ request: ControllerRequest, in context: inout ClusterContext
  ) -> RequestOutcome {
    do throws(Refusal) {
      switch request.operation {
      case .mutate(let mutation): return .done(try write(mutation, in: &context))
      case .createPod(let pod): return .done(try create(pod, in: &context))
      case .none: return .done(.other)
      }
    } catch {
      if request.toleratesNotFound, case .notFound = error { return .done(.other) }
      return .refused(error)
    }
  }

  private mutating func finish(_ slot: UInt32, in context: inout ClusterContext) {
    let sync = controllerManager.release(slot)
    let place = sync.controller
    let name = controllerManager.running[place].name
    guard let key = sync.key else {
      guard let period = controllerManager.running[place].controller.periodSeconds else { return }
      context.schedule(.controller(.tick(name)), after: .seconds(period), priority: .control)
      return
    }
    controllerManager.running[place].freeWorkers += 1
    controllerManager.running[place].queue.done(key)
    if sync.refused || sync.plan.retriesWithBackoff {
      let delay = controllerManager.running[place].queue.failureDelayNanoseconds(key)
      context.schedule(
        .controller(.enqueue(name, key: key)), afterNanoseconds: delay, priority: .control)
    } else {
      controllerManager.running[place].queue.forget(key)
    }
    if let delay = sync.plan.requeueAfterNanoseconds {
      context.schedule(
        .controller(.enqueue(name, key: key)), afterNanoseconds: delay, priority: .control)
    }
    wake(place, in: &context)
  }

  // After a refusal, batches that do not go out are told to their controller as skipped.
  private mutating func skipBatches(_ slot: UInt32, in context: ClusterContext) {
    let sync = controllerManager[slot]
    let rest = sync.plan.batches[min(sync.batch, sync.plan.batches.count)...]
    for batch in rest.prefix(while: { !$0.followsRefusal }) {
      controllerManager[slot].batch += 1
      for request in batch.requests {
        controllerManager.running[sync.controller].controller.finished(
          request, key: sync.key ?? .max, outcome: .skipped, cache: controllerManager.cache,
          now: context.now)
      }
    }
  }
}

extension ControllerManager {
  /// The change as handlers see it, with what the cache holds before it; nil for what no
  /// controller's handler looks at.
  func change(for event: WatchEvent) -> ObservedChange? {
    switch event {
    case .pod(let change, let id, let pod): .pod(id, old: cache.pods[id], new: pod, change)
    case .node(let change, let id, let node): .node(id, old: cache.nodes[id], new: node, change)
    case .deployment(let change, let id, let deployment): .deployment(id, deployment, change)
    case .replicaSet(let change, let id, let set):
      .replicaSet(id, old: cache.replicaSets[id], new: set, change)
    case .daemonSet(let change, let id, let set): .daemonSet(id, set, change)
    case .lease, .service, .storage, .namespace: nil
    }
  }
}
