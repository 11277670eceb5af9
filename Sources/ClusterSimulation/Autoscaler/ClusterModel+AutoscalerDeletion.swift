import ClusterAutoscaler
import ClusterState
import EC2AutoScaling
import KubernetesObjects
import SimulationKernel
import TimeUnits
import Traces

// How the autoscaler removes a node: taint and cordon, wait, look again, drain, delete.
//
// Follows `core/scaledown/actuation` of cluster-autoscaler 1.36.
extension ClusterModel {
  mutating func begin(
    _ deletion: NodeDeletion, _ group: String, drains: Bool, in context: inout ClusterContext
  ) {
    guard let id = cluster.nodeID(name: deletion.node.name),
      let options = autoscaler.process?.loop.options
    else { return }
    let taint = Taint(
      key: AutoscalerTaint.toBeDeleted,
      value: "\(world.cloud.epoch.unixSeconds + context.now.nanoseconds / 1_000_000_000)",
      effect: .noSchedule)
    _ = try? write(.patchNodeTaints(id, add: [taint], remove: []), in: &context)
    if options.cordons {
      _ = try? write(.setUnschedulable(id, true), in: &context)
    }
    let delay = options.release == .v1_13 ? .zero : options.nodeDeleteDelayAfterTaint
    add(
      AutoscalerState.Deletion(
        life: autoscaler.life, node: id, name: deletion.node.name, group: group,
        drains: drains, started: context.now),
      after: delay, in: &context)
  }

  private mutating func add(
    _ deletion: AutoscalerState.Deletion, after delay: Duration, in context: inout ClusterContext
  ) {
    autoscaler.deletions.append(deletion)
    context.schedule(
      .autoscaler(.deletion(UInt32(autoscaler.deletions.count - 1))), after: delay,
      priority: .control)
  }

  mutating func advanceDeletion(_ index: Int, in context: inout ClusterContext) {
    let deletion = autoscaler.deletions[index]
    // What a process began ends with it; the next one takes its marks off.
    guard deletion.life == autoscaler.life, let process = autoscaler.process else { return }
    guard cluster.nodes.contains(deletion.node) else {
      autoscaler.process!.loop.nodeDeletionEnded(deletion.name)
      return
    }
    if deletion.step == .afterTaint {
      let observed = observe(process, at: context.now)
      let drain = DrainContext(
        now: context.now, options: process.loop.options,
        budgets: RemainingBudgets(observed.budgets), controllers: observed.controllers)
      switch Drainability.podsToMove(pods(on: deletion.node), in: drain) {
      case .failure(let blocking):
        return abort(deletion, "pod \(blocking.name) blocks: \(blocking.reason.rawValue)", &context)
      case .success(let moving):
        if !deletion.drains {
          return moving.pods.isEmpty
            ? deleteNode(deletion, in: &context)
            : abort(deletion, "new pods got scheduled", &context)
        }
      }
    }
    drain(deletion, process.loop.options, in: &context)
  }

  private func pods(on node: NodeID) -> [AutoscalerPod] {
    cluster.podIDs(onNode: node).compactMap { id in
      cluster.pods[id].map { AutoscalerPod(key: id.raw, $0) }
    }
  }

  private mutating func drain(
    _ deletion: AutoscalerState.Deletion, _ options: AutoscalerOptions,
    in context: inout ClusterContext
  ) {
    let left = pods(on: deletion.node).filter {
      $0.pod.isRecreatable && !$0.pod.status.phase.isTerminal
    }
    if left.isEmpty { return deleteNode(deletion, in: &context) }
    var isRefused = false
    for pod in left where !pod.pod.metadata.isTerminating {
      if !evict(pod, options, in: &context) { isRefused = true }
    }
    let limit =
      isRefused
      ? options.maxPodEvictionTime : .seconds(options.maxGracefulTerminationSec + 30)
    if context.now - deletion.started > limit {
      return abort(deletion, "pods remained after \(limit.components.seconds) s", &context)
    }
    var rest = deletion
    rest.step = .draining
    add(rest, after: isRefused ? .seconds(10) : .seconds(5), in: &context)
  }

  /// The Eviction API: refused where a budget allows no disruption.
  private mutating func evict(
    _ pod: AutoscalerPod, _ options: AutoscalerOptions, in context: inout ClusterContext
  ) -> Bool {
    let budgets =
      cluster.podDisruptionBudgets.isEmpty ? [] : cluster.currentBudgets(at: context.now)
    let allows = RemainingBudgets(budgets).canRemove([pod.pod]).canRemove
    guard allows else { return false }
    let own = pod.pod.spec.value.spec.terminationGracePeriodSeconds
    let grace = min(own, options.maxGracefulTerminationSec)
    _ = try? write(.deletePod(PodID(raw: pod.key), graceSeconds: grace), in: &context)
    autoscaler.totals.evictedPods += 1
    tell(
      AutoscalerEvent(
        .pod(pod.key), reason: "ScaleDown", message: "deleting pod for node scale down"),
      in: &context)
    return true
  }

  private mutating func abort(
    _ deletion: AutoscalerState.Deletion, _ why: String, _ context: inout ClusterContext
  ) {
    removeDeletionTaint(deletion.node, in: &context)
    autoscaler.process?.loop.nodeDeletionEnded(deletion.name)
    tell(
      AutoscalerEvent(
        .node(deletion.name), isWarning: true, reason: "ScaleDownFailed",
        message: "failed to \(deletion.drains ? "drain and delete" : "delete empty") node: \(why)"),
      in: &context)
  }

  mutating func removeDeletionTaint(_ id: NodeID, in context: inout ClusterContext) {
    let taint = Taint(key: AutoscalerTaint.toBeDeleted, effect: .noSchedule)
    _ = try? write(.patchNodeTaints(id, add: [], remove: [taint]), in: &context)
    guard let options = autoscaler.process?.loop.options, options.cordons else { return }
    _ = try? write(.setUnschedulable(id, false), in: &context)
  }

  private mutating func deleteNode(
    _ deletion: AutoscalerState.Deletion, in context: inout ClusterContext
  ) {
    guard let node = cluster.nodes[deletion.node], let process = autoscaler.process else { return }
    let calls: [AWSGroupCall]
    do throws(CreationError) {
      calls = try process.belief.delete([node.providerID], from: deletion.group) { 0 }
    } catch {
      return abort(deletion, error.message, &context)
    }
    do throws(AWSError) {
      for call in calls { try callCloud(call.mutation, in: &context) }
    } catch {
      return abort(deletion, "\(error)", &context)
    }
    autoscaler.process!.belief.noteDeletion(calls, at: context.now)
    autoscaler.totals.noteRemoval(drained: deletion.drains)
    autoscaler.process?.loop.nodeDeletionEnded(deletion.name)
    tell(
      AutoscalerEvent(
        .node(deletion.name), reason: "ScaleDown",
        message: "nodes removed by cluster autoscaler"), in: &context)
  }
}

extension AutoscalerOptions {
  /// Whether nodes on their way out are cordoned as well; 1.13 only tainted them.
  fileprivate var cordons: Bool { cordonNodeBeforeTerminating && release != .v1_13 }
}
