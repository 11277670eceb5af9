import AWSObjects
import EC2AutoScaling
import NodeModel
import SimulationKernel
import TimeUnits

// CloudWatch's samples of a group, and what its policies and scheduled actions make of the time.
extension ClusterModel {
  /// Brings the scheduled actions and the policies of the start to their times.
  mutating func startScaling(in context: inout ClusterContext) {
    for (index, group) in world.cloud.groups.enumerated() {
      for (number, action) in group.scheduledActions.enumerated() {
        context.schedule(
          .cloud(.scheduledAction(group: UInt16(index), action: UInt16(number))),
          at: action.startTime)
      }
      startObserving(group.name, in: &context)
    }
  }

  mutating func runScheduledAction(
    _ index: Int, _ number: Int, in context: inout ClusterContext
  ) {
    let group = world.cloud.groups[index]
    let action = group.scheduledActions[number]
    _ = try? change(.scheduledActionDue(group: group.name, action: action), in: &context)
    if let next = ScheduledActions.next(action, after: context.now) {
      context.schedule(
        .cloud(.scheduledAction(group: UInt16(index), action: UInt16(number))), at: next)
    }
  }

  mutating func startObserving(_ name: String, in context: inout ClusterContext) {
    guard let index = world.cloud.groups.firstIndex(where: { $0.name == name }),
      !world.cloud.groups[index].scalingPolicies.isEmpty, world.samples[index] == nil
    else { return }
    world.samples[index] = CloudWorld.MetricSamples(
      periodEnds: context.now + world.cloud.groups[index].metricPeriod)
    context.schedule(
      .cloud(.observe(group: UInt16(index))), after: Self.samplingInterval,
      priority: .measurement)
  }

  mutating func observe(_ index: Int, in context: inout ClusterContext) {
    let group = world.cloud.groups[index]
    guard var samples = world.samples[index], !group.scalingPolicies.isEmpty else {
      world.samples[index] = nil
      return
    }
    if let cpu = averageCPU(of: group, at: context.now) {
      samples.sum += cpu
      samples.count += 1
    }
    if context.now >= samples.periodEnds {
      let metric = samples.count == 0 ? nil : samples.sum / Double(samples.count)
      samples = CloudWorld.MetricSamples(periodEnds: context.now + group.metricPeriod)
      world.samples[index] = samples
      evaluate(index, metric, in: &context)
    } else {
      world.samples[index] = samples
    }
    context.schedule(
      .cloud(.observe(group: UInt16(index))), after: Self.samplingInterval,
      priority: .measurement)
  }

  /// The CPU of the warm instances in service, in percent; nil without a machine to look at.
  private func averageCPU(of group: AutoScalingGroup, at now: SimulationTime) -> Double? {
    guard loads != nil else { return nil }
    var sum = 0.0
    var count = 0
    for member in InstanceWarmup.measured(group, warmup: nil, at: now) {
      let agent = kubelets.agent(ofInstance: member.instance.number)
      guard kubelets.agents[Int(agent)].hasMachine,
        var machine = kubelets.agents[Int(agent)].machine
      else { continue }
      // A copy: observing a machine must not divide its steps anew.
      machine.advance(to: now)
      sum += machine.usedCores / machine.hardware.cores * 100
      count += 1
    }
    return count == 0 ? nil : sum / Double(count)
  }

  private mutating func evaluate(
    _ index: Int, _ metric: Double?, in context: inout ClusterContext
  ) {
    guard
      let order = world.cloud.executePolicies(
        ofGroup: index, metrics: [.averageCPUUtilization: metric], at: context.now)
    else { return }
    _ = try? change(
      .policyExecuted(
        group: world.cloud.groups[index].name, policy: order.policy, desired: order.desired),
      in: &context)
  }
}
