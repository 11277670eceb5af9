import AWSObjects
import ClusterState
import EC2AutoScaling
import KubernetesObjects
import Scenarios
import SimulationKernel
import TimeUnits
import Traces

extension ClusterModel {
  /// Brings everything to its place at the start of the run.
  mutating func start(_ setup: ClusterSetup, in context: inout ClusterContext) {
    startGivenNodes(setup, in: &context)
    startMachines(in: &context)
    startObjects(setup.objects, in: &context)
    startControllers(in: &context)
    startPipeline(setup, in: &context)
    if loads != nil {
      startLoads(in: &context)
      context.schedule(.sample, after: Self.samplingInterval, priority: .measurement)
      settleMachines(in: &context)
    }
    if !world.cloud.groups.isEmpty {
      context.schedule(.cloud(.checkNodes), after: .seconds(5), priority: .control)
      startScaling(in: &context)
    }
    for (index, entry) in timeline.enumerated() {
      context.schedule(.command(UInt32(index)), at: entry.at, priority: .environment)
    }
    startArrivals(in: &context)
  }

  // The groups of the start are in service: their instances were launched before the run began,
  // whatever EC2 refuses now, and whoever answers their hooks has answered.
  private mutating func startMachines(in context: inout ClusterContext) {
    let limits = world.cloud.limits
    world.cloud.limits = CapacityLimits()
    for group in world.cloud.groups {
      let decision = GroupReconciler.decide(
        group, instances: world.cloud.instances, at: context.now, market: world.cloud.market)
      guard let changes = try? world.cloud.apply(.carryOut(decision), at: context.now) else {
        continue
      }
      bringUp(changes, in: &context)
      startWarmPool(group.name, in: &context)
      let now = world.cloud.group(named: group.name)!
      context.record(
        .groupCapacity(
          name: now.name, min: Int64(now.minSize), desired: Int64(now.desiredCapacity),
          max: Int64(now.maxSize)))
    }
    world.cloud.limits = limits
    world.cloud.forgetActivityTimes()
    for instance in world.cloud.instances where !isWarmed(instance.id) {
      startKubelet(
        kubelets.agent(ofInstance: instance.id.number), readyAfter: 0, in: &context)
    }
  }

  private mutating func bringUp(_ changes: [CloudChange], in context: inout ClusterContext) {
    for case .instanceLaunched(let id, let name) in changes {
      _ = try? world.cloud.apply(.instanceEntered(id, .running), at: context.now)
      traceInstance(id, in: &context)
      addKubelet(id, name)
      scheduleInterruption(of: id, in: &context)
      let hooks = world.cloud.group(named: name)?.hooks(.launching) ?? []
      for hook in hooks where !isWarmed(id) {
        _ = try? world.cloud.apply(
          .completeLifecycleAction(
            group: name, hook: hook.name, instance: "\(id)", .proceed), at: context.now)
      }
    }
    for case .activityStarted(let id) in changes {
      _ = try? world.cloud.apply(.activityEnded(id), at: context.now)
    }
  }

  private mutating func startWarmPool(_ name: String, in context: inout ClusterContext) {
    guard let group = world.cloud.group(named: name), group.warmPool != nil,
      let changes = try? world.cloud.apply(
        .carryOutWarmPool(group: name, WarmPools.decide(group)), at: context.now)
    else { return }
    bringUp(changes, in: &context)
    for case .instanceLaunched(let id, _) in changes where world.cloud[id].state == .stopping {
      _ = try? world.cloud.apply(.instanceEntered(id, .stopped), at: context.now)
      traceInstance(id, in: &context)
    }
  }
}
