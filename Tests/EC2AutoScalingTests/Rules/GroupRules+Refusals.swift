import AWSObjects
import EC2AutoScaling
import TimeUnits

extension GroupRulesTests {
  static func short(
    of zones: [AvailabilityZone], desired: Int = 1, until: Int64 = 1_000_000
  ) throws -> CloudFixture {
    var world = try CloudFixture(CloudFixture.group(desired: desired))
    world.cloud.limits.shortages = [
      CapacityShortage(instanceType: "m5.large", zones: zones, until: .seconds(until))
    ]
    return world
  }

  /// Passes at each time the group says it will try again, until a number of refusals.
  static func retries(_ count: Int, _ world: inout CloudFixture) throws -> [Int64] {
    var times: [Int64] = []
    for _ in 0..<count {
      try world.pass()
      times.append(world.now.nanoseconds / 1_000_000_000)
      guard let next = world.cloud.nextLaunchAttempt(of: "workers", at: world.now) else { break }
      world.now = next
    }
    return times
  }

  static let processRules: [Rule] = [
    Rule(
      "Launch suspended: ReplaceUnhealthy goes on terminating without replacements",
      "guide as-suspend-resume-processes, scenario 1", "2 InService, 1 Terminating"
    ) {
      var world = try CloudFixture.settled()
      try world.apply(.suspendProcesses(group: "workers", [.launch]))
      try world.apply(.stopInstances([world.id(0)]))
      try world.pass()
      return world.lives
    },
    Rule(
      "Launch resumed: what was terminated meanwhile is replaced",
      "guide as-suspend-resume-processes, scenario 1", "1 Pending, 2 InService"
    ) {
      var world = try CloudFixture.settled()
      try world.apply(.suspendProcesses(group: "workers", [.launch]))
      try world.apply(.stopInstances([world.id(0)]))
      try world.pass()
      try world.settle()
      try world.apply(.resumeProcesses(group: "workers", []))
      try world.pass()
      return world.lives
    },
    Rule(
      "Terminate suspended: ReplaceUnhealthy is inactive",
      "guide as-suspend-resume-processes, scenario 2", "3 InService"
    ) {
      var world = try CloudFixture.settled()
      try world.apply(.suspendProcesses(group: "workers", [.terminate]))
      try world.apply(.stopInstances([world.id(0)]))
      try world.pass()
      return world.lives
    },
    Rule(
      "Terminate suspended: AZRebalance launches all the same",
      "guide as-suspend-resume-processes, scenario 2", "2/2/1, then 2/2/1"
    ) {
      var world = try uneven()
      try world.apply(.suspendProcesses(group: "workers", [.terminate]))
      _ = try world.rebalance()
      let launched = world.spread
      try world.settle()
      try world.pass()
      return "\(launched), then \(world.spread)"
    },
    Rule(
      "HealthCheck suspended: custom health marks still count",
      "guide as-suspend-resume-processes, scenario 6", "EC2 state 0, marked 1"
    ) {
      var world = try CloudFixture.settled()
      try world.apply(.suspendProcesses(group: "workers", [.healthCheck]))
      try world.apply(.stopInstances([world.id(0)]))
      let ec2 = try world.pass().replacements.count
      try world.apply(.setInstanceHealth(instance: world.id(1), healthy: false))
      return "EC2 state \(ec2), marked \(try world.pass().replacements.count)"
    },
    Rule(
      "ReplaceUnhealthy suspended: nothing is replaced until it resumes",
      "guide as-suspend-resume-processes, scenario 8", "0, then 1"
    ) {
      var world = try CloudFixture.settled()
      try world.apply(.suspendProcesses(group: "workers", [.replaceUnhealthy]))
      try world.apply(.stopInstances([world.id(0)]))
      let suspended = try world.pass().replacements.count
      try world.apply(.resumeProcesses(group: "workers", [.replaceUnhealthy]))
      return "\(suspended), then \(try world.pass().replacements.count)"
    },
  ]

