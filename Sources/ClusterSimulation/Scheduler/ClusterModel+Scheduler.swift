import ClusterState
import KubeScheduler
import KubernetesObjects
import SimulationKernel
import TimeUnits
import Traces

// The scheduler's cadence: one pod at a time, decided on its own cache, bound through its client.
extension ClusterModel {
  mutating func handle(_ event: SchedulerEvent, in context: inout ClusterContext) {
    switch event {
    case .cycle:
      scheduler.isAwake = false
      runCycle(in: &context)
    case .alarm:
      scheduler.alarm = nil
      wakeScheduler(in: &context)
    case .bind(let pod, let node): bind(PodID(raw: pod), NodeIndex(node), in: &context)
    }
  }

  private mutating func wakeScheduler(in context: inout ClusterContext) {
    guard !scheduler.isAwake else { return }
    guard let next = scheduler.queue.nextWakeUp(after: context.now) else { return }
    if next <= context.now {
      scheduler.isAwake = true
      context.schedule(.scheduler(.cycle), at: context.now, priority: .control)
      return
    }
    if let alarm = scheduler.alarm { context.cancel(alarm) }
    scheduler.alarm = context.schedule(.scheduler(.alarm), at: next, priority: .control)
  }

  // MARK: Cycle

  private mutating func runCycle(in context: inout ClusterContext) {
    guard let key = scheduler.queue.pop(now: context.now) else {
      wakeScheduler(in: &context)
      return
    }
    guard let pod = cluster.pods[PodID(raw: key)], pod.nodeName == nil,
      !pod.metadata.isTerminating
    else {
      scheduler.queue.done(key)
      wakeScheduler(in: &context)
      return
    }
    let ref = PodRef(key: key, pod)
    // Read while the scheduler, which is beside it in this value, is being changed.
    let cluster = cluster
    let decision = scheduler.decide(ref) { cluster.currentBudgets(at: context.now) }
    let service = parameters.schedulingNanoseconds(
      nodesExamined: max(decision.feasible.count, decision.failures.count))
    if let node = pick(decision.best) {
      if !ref.spec.value.spec.volumes.isEmpty { bindVolumes(of: ref, on: node, in: &context) }
      scheduler.snapshot.addPod(ref, to: node)
      let effect = scheduler.client.effectTime(
        of: context.now.advanced(byNanoseconds: service))
      context.schedule(.scheduler(.bind(pod: key, node: Int32(node))), at: effect)
    } else {
      fail(ref, pod, decision, in: &context)
    }
    scheduler.isAwake = true
    context.schedule(.scheduler(.cycle), afterNanoseconds: service, priority: .control)
  }

  // One uniform number a cycle, whether there is a tie or not, keeps policies in step.
  private mutating func pick(_ best: [NodeIndex]) -> NodeIndex? {
    let bits = scheduler.ties.next()
    guard !best.isEmpty else { return nil }
    return best[Int(bits.multipliedFullWidth(by: UInt64(best.count)).high)]
  }

  private mutating func fail(
    _ ref: PodRef, _ pod: Pod, _ decision: SchedulingDecision, in context: inout ClusterContext
  ) {
    let message = decision.diagnosis?.fullMessage ?? ""
    let hints = scheduler.hints
    scheduler.queue.requeueUnschedulable(
      ref.key, rejectedBy: decision.diagnosis?.rejectedBy ?? [], now: context.now
    ) { hints.helps($0, ref, rejectedBy: $1) }
    if let preemption = decision.diagnosis?.preemption {
      preempt(for: ref, pod, preemption, in: &context)
    }
    sayAsScheduler(pod, .warning, "FailedScheduling", message, in: &context)
    let old = pod.status.condition(.scheduled)
    guard old?.status != .false || old?.message != message else { return }
    _ = scheduler.client.effectTime(of: context.now)
    let condition = PodCondition(
      type: .scheduled, status: .false, reason: "Unschedulable", message: message,
      lastTransition: context.now)
    _ = try? write(.setPodConditions(PodID(raw: ref.key), [condition]), in: &context)
  }

