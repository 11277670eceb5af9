import AWSObjects
import EC2AutoScaling
import Scenarios
import SimulationKernel

// Commands about a group's processes, members, hooks and policies.
extension ClusterModel {
  mutating func runOnMembers(
    _ command: AWSCommand, in context: inout ClusterContext
  ) -> CommandOutcome {
    switch command {
    case .describeScalingActivities(let group, let limit):
      return describeActivities(of: group, atMost: limit)
    case .suspendProcesses(let group, let processes):
      return attempt(.suspendProcesses(group: group, processes), in: &context)
    case .resumeProcesses(let group, let processes):
      return attempt(.resumeProcesses(group: group, processes), in: &context)
    case .setInstanceHealth(let reference, let healthy, let respect):
      return attempt(
        .setInstanceHealth(
          instance: resolve([reference]).first ?? "", healthy: healthy,
          respectGracePeriod: respect), in: &context)
    case .setInstanceProtection(let group, let references, let protected):
      return attempt(
        .setInstanceProtection(
          group: group, instances: resolve(references), protected: protected), in: &context)
    case .enterStandby(let group, let references, let decrement):
      return attempt(
        .enterStandby(
          group: group, instances: resolve(references), decrementDesired: decrement),
        in: &context)
    case .exitStandby(let group, let references):
      return attempt(
        .exitStandby(group: group, instances: resolve(references)), in: &context)
    case .detachInstances(let group, let references, let decrement):
      return attempt(
        .detachInstances(
          group: group, instances: resolve(references), decrementDesired: decrement),
        in: &context)
    case .completeLifecycleAction(let group, let hook, let reference, let result):
      return attempt(
        .completeLifecycleAction(
          group: group, hook: hook, instance: resolve([reference]).first ?? "", result),
        in: &context)
    case .recordLifecycleActionHeartbeat(let group, let hook, let reference):
      return attempt(
        .recordLifecycleActionHeartbeat(
          group: group, hook: hook, instance: resolve([reference]).first ?? ""), in: &context)
    case .putTargetTracking(let group, let name, let target, let disableScaleIn):
      var rule = TargetTracking(metric: .averageCPUUtilization, targetValue: target)
      rule.disableScaleIn = disableScaleIn
      return attempt(
        .putScalingPolicy(
          group: group, ScalingPolicy(name: name, kind: .targetTracking(rule))), in: &context)
    case .deletePolicy(let group, let name):
      return attempt(.deletePolicy(group: group, name: name), in: &context)
    default: return .refused("not a command about a group's members")
    }
  }
}