  static let refusalRules: [Rule] = [
    Rule(
      "A refused launch is a Failed activity; desired stays above the members",
      "guide ts-as-instancelaunchfailure", "Failed, desired 1, 0 members"
    ) {
      var world = try short(of: CloudFixture.zones)
      try world.pass()
      return "\(world.cloud.activities[0].status.rawValue), desired "
        + "\(world.group.desiredCapacity), \(world.group.members.count) members"
    },
    Rule(
      "A refusal says where there is capacity", "osparc-simcore#3629, 2i2c infrastructure#3334",
      "We currently do not have sufficient m5.large capacity in the Availability Zone you requested "
        + "(us-east-1a). Our system will be working on provisioning additional capacity. You can "
        + "currently get m5.large capacity by not specifying an Availability Zone in your request "
        + "or choosing us-east-1b, us-east-1c. Launching EC2 instance failed."
    ) {
      var world = try short(of: [CloudFixture.zones[0]])
      try world.pass()
      return world.cloud.activities[0].statusMessage ?? ""
    },
    Rule(
      "A group that is refused tries another zone", "guide auto-scaling-benefits", "0/1/0"
    ) {
      var world = try short(of: [CloudFixture.zones[0]])
      _ = try retries(2, &world)
      return world.spread
    },
    Rule(
      "When all zones refuse, the group keeps retrying, with longer and longer pauses",
      "guide ts-as-instancelaunchfailure; the pauses are assumed",
      "[0, 5, 10, 70, 75, 80, 200, 205, 210]"
    ) {
      var world = try short(of: CloudFixture.zones)
      return "\(try retries(9, &world))"
    },
    Rule(
      "When the shortage ends, the group gets its instance", "guide ts-as-instancelaunchfailure",
      "1 Pending"
    ) {
      var world = try short(of: CloudFixture.zones, until: 120)
      _ = try retries(9, &world)
      return world.lives
    },
    Rule(
      "After more than 24 hours of failed launches AWS suspends Launch",
      "guide as-suspend-resume-processes, administrative suspension", "after 24 h: true"
    ) {
      var world = try short(of: CloudFixture.zones)
      try world.pass()
      world.advance(86_400)
      try world.pass()
      guard !world.group.suspends(.launch) else { return "too early" }
      world.advance(601)
      try world.pass()
      return "after 24 h: \(world.group.suspends(.launch))"
    },
    Rule(
      "In 2019 the limit was a number of instances of a type",
      "guide 2018-12 ts-as-instancelaunchfailure; message of 2019",
      "You have requested more instances (3) than your current instance limit of 2 allows for the "
        + "specified instance type. Please visit http://aws.amazon.com/contact-us/ec2-request to "
        + "request an adjustment to this limit. Launching EC2 instance failed."
    ) {
      var world = try CloudFixture()
      world.cloud.limits.quotas.instances["m5.large"] = 2
      try world.pass()
      return world.cloud.activities.last?.statusMessage ?? ""
    },
    Rule(
      "Since then it is a number of vCPUs of a bucket of families",
      "ec2 ec2-on-demand-instances", "2 Pending; VcpuLimitExceeded"
    ) {
      var world = try CloudFixture()
      world.cloud.limits.quotas.onDemandVCPUs[.standard] = 5
      world.cloud.limits.vCPUs["m5.large"] = 2
      try world.pass()
      return "\(world.lives); \(world.cloud.activities.last?.errorCode ?? "")"
    },
    Rule(
      "A throttled Auto Scaling call is refused with Rate exceeded",
      "API reference, common errors",
      "An error occurred (Throttling) when calling the SetDesiredCapacity operation: Rate exceeded"
    ) {
      var api = CloudAPI(limits: [
        APIRateLimit(category: .autoScalingMutating, capacity: 1, refillPerSecond: 0.5)
      ])
      return refusals(2, "SetDesiredCapacity", [0, 0], &api).last ?? ""
    },
    Rule(
      "A bucket fills again at its rate, up to its size", "EC2 API guide ec2-api-throttling",
      "ok ok no ok no ok ok no"
    ) {
      var api = CloudAPI(limits: [
        APIRateLimit(category: .ec2Describe, capacity: 2, refillPerSecond: 1)
      ])
      return refusals(8, "DescribeInstances", [0, 0, 0, 1, 1, 9, 9, 9], &api)
        .map { $0.isEmpty ? "ok" : "no" }.joined(separator: " ")
    },
  ]

  private static func refusals(
    _ count: Int, _ action: String, _ seconds: [Int64], _ api: inout CloudAPI
  ) -> [String] {
    seconds.prefix(count).map { second in
      do throws(AWSError) {
        try api.admit(action, at: .seconds(second))
        return ""
      } catch {
        return error.description
      }
    }
  }
}
