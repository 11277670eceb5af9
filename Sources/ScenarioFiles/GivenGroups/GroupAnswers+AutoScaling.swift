import AWSObjects
import Scenarios
import TimeUnits

/// What a launch configuration or template says of spot instances.
struct SpotRequest {
  /// US dollars an hour; nil is the on-demand price.
  var maxPrice: Double?
}

// The settings of a group as a run has them.
extension GroupAnswers {
  /// `doubts` get what bears on scaling or cost and is not modeled, in words.
  func autoScaling(
    of group: AWSAnswer.Group, _ type: String, _ spot: SpotRequest?, _ doubts: inout [String]
  ) -> AutoScalingSpec {
    var spec = AutoScalingSpec()
    spec.cooldown = .seconds(group.defaultCooldown)
    spec.terminationPolicies = policies(of: group, &doubts)
    spec.suspendedProcesses = group.suspendedProcesses.compactMap(
      AutoScalingGroup.Process.init(rawValue:))
    spec.protectedFromScaleIn = group.newInstancesProtected
    spec.healthCheckGracePeriod = .seconds(group.healthCheckGracePeriod)
    // -1 is the API's word for none.
    if let warmup = group.defaultInstanceWarmup, warmup >= 0 {
      spec.instanceWarmup = .seconds(warmup)
    }
    spec.capacityRebalance = group.capacityRebalance
    spec.tags = group.tags.map { ResourceTag(key: $0.key, value: $0.value) }
    spec.mixedInstances = mixed(group.mixedInstances, type, spot, &doubts)
    if let pool = group.warmPool {
      if spec.mixedInstances == nil {
        spec.warmPool = warmPool(pool)
      } else {
        doubts.append("the warm pool of a group with mixed instances is not modeled")
      }
    }
    if group.maxInstanceLifetime != nil {
      doubts.append("no instance is replaced for its age: MaxInstanceLifetime is not modeled")
    }
    if group.healthCheckTypes.contains(.elb) {
      doubts.append("health checks of load balancers are not modeled: those of EC2 are")
    }
    if group.status != nil { doubts.append("the group is being deleted") }
    return spec
  }

  /// Those that the run knows, in their order, until `Default`; nil is that one alone.
  private func policies(of group: AWSAnswer.Group, _ doubts: inout [String]) -> [String]? {
    var names: [String] = []
    for name in group.terminationPolicies {
      guard TerminationPolicyType(rawValue: name) != nil else {
        doubts.append("the termination policy '\(name)' is not modeled: the others decide")
        continue
      }
      names.append(name)
      if name == TerminationPolicyType.default.rawValue { break }
    }
    return names.isEmpty ? nil : names
  }

  private func mixed(
    _ given: AWSAnswer.MixedInstances?, _ type: String, _ spot: SpotRequest?,
    _ doubts: inout [String]
  ) -> MixedInstancesPolicy? {
    var policy = MixedInstancesPolicy(instanceTypes: [type])
    guard let given else {
      guard let spot else { return nil }
      policy.onDemandPercentageAboveBaseCapacity = 0
      policy.spotMaxPrice = spot.maxPrice
      return policy
    }
    if !given.instanceTypes.isEmpty { policy.instanceTypes = given.instanceTypes }
    policy.onDemandBaseCapacity = given.onDemandBaseCapacity
    policy.onDemandPercentageAboveBaseCapacity = given.onDemandPercentageAboveBaseCapacity
    policy.spotInstancePools = given.spotInstancePools
    policy.spotMaxPrice = given.spotMaxPrice
    func strategy<Word: RawRepresentable<String>>(_ name: String, _ usual: Word) -> Word {
      if let word = Word(rawValue: name) { return word }
      doubts.append(
        "the allocation strategy '\(name)' is not modeled: \(usual.rawValue) stands in")
      return usual
    }
    policy.onDemandAllocationStrategy = strategy(
      given.onDemandAllocationStrategy, policy.onDemandAllocationStrategy)
    policy.spotAllocationStrategy = strategy(
      given.spotAllocationStrategy, policy.spotAllocationStrategy)
    if given.hasRequirements {
      let types = policy.instanceTypes.joined(separator: ", ")
      doubts.append("the types that EC2 has for requirements are not known: here \(types)")
    }
    if given.hasWeights {
      doubts.append("weights of instance types are not modeled: each instance counts as one")
    }
    return policy.usesSpot || policy.instanceTypes.count > 1 ? policy : nil
  }

  private func warmPool(_ given: AWSAnswer.WarmPoolConfiguration) -> WarmPool {
    var pool = WarmPool()
    pool.minSize = given.minSize
    pool.maxGroupPreparedCapacity = given.maxGroupPreparedCapacity
    pool.poolState = WarmPool.State(rawValue: given.poolState) ?? .stopped
    pool.reuseOnScaleIn = given.reuseOnScaleIn
    return pool
  }
}
