import AWSObjects
import EC2AutoScaling
import TimeUnits

extension GroupRulesTests {
  /// Four in service, then two of one zone taken by name: 2/2/0.
  static func uneven(max: Int = 6) throws -> CloudFixture {
    var world = try CloudFixture.settled(CloudFixture.group(desired: 6, max: max))
    for number in [2, 5] {
      try world.apply(
        .terminateInstanceInAutoScalingGroup(instance: world.id(number), decrementDesired: true))
    }
    try world.settle()
    return world
  }

  static let zoneRules: [Rule] = [
    Rule(
      "A launch goes into the zone with the fewest instances", "guide auto-scaling-benefits",
      "2/1/1"
    ) {
      var world = try CloudFixture(CloudFixture.group(desired: 4))
      try world.pass()
      return world.spread
    },
    Rule(
      "Targeted terminations leave the zones uneven; AZRebalance launches where there are too few",
      "guide auto-scaling-benefits, rebalancing activities", "2/2/0 becomes 2/2/1"
    ) {
      var world = try uneven()
      let before = world.spread
      _ = try world.rebalance()
      return "\(before) becomes \(world.spread)"
    },
    Rule(
      "Rebalancing terminates only when the new instance is in service",
      "guide auto-scaling-benefits, rebalancing activities", "pending: 0, in service: 1, 1/2/1"
    ) {
      var world = try uneven()
      _ = try world.rebalance()
      let early = try world.pass().terminations.count
      try world.settle()
      let late = try world.pass().terminations.count
      return "pending: \(early), in service: \(late), \(world.spread)"
    },
    Rule(
      "Rebalancing may exceed max by one instance in a small group",
      "guide auto-scaling-benefits, rebalancing activities", "5 of max 4"
    ) {
      var world = try uneven()
      try world.apply(.updateAutoScalingGroup(name: "workers", maxSize: 4))
      _ = try world.rebalance()
      return "\(world.group.members.count(where: \.lifecycle.counts)) of max 4"
    },
    Rule(
      "Rebalancing may exceed max by 10 percent in a large group",
      "guide auto-scaling-benefits, rebalancing activities", "3 launches"
    ) {
      var world = try CloudFixture.settled(CloudFixture.group(desired: 45, max: 45))
      let third = world.cloud.instances.filter { $0.zone == CloudFixture.zones[2] }
      for instance in third {
        try world.apply(
          .terminateInstanceInAutoScalingGroup(
            instance: "\(instance.id)", decrementDesired: true))
      }
      try world.settle()
      try world.apply(.updateAutoScalingGroup(name: "workers", maxSize: 30))
      return "\(try world.rebalance().launches.count) launches"
    },
    Rule(
      "Zones that differ by one are even", "guide auto-scaling-benefits", "0 launches"
    ) {
      var world = try CloudFixture.settled(CloudFixture.group(desired: 4))
      return "\(try world.rebalance().launches.count) launches"
    },
    Rule(
      "AZRebalance suspended: uneven zones stay as they are",
      "guide as-suspend-resume-processes, scenario 5", "2/2/0"
    ) {
      var world = try uneven()
      try world.apply(.suspendProcesses(group: "workers", [.azRebalance]))
      _ = try world.rebalance()
      return world.spread
    },
    Rule(
      "With AZRebalance suspended scaling in still takes from the fullest zone",
      "guide as-suspend-resume-processes, scenario 5", "1/2/0"
    ) {
      var world = try uneven()
      try world.apply(.suspendProcesses(group: "workers", [.azRebalance]))
      try world.apply(.setDesiredCapacity(group: "workers", desired: 3))
      try world.pass()
      return world.spread
    },
    Rule(
      "Rebalancing says in its cause which zones were short", "activity records, roadmap#1453",
      "At 2018-10-15T08:02:00Z instances were launched to balance instances in zones us-east-1c "
        + "with other zones resulting in more than desired number of instances in the group."
    ) {
      var world = try uneven()
      _ = try world.rebalance()
      return world.cloud.activities.last?.cause ?? ""
    },
  ]