  private mutating func preempt(
    for ref: PodRef, _ pod: Pod, _ preemption: PreemptionDecision,
    in context: inout ClusterContext
  ) {
    guard let candidate = scheduler.pick(preemption) else { return }
    let node = scheduler.snapshot.nodeName(candidate.node)
    scheduler.snapshot.nominate(ref, on: candidate.node)
    _ = try? write(.nominate(PodID(raw: ref.key), nodeName: node), in: &context)
    for victim in candidate.victims {
      let id = PodID(raw: victim)
      guard let object = cluster.pods[id], !object.metadata.isTerminating else { continue }
      let target = PodCondition(
        type: .disruptionTarget, status: .true, reason: "PreemptionByScheduler",
        message: "\(pod.spec.value.spec.schedulerName): preempting to accommodate a higher "
          + "priority pod",
        lastTransition: context.now)
      _ = try? write(.setPodConditions(id, [target]), in: &context)
      sayAsScheduler(
        object, .normal, "Preempted", "Preempted by pod \(pod.metadata.uid) on node \(node)",
        in: &context)
      _ = try? write(.deletePod(id, graceSeconds: nil), in: &context)
    }
  }

  // MARK: Binding

  private mutating func bind(_ id: PodID, _ node: NodeIndex, in context: inout ClusterContext) {
    let name = scheduler.snapshot.nodeName(node)
    do throws(Refusal) {
      try write(.bindPod(id, nodeName: name), in: &context)
      scheduler.queue.done(id.raw)
      if let pod = cluster.pods[id] {
        sayAsScheduler(
          pod, .normal, "Scheduled",
          "Successfully assigned \(pod.metadata.namespace)/\(pod.metadata.name) to \(name)",
          in: &context)
      }
    } catch {
      // The pod went while it was being bound: what was assumed is taken back.
      scheduler.snapshot.removePod(id.raw)
      if cluster.pods.contains(id), cluster.pods[id]?.nodeName == nil {
        scheduler.queue.requeueAfterError(id.raw, now: context.now)
      } else {
        scheduler.queue.done(id.raw)
      }
      wakeScheduler(in: &context)
    }
  }

  private func sayAsScheduler(
    _ pod: Pod, _ type: KubernetesEvent.Kind, _ reason: String, _ message: String,
    in context: inout ClusterContext
  ) {
    guard context.isRecording else { return }
    context.record(
      .event(
        KubernetesEvent(
          type: type, reason: reason, message: message, kind: "Pod",
          namespace: pod.metadata.namespace, name: pod.metadata.name,
          source: pod.spec.value.spec.schedulerName), count: 1))
  }

  // MARK: Watch

  /// News reaches the scheduler's informers.
  mutating func observeAsScheduler(_ event: WatchEvent, in context: inout ClusterContext) {
    switch event {
    case .pod(let change, let id, let pod): observe(pod, id, change, in: context)
    case .node(let change, _, let node): observe(node, change, in: context)
    case .service(let change, _, let service):
      let metadata = service.metadata
      if change == .deleted {
        scheduler.snapshot.removeService(namespace: metadata.namespace, name: metadata.name)
      } else {
        scheduler.snapshot.setService(
          namespace: metadata.namespace, name: metadata.name, selector: service.selector)
      }
    case .replicaSet(let change, _, let set):
      scheduler.snapshot.setSelector(
        change == .deleted ? nil : set.selector, of: .replicaSet,
        namespace: set.metadata.namespace, name: set.metadata.name)
    case .storage(let object): observe(object, in: context)
    case .namespace(let namespace):
      scheduler.hints.namespaceLabels[namespace.metadata.name] = namespace.metadata.labels
      scheduler.snapshot.setNamespace(
        namespace.metadata.name, labels: namespace.metadata.labels)
    case .lease, .deployment, .daemonSet: break
    }
  }

