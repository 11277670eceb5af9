import AWSObjects
import EC2AutoScaling
import TimeUnits

extension GroupRulesTests {
  static func impaired(
    _ count: Int, desired: Int, wait: Int64 = 180, grace: Int64 = 0,
    type: AutoScalingGroup.HealthCheckType = .ec2
  ) throws -> CloudFixture {
    var group = CloudFixture.group(desired: desired, max: desired)
    group.healthCheckGracePeriod = .seconds(grace)
    group.healthCheckType = type
    var world = try CloudFixture.settled(group)
    for number in 0..<count {
      try world.apply(.statusChecksChanged(world.cloud.instances[number].id, failing: true))
    }
    world.advance(wait)
    return world
  }

  static let capacityRules: [Rule] = [
    Rule(
      "The group drives actual capacity to desired", "guide asg-capacity-limits", "3 Pending"
    ) {
      var world = try CloudFixture()
      try world.pass()
      return world.lives
    },
    Rule(
      "Desired above max is refused", "API reference SetDesiredCapacity",
      "An error occurred (ValidationError) when calling the SetDesiredCapacity operation: New "
        + "SetDesiredCapacity value 5 is above max value 4 for the AutoScalingGroup."
    ) {
      var world = try CloudFixture()
      return world.refusal(.setDesiredCapacity(group: "workers", desired: 5)) ?? "accepted"
    },
    Rule(
      "Terminating by hand does not change desired", "guide as-maintain-instance-levels",
      "desired 3, 1 Pending, 2 InService, 1 Terminating"
    ) {
      var world = try CloudFixture.settled()
      try world.apply(.terminateInstances([world.id(0)]))
      try world.pass()
      return "desired \(world.group.desiredCapacity), \(world.lives)"
    },
    Rule(
      "Terminating in the group with a decrement lowers desired",
      "API reference TerminateInstanceInAutoScalingGroup", "desired 2, 2 InService, 1 Terminating"
    ) {
      var world = try CloudFixture.settled()
      try world.apply(
        .terminateInstanceInAutoScalingGroup(instance: world.id(0), decrementDesired: true))
      try world.pass()
      return "desired \(world.group.desiredCapacity), \(world.lives)"
    },
  ]

  static let healthRules: [Rule] = [
    Rule(
      "A stopped instance is terminated and replaced, also within the grace period",
      "guide ec2-auto-scaling-health-checks", "1 Pending, 2 InService, 1 Terminating"
    ) {
      var world = try impaired(0, desired: 3, wait: 0, grace: 3_600)
      try world.apply(.stopInstances([world.id(0)]))
      try world.pass()
      return world.lives
    },
    Rule(
      "Failed status checks are tolerated for some minutes",
      "guide ec2-auto-scaling-health-checks", "3 InService"
    ) {
      var world = try impaired(1, desired: 3, wait: 179)
      try world.pass()
      return world.lives
    },
    Rule(
      "Status checks that go on failing lead to a replacement",
      "guide ec2-auto-scaling-health-checks", "1 Pending, 2 InService, 1 Terminating"
    ) {
      var world = try impaired(1, desired: 3)
      try world.pass()
      return world.lives
    },
    Rule(
      "The grace period begins with InService and shields from status checks",
      "guide health-check-grace-period", "3 InService"
    ) {
      var world = try impaired(1, desired: 3, wait: 299, grace: 300)
      try world.pass()
      return world.lives
    },
    Rule(
      "The load balancer's word counts only with the ELB type", "guide as-add-elb-healthcheck",
      "EC2: 0, ELB: 1"
    ) {
      try AutoScalingGroup.HealthCheckType.allCases.map { type in
        var world = try impaired(0, desired: 3, type: type)
        try world.apply(
          .loadBalancerHealthChanged(world.cloud.instances[0].id, healthy: false))
        return "\(type.rawValue): \(try world.pass().replacements.count)"
      }.joined(separator: ", ")
    },
    Rule(
      "The merely unhealthy are replaced at most 10 percent of desired at a time",
      "guide ec2-auto-scaling-health-checks, minimize-downtime", "2 now, 6 wait"
    ) {
      var world = try impaired(8, desired: 20)
      let decision = try world.pass()
      return "\(decision.replacements.count) now, \(8 - decision.replacements.count) wait"
    },
    Rule(
      "In a small group the unhealthy are replaced one at a time",
      "guide ec2-auto-scaling-health-checks, minimize-downtime", "1 now, then 0, then 1"
    ) {
      var world = try impaired(3, desired: 3)
      let first = try world.pass().replacements.count
      let second = try world.pass().replacements.count
      try world.settle()
      return "\(first) now, then \(second), then \(try world.pass().replacements.count)"
    },
    Rule(
      "The next wave waits for the instance warm-up of the last",
      "guide ec2-auto-scaling-health-checks, minimize-downtime", "0 while warming, then 1"
    ) {
      var group = CloudFixture.group(desired: 3, max: 3)
      group.defaultInstanceWarmup = .seconds(300)
      var world = try CloudFixture.settled(group)
      world.advance(400)
      for instance in world.cloud.instances {
        try world.apply(.statusChecksChanged(instance.id, failing: true))
      }
      world.advance(180)
      try world.pass()
      try world.settle()
      let early = try world.pass().replacements.count
      world.advance(300)
      return "\(early) while warming, then \(try world.pass().replacements.count)"
    },
    Rule(
      "What no longer runs, or was marked by SetInstanceHealth, is replaced at once",
      "guide ec2-auto-scaling-health-checks, minimize-downtime", "10"
    ) {
      var world = try impaired(0, desired: 20)
      try world.apply(.terminateInstances((0..<6).map(world.id)))
      for number in 6..<10 {
        try world.apply(.setInstanceHealth(instance: world.id(number), healthy: false))
      }
      return "\(try world.pass().replacements.count)"
    },
    Rule(
      "SetInstanceHealth respects the grace period unless told otherwise",
      "API reference SetInstanceHealth", "respecting 0, not respecting 1"
    ) {
      var world = try impaired(0, desired: 3, wait: 10, grace: 300)
      try world.apply(
        .setInstanceHealth(instance: world.id(0), healthy: false, respectGracePeriod: true))
      let respecting = try world.pass().replacements.count
      try world.apply(.setInstanceHealth(instance: world.id(0), healthy: false))
      return "respecting \(respecting), not respecting \(try world.pass().replacements.count)"
    },
    Rule(
      "Health replacement does not wait for a cooldown", "guide ec2-auto-scaling-scaling-cooldowns",
      "1"
    ) {
      var world = try impaired(0, desired: 3, wait: 0)
      try world.apply(.terminateInstances([world.id(0)]))
      return "\(try world.pass().launches.count)"
    },
  ]
}
