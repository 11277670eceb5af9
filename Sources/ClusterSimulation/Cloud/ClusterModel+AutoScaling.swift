import AWSObjects
import EC2AutoScaling
import KubernetesObjects
import Scenarios
import SimulationKernel
import TimeUnits
import Traces

// What follows a group's decisions later: retries, rebalancing, hooks, spot interruptions.
extension ClusterModel {
  /// After a pass: the warm pool, a retry of what was refused, the next look at health.
  mutating func followUp(
    _ index: Int, _ checkingHealth: Bool, in context: inout ClusterContext
  ) {
    let group = world.cloud.groups[index]
    if group.warmPool != nil {
      let decision = WarmPools.decide(group)
      if !decision.isEmpty {
        _ = try? change(.carryOutWarmPool(group: group.name, decision), in: &context)
      }
    }
    let counted = group.members.count { $0.lifecycle.counts }
    if counted < group.desiredCapacity, world.retries[index] == nil,
      let time = world.cloud.nextLaunchAttempt(of: group.name, at: context.now)
    {
      world.retries[index] = time
      context.schedule(.cloud(.retryLaunch(group: UInt16(index))), at: time)
    }
    if checkingHealth,
      let time = HealthCheck.nextLook(
        at: group, instances: world.cloud.instances, at: context.now,
        parameters: world.cloud.parameters)
    {
      context.schedule(.cloud(.reconcile(group: UInt16(index), checkingHealth: true)), at: time)
    }
  }

  /// After an activity: the next wave of replacements, the surplus of a rebalancing, uneven zones.
  mutating func activityEnded(
    _ id: ScalingActivity.ID, _ status: ScalingActivity.Status, in context: inout ClusterContext
  ) {
    guard status == .successful,
      let index = world.cloud.groups.firstIndex(where: { $0.name == world.cloud[id].group })
    else { return }
    let group = world.cloud.groups[index]
    let isWaiting = group.members.contains { member in
      member.lifecycle.counts
        && (member.unhealthyInLoadBalancerSince != nil
          || world.cloud[member.instance].impairedSince != nil
          || group.capacityRebalance && world.cloud[member.instance].interruptedAt != nil)
    }
    if isWaiting { scheduleReconcile(group.name, checkingHealth: true, in: &context) }
    let counted = group.members.count { $0.lifecycle.counts }
    let isLaunch = world.cloud[id].kind == .launch
    if isLaunch, counted > group.desiredCapacity {
      // The surplus of a rebalancing goes when what replaces it is in service.
      context.schedule(
        .cloud(.reconcile(group: UInt16(index), checkingHealth: false)), after: .zero)
    } else if group.zones.count > 1, !rebalanceDecision(index, at: context.now).isEmpty {
      let delay = world.latency.reconcileDelay.value.sampleNanoseconds(
        using: &world.rebalancing)
      context.schedule(.cloud(.rebalance(group: UInt16(index))), afterNanoseconds: delay)
    }
  }

  private func rebalanceDecision(_ index: Int, at now: SimulationTime) -> GroupDecision {
    ZoneRebalance.decide(
      world.cloud.groups[index], instances: world.cloud.instances, at: now,
      memory: world.cloud.memories[index], market: world.cloud.market,
      parameters: world.cloud.parameters)
  }

  mutating func rebalance(_ index: Int, in context: inout ClusterContext) {
    let decision = rebalanceDecision(index, at: context.now)
    guard !decision.isEmpty else { return }
    _ = try? change(.carryOut(decision), in: &context)
  }

  // MARK: Lifecycle hooks

  mutating func scheduleHook(
    _ id: InstanceID, _ hook: String, _ deadline: SimulationTime,
    in context: inout ClusterContext
  ) {
    guard let group = world.cloud.group(of: id),
      let index = group.lifecycleHooks.firstIndex(where: { $0.name == hook })
    else { return }
    context.schedule(
      .cloud(.hookDeadline(number: id.number, hook: UInt16(index))), at: deadline)
    guard let law = world.hookAnswers[.init(group: group.name, hook: hook)]?.completedAfter
    else { return }
    var stream = world.streams.stream(
      "autoscaling.hooks", entity: UInt64(id.number) << 16 | UInt64(index))
    context.schedule(
      .cloud(.hookAnswered(number: id.number, hook: UInt16(index))),
      afterNanoseconds: law.sampleNanoseconds(using: &stream))
  }

  mutating func expireHook(_ number: UInt32, _ hook: UInt16, in context: inout ClusterContext) {
    let id = InstanceID(number)
    guard let group = world.cloud.group(of: id) else { return }
    let name = group.lifecycleHooks[Int(hook)].name
    _ = try? change(.lifecycleHookExpired(id, hook: name), in: &context)
  }

  mutating func answerHook(_ number: UInt32, _ hook: UInt16, in context: inout ClusterContext) {
    let id = InstanceID(number)
    guard let group = world.cloud.group(of: id) else { return }
    let name = group.lifecycleHooks[Int(hook)].name
    guard let answer = world.hookAnswers[.init(group: group.name, hook: name)] else { return }
    // A timeline may have answered before.
    _ = try? change(
      .completeLifecycleAction(
        group: group.name, hook: name, instance: "\(id)", answer.result), in: &context)
  }

  // MARK: Spot

  /// A spot instance's end without memory, from a stream of its own.
  mutating func scheduleInterruption(of id: InstanceID, in context: inout ClusterContext) {
    guard world.spotInterruptionsPerHour > 0, world.cloud[id].purchaseOption == .spot else {
      return
    }
    var stream = world.streams.stream("ec2.spot.interruptions", entity: UInt64(id.number))
    let mean = Duration.rounded(seconds: 3_600 / world.spotInterruptionsPerHour)
    context.schedule(
      .cloud(.spotNotice(number: id.number)),
      afterNanoseconds: DelayLaw.exponential(mean: mean).sampleNanoseconds(using: &stream))
  }

  mutating func noticeInterruption(_ number: UInt32, in context: inout ClusterContext) {
    let time = context.now + world.cloud.parameters.spotInterruptionNotice.value
    _ = try? change(.spotInterruptionNotice(InstanceID(number), at: time), in: &context)
  }

  // EventBridge's event has this name; nothing in the cluster sees it without a handler.
  func recordInterruption(_ id: InstanceID, in context: inout ClusterContext) {
    context.record(
      .event(
        KubernetesEvent(
          reason: "SpotInterruptionWarning", message: "will be interrupted in two minutes",
          kind: "Instance", namespace: "", name: "\(id)", source: "ec2"),
        count: 1))
  }

  // MARK: Warm pool

  func isWarmed(_ id: InstanceID) -> Bool {
    world.cloud.group(of: id)?.members.first { $0.instance == id }?.lifecycle.isWarmed ?? false
  }

  /// A boot's length; from a warm pool shorter.
  ///
  /// 80 s against 110 s to Ready (keikoproj/instance-manager#277, 2021; measured once).
  mutating func drawBoot(of id: InstanceID) -> Int64 {
    let boot = world.drawBoot()
    let member = world.cloud.group(of: id)?.members.first { $0.instance == id }
    return member?.isWarmStart == true ? boot / 110 * 80 : boot
  }
}