  /// After a delivery: anything that moved on gets its turn.
  mutating func afterSchedulerDelivery(in context: inout ClusterContext) {
    wakeScheduler(in: &context)
  }

  private mutating func observe(
    _ pod: Pod, _ id: PodID, _ change: WatchChange, in context: ClusterContext
  ) {
    let key = id.raw
    let isGone = change == .deleted || pod.status.phase.isTerminal
    while scheduler.known.count <= Int(key) { scheduler.known.append(0) }
    guard let node = pod.nodeName else {
      if isGone {
        scheduler.queue.delete(key)
        if scheduler.snapshot.node(ofPod: key) != nil { scheduler.snapshot.removePod(key) }
        scheduler.snapshot.removeNomination(of: key)
      } else if change == .added, scheduler.serves(pod.spec.value.spec.schedulerName) {
        scheduler.queue.add(
          key, priority: pod.spec.value.priority,
          gated: !pod.spec.value.spec.schedulingGates.isEmpty, now: context.now)
      } else if scheduler.queue.place(of: key) == .gated,
        pod.spec.value.spec.schedulingGates.isEmpty
      {
        scheduler.queue.ungate(key, now: context.now)
      }
      return
    }
    if isGone {
      guard scheduler.snapshot.node(ofPod: key) != nil else { return }
      scheduler.snapshot.removePod(key)
      move(on: .assignedPodRemoved(PodRef(key: key, pod)), in: context)
      return
    }
    let bits: UInt8 =
      (pod.metadata.isTerminating ? 1 : 0) | (pod.status.startTime == nil ? 0 : 2)
      | (pod.isTerminatingByPreemption ? 4 : 0)
    if scheduler.snapshot.node(ofPod: key) == nil {
      scheduler.queue.delete(key)
      scheduler.snapshot.addPod(PodRef(key: key, pod), to: node)
      move(on: .assignedPodAdded(PodRef(key: key, pod)), in: context)
    } else if bits != scheduler.known[Int(key)] {
      scheduler.snapshot.updatePod(PodRef(key: key, pod))
    }
    scheduler.known[Int(key)] = bits
  }

  private mutating func observe(_ node: Node, _ change: WatchChange, in context: ClusterContext) {
    switch change {
    case .added:
      scheduler.snapshot.setNode(node)
      schedulerNodes[node.name] = node
      move(on: .nodeAdded(node), in: context)
    case .modified:
      let old = schedulerNodes.updateValue(node, forKey: node.name)
      scheduler.snapshot.setNode(node)
      if let old { move(on: .nodeUpdated(from: old, to: node), in: context) }
    case .deleted:
      schedulerNodes[node.name] = nil
      scheduler.snapshot.removeNode(named: node.name)
      move(on: .nodeRemoved(node), in: context)
    }
  }

  private mutating func observe(_ object: StorageObject, in context: ClusterContext) {
    switch object {
    case .volume(let volume):
      scheduler.snapshot.setVolume(volume)
      move(on: .volumeChanged, in: context)
    case .claim(let claim):
      scheduler.snapshot.setClaim(claim)
      move(
        on: .claimChanged(namespace: claim.metadata.namespace, name: claim.metadata.name),
        in: context)
    case .storageClass(let storageClass):
      scheduler.snapshot.setStorageClass(storageClass)
      move(on: .storageClassAdded(storageClass.bindingMode), in: context)
    case .csiNode(let node):
      scheduler.snapshot.setCSINode(node)
      move(on: .csiNodeAdded, in: context)
    }
  }

  private mutating func move(
    on event: KubeScheduler.ClusterEvent, in context: ClusterContext
  ) {
    guard scheduler.queue.unschedulableCount > 0 || scheduler.queue.hasInFlight else { return }
    let hints = scheduler.hints
    let pods = cluster.pods
    scheduler.queue.moveOnEvent(event, now: context.now) { key, plugins in
      guard let pod = pods[PodID(raw: key)] else { return false }
      return hints.helps(event, PodRef(key: key, pod), rejectedBy: plugins)
    }
  }
}
