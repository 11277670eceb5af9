import AWSObjects
import Scenarios
import TimeUnits

// The settings of Auto Scaling groups and of EC2; what is not given is the API's default, and only
// what bears on a run is listed.
extension EffectiveScenario {
  mutating func addAutoScaling(_ spec: AutoScalingSpec, _ path: String) {
    if let cooldown = spec.cooldown { add("\(path).cooldown", DurationText.text(for: cooldown)) }
    if let policies = spec.terminationPolicies {
      add("\(path).terminationPolicies", policies.joined(separator: ", "))
    }
    if !spec.suspendedProcesses.isEmpty {
      add(
        "\(path).suspendedProcesses",
        spec.suspendedProcesses.map(\.rawValue).joined(separator: ", "))
    }
    if spec.protectedFromScaleIn { add("\(path).protectedFromScaleIn", "true") }
    if let type = spec.healthCheckType { add("\(path).healthCheck.type", type.rawValue) }
    if let period = spec.healthCheckGracePeriod {
      add("\(path).healthCheck.gracePeriod", DurationText.text(for: period))
    }
    if let warmup = spec.instanceWarmup {
      add("\(path).instanceWarmup", DurationText.text(for: warmup))
    }
    if spec.detailedMonitoring { add("\(path).detailedMonitoring", "true") }
    for tag in spec.tags { add("\(path).tags.\(tag.key)", tag.value) }
    for (index, hook) in spec.lifecycleHooks.enumerated() {
      let place = "\(path).lifecycleHooks[\(index)]"
      add("\(place).name", hook.hook.name)
      add("\(place).transition", hook.hook.transition.rawValue)
      add("\(place).heartbeatTimeout", DurationText.text(for: hook.hook.heartbeatTimeout))
      add("\(place).defaultResult", hook.hook.defaultResult.rawValue)
      if let law = hook.completedAfter { add("\(place).completedAfter", law.text) }
    }
    if let pool = spec.warmPool {
      add("\(path).warmPool.state", pool.poolState.rawValue)
      add("\(path).warmPool.minSize", "\(pool.minSize)")
      add("\(path).warmPool.reuseOnScaleIn", "\(pool.reuseOnScaleIn)")
    }
    if let mixed = spec.mixedInstances { add(mixed, "\(path).mixedInstances") }
    for (index, policy) in spec.policies.enumerated() {
      add("\(path).policies[\(index)].name", policy.name)
    }
    for (index, action) in spec.scheduledActions.enumerated() {
      add("\(path).scheduledActions[\(index)].name", action.name)
    }
  }

  private mutating func add(_ mixed: MixedInstancesPolicy, _ path: String) {
    add("\(path).instanceTypes", mixed.instanceTypes.joined(separator: ", "))
    add("\(path).onDemandBase", "\(mixed.onDemandBaseCapacity)")
    add(
      "\(path).onDemandPercentageAboveBase", "\(mixed.onDemandPercentageAboveBaseCapacity)")
    add("\(path).onDemandAllocationStrategy", mixed.onDemandAllocationStrategy.rawValue)
    add("\(path).spotAllocationStrategy", mixed.spotAllocationStrategy.rawValue)
  }

  mutating func addCapacity(_ cloud: CloudSpec) {
    for (index, shortage) in cloud.capacityShortages.enumerated() {
      let path = "spec.cloud.capacityShortages[\(index)]"
      add("\(path).instanceType", shortage.instanceType ?? "every type")
      let zones = shortage.zones.map(\.name).joined(separator: ", ")
      add("\(path).zones", zones.isEmpty ? "every zone" : zones)
      add("\(path).from", DurationText.text(for: .nanoseconds(shortage.from.nanoseconds)))
    }
    for limit in cloud.apiRateLimits {
      add(
        "spec.cloud.apiRateLimits.\(limit.category.rawValue)",
        "\(limit.capacity) requests, \(limit.refillPerSecond) a second")
    }
    if cloud.spot.interruptionsPerHour > 0 {
      add("spec.cloud.spot.interruptionsPerHour", "\(cloud.spot.interruptionsPerHour)")
    }
  }
}