  static let terminationRules: [Rule] = [
    Rule(
      "Zone balance comes before every termination policy",
      "guide ec2-auto-scaling-termination-policies, note", "AvailabilityZone us-east-1a"
    ) {
      var group = CloudFixture.group(
        desired: 3, max: 4, zones: Array(CloudFixture.zones.prefix(2)))
      group.terminationPolicies = ["NewestInstance"]
      var world = try CloudFixture.settled(group)
      try world.apply(.setDesiredCapacity(group: "workers", desired: 2))
      return try world.pass().terminations[0].narrowedBy[0]
    },
    Rule(
      "Default must be the last policy",
      "the project's reference §3.1; the guide lists Default last and does not say must",
      "The termination policy Default must be the last of the list."
    ) {
      TerminationPolicies.problem(in: ["Default", "OldestInstance"]).map {
        AWSError("CreateAutoScalingGroup", $0).message
      } ?? "accepted"
    },
    Rule(
      "A Lambda function must be the first policy", "guide lambda-custom-termination-policy",
      "first: accepted, second: refused"
    ) {
      let lambda = "arn:aws:lambda:us-east-1:123456789012:function:choose"
      let first = TerminationPolicies.problem(in: [lambda, "Default"]) == nil
      let second = TerminationPolicies.problem(in: ["OldestInstance", lambda]) == nil
      return "first: \(first ? "accepted" : "refused"), second: \(second ? "accepted" : "refused")"
    },
    Rule(
      "AllocationStrategy takes what the strategy would take last",
      "guide ec2-auto-scaling-termination-policies", "c5.large"
    ) {
      var group = CloudFixture.group(desired: 2, max: 2, zones: [CloudFixture.zones[0]])
      group.terminationPolicies = ["AllocationStrategy"]
      group.mixedInstancesPolicy = MixedInstancesPolicy(instanceTypes: ["c5.large"])
      var world = try CloudFixture.settled(group)
      // The preference has changed since the first two were launched.
      var changed = world.group
      changed.mixedInstancesPolicy = MixedInstancesPolicy(instanceTypes: ["m5.large", "c5.large"])
      changed.desiredCapacity = 1
      var instances = world.cloud.instances
      instances[0].instanceType = "m5.large"
      let victim = GroupReconciler.decide(changed, instances: instances, at: world.now)
        .terminations[0].instance
      world.advance(0)
      return instances[Int(victim.number)].instanceType
    },
    Rule(
      "A mixed group first finds the purchase option that has too many",
      "guide ec2-auto-scaling-termination-policies, mixed instances", "spot"
    ) {
      var group = CloudFixture.group(desired: 4, zones: [CloudFixture.zones[0]])
      var policy = MixedInstancesPolicy(instanceTypes: ["m5.large"])
      policy.onDemandBaseCapacity = 2
      policy.onDemandPercentageAboveBaseCapacity = 0
      group.mixedInstancesPolicy = policy
      var world = try CloudFixture.settled(group)
      try world.apply(.setDesiredCapacity(group: "workers", desired: 3))
      return world.cloud[try world.pass().terminations[0].instance].purchaseOption.rawValue
    },
    Rule(
      "All protected: desired drops and none is terminated", "guide instance-protection",
      "desired 1, 3 InService"
    ) {
      var world = try CloudFixture.settled()
      try world.apply(
        .setInstanceProtection(
          group: "workers", instances: (0..<3).map(world.id), protected: true))
      try world.apply(.setDesiredCapacity(group: "workers", desired: 1))
      try world.pass()
      return "desired \(world.group.desiredCapacity), \(world.lives)"
    },
    Rule(
      "Scale-in protection does not shield from health replacement or manual termination",
      "guide instance-protection", "2"
    ) {
      var world = try CloudFixture.settled()
      try world.apply(
        .setInstanceProtection(
          group: "workers", instances: (0..<3).map(world.id), protected: true))
      try world.apply(.stopInstances([world.id(0)]))
      try world.apply(.terminateInstances([world.id(1)]))
      return "\(try world.pass().replacements.count)"
    },
    Rule(
      "Scale-in protection does not stop TerminateInstanceInAutoScalingGroup",
      "guide instance-protection", "2 InService, 1 Terminating"
    ) {
      var world = try CloudFixture.settled()
      try world.apply(
        .setInstanceProtection(group: "workers", instances: [world.id(0)], protected: true))
      try world.apply(
        .terminateInstanceInAutoScalingGroup(instance: world.id(0), decrementDesired: true))
      return world.lives
    },
  ]
}
