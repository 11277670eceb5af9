import AWSObjects
import EC2AutoScaling
import TimeUnits

extension GroupRulesTests {
  static func hooked(
    _ transition: LifecycleHook.Transition, result: LifecycleHook.Result = .abandon,
    hooks: Int = 1
  ) throws -> CloudFixture {
    var group = CloudFixture.group(desired: 1, max: 2)
    group.lifecycleHooks = (0..<hooks).map { number in
      var hook = LifecycleHook(name: "hook\(number)", transition: transition)
      hook.defaultResult = result
      return hook
    }
    var world = try CloudFixture(group)
    try world.pass()
    try world.settle()
    return world
  }

  static func complete(_ result: LifecycleHook.Result, _ number: Int = 0) -> CloudMutation {
    let id = InstanceID(UInt32(0))
    return .completeLifecycleAction(
      group: "workers", hook: "hook\(number)", instance: "\(id)", result)
  }

  static let hookRules: [Rule] = [
    Rule(
      "A launching hook holds an instance in Pending:Wait", "guide lifecycle-hooks",
      "1 Pending:Wait; MidLifecycleAction"
    ) {
      let world = try hooked(.launching)
      return "\(world.lives); \(world.cloud.activities[0].status.rawValue)"
    },
    Rule(
      "CONTINUE brings a launching instance into service", "guide lifecycle-hooks",
      "1 InService; Successful"
    ) {
      var world = try hooked(.launching)
      try world.apply(complete(.proceed))
      return "\(world.lives); \(world.cloud.activities[0].status.rawValue)"
    },
    Rule(
      "ABANDON terminates a launching instance, and the group replaces it",
      "guide lifecycle-hooks", "1 Pending, 1 Terminating"
    ) {
      var world = try hooked(.launching)
      try world.apply(complete(.abandon))
      try world.pass()
      return world.lives
    },
    Rule(
      "Without an answer the default result holds after 3600 s", "guide lifecycle-hooks",
      "1 Pending:Wait, then 1 Terminating"
    ) {
      var world = try hooked(.launching)
      let id = world.cloud.instances[0].id
      world.advance(3_539)
      try world.apply(.lifecycleHookExpired(id, hook: "hook0"))
      let before = world.lives
      world.advance(61)
      try world.apply(.lifecycleHookExpired(id, hook: "hook0"))
      return "\(before), then \(world.lives)"
    },
    Rule(
      "A heartbeat begins the timeout anew", "guide lifecycle-hooks", "1 Pending:Wait"
    ) {
      var world = try hooked(.launching)
      let id = world.cloud.instances[0].id
      world.advance(3_000)
      try world.apply(
        .recordLifecycleActionHeartbeat(group: "workers", hook: "hook0", instance: "\(id)"))
      world.advance(3_000)
      try world.apply(.lifecycleHookExpired(id, hook: "hook0"))
      return world.lives
    },
    Rule(
      "All heartbeats together last 48 h or 100 timeouts, whichever is smaller",
      "guide lifecycle-hooks, global timeout", "172800 s and 3000 s"
    ) {
      var short = LifecycleHook(name: "short", transition: .launching)
      short.heartbeatTimeout = .seconds(30)
      let usual = LifecycleHook(name: "usual", transition: .launching)
      return "\(usual.globalTimeout.components.seconds) s and "
        + "\(short.globalTimeout.components.seconds) s"
    },
    Rule(
      "With several launching hooks an instance waits for all", "guide lifecycle-hooks",
      "1 Pending:Wait, then 1 InService"
    ) {
      var world = try hooked(.launching, hooks: 2)
      try world.apply(complete(.proceed, 1))
      let first = world.lives
      try world.apply(complete(.proceed, 0))
      return "\(first), then \(world.lives)"
    },
    Rule(
      "A terminating hook keeps the instance running in Terminating:Wait",
      "guide lifecycle-hooks", "1 Terminating:Wait, running"
    ) {
      var world = try hooked(.terminating)
      try world.apply(.setDesiredCapacity(group: "workers", desired: 0))
      try world.pass()
      return "\(world.lives), \(world.cloud.instances[0].state.rawValue)"
    },
    Rule(
      "Either result of a terminating hook terminates", "guide lifecycle-hooks",
      "ABANDON shutting-down, CONTINUE shutting-down"
    ) {
      try [LifecycleHook.Result.abandon, .proceed].map { result in
        var world = try hooked(.terminating)
        try world.apply(.setDesiredCapacity(group: "workers", desired: 0))
        try world.pass()
        try world.apply(complete(result))
        return "\(result.rawValue) \(world.cloud.instances[0].state.rawValue)"
      }.joined(separator: ", ")
    },
    Rule(
      "An instance that waits is billed", "guide lifecycle-hooks; ec2 lifecycle", "1000 s"
    ) {
      var world = try hooked(.launching)
      world.advance(1_000)
      return "\(world.cloud.instances[0].billedSeconds(at: world.now)) s"
    },
  ]

  static let standbyRules: [Rule] = [
    Rule(
      "Standby with a decrement: desired falls, nothing is launched",
      "guide as-enter-exit-standby", "desired 2, 2 InService, 1 Standby"
    ) {
      var world = try CloudFixture.settled()
      try world.apply(
        .enterStandby(group: "workers", instances: [world.id(0)], decrementDesired: true))
      try world.pass()
      return "desired \(world.group.desiredCapacity), \(world.lives)"
    },
    Rule(
      "Standby without a decrement: the group launches in its place",
      "guide as-enter-exit-standby", "desired 3, 1 Pending, 2 InService, 1 Standby"
    ) {
      var world = try CloudFixture.settled()
      try world.apply(
        .enterStandby(group: "workers", instances: [world.id(0)], decrementDesired: false))
      try world.pass()
      return "desired \(world.group.desiredCapacity), \(world.lives)"
    },
    Rule(
      "Nothing checks the health of an instance in standby", "guide as-enter-exit-standby", "0"
    ) {
      var world = try CloudFixture.settled()
      try world.apply(
        .enterStandby(group: "workers", instances: [world.id(0)], decrementDesired: true))
      try world.apply(.stopInstances([world.id(0)]))
      return "\(try world.pass().replacements.count)"
    },
    Rule(
      "Back from standby desired rises again", "guide as-enter-exit-standby",
      "desired 3, 3 InService"
    ) {
      var world = try CloudFixture.settled()
      try world.apply(
        .enterStandby(group: "workers", instances: [world.id(0)], decrementDesired: true))
      try world.apply(.exitStandby(group: "workers", instances: [world.id(0)]))
      try world.pass()
      return "desired \(world.group.desiredCapacity), \(world.lives)"
    },
    Rule(
      "Standby that would take desired below min is refused", "guide as-enter-exit-standby",
      "refused"
    ) {
      var world = try CloudFixture.settled(CloudFixture.group(min: 3))
      let refusal = world.refusal(
        .enterStandby(group: "workers", instances: [world.id(0)], decrementDesired: true))
      return refusal == nil ? "accepted" : "refused"
    },
    Rule(
      "A detached instance runs on outside, and is replaced without a decrement",
      "guide detach-instance-asg", "running, 1 Pending, 2 InService"
    ) {
      var world = try CloudFixture.settled()
      try world.apply(
        .detachInstances(group: "workers", instances: [world.id(0)], decrementDesired: false))
      try world.pass()
      return "\(world.cloud.instances[0].state.rawValue), \(world.lives)"
    },
  ]

  static func warm(
    _ change: (inout WarmPool) -> Void = { _ in }, desired: Int = 2, max: Int = 5
  ) throws -> CloudFixture {
    var group = CloudFixture.group(desired: desired, max: max)
    var pool = WarmPool()
    change(&pool)
    group.warmPool = pool
    var world = try CloudFixture.settled(group)
    try world.apply(.carryOutWarmPool(group: "workers", WarmPools.decide(world.group)))
    try world.settle()
    try world.settle()
    return world
  }

  static let warmPoolRules: [Rule] = [
    Rule(
      "The pool holds max less desired, stopped", "guide ec2-auto-scaling-warm-pools",
      "2 InService, 3 Warmed:Stopped"
    ) { try warm().lives },
    Rule(
      "With a maximum prepared capacity it holds that less desired",
      "guide ec2-auto-scaling-warm-pools", "2 InService, 2 Warmed:Stopped"
    ) { try warm { $0.maxGroupPreparedCapacity = 4 }.lives },
    Rule(
      "It never holds less than its minimum", "guide ec2-auto-scaling-warm-pools", "4"
    ) {
      var group = CloudFixture.group(desired: 5, max: 5)
      group.warmPool = WarmPool()
      group.warmPool?.minSize = 4
      return "\(WarmPools.desiredSize(of: group))"
    },
    Rule(
      "A growing group takes from the pool first", "guide ec2-auto-scaling-warm-pools",
      "started 1, launched 0"
    ) {
      var world = try warm()
      try world.apply(.setDesiredCapacity(group: "workers", desired: 3))
      let decision = try world.pass()
      return "started \(decision.warmStarts.count), launched \(decision.launches.count)"
    },
    Rule(
      "What the pool lacks is launched", "guide ec2-auto-scaling-warm-pools",
      "started 2, launched 1"
    ) {
      var world = try warm { $0.maxGroupPreparedCapacity = 4 }
      try world.apply(.setDesiredCapacity(group: "workers", desired: 5))
      let decision = try world.pass()
      return "started \(decision.warmStarts.count), launched \(decision.launches.count)"
    },
    Rule(
      "A stopped instance of the pool costs nothing to keep", "guide ec2-auto-scaling-warm-pools",
      "true"
    ) {
      var world = try warm()
      let last = world.cloud.instances.count - 1
      let billed = world.cloud.instances[last].billedSeconds(at: world.now)
      world.advance(10_000)
      return "\(world.cloud.instances[last].billedSeconds(at: world.now) == billed)"
    },
    Rule(
      "In a Running pool instances go on running", "guide ec2-auto-scaling-warm-pools",
      "2 InService, 3 Warmed:Running"
    ) { try warm { $0.poolState = .running }.lives },
    Rule(
      "Scaling in terminates unless there is a reuse policy",
      "guide ec2-auto-scaling-warm-pools", "terminated: 1, reused: 0"
    ) {
      try [false, true].map { reuse in
        var world = try warm { $0.reuseOnScaleIn = reuse }
        try world.apply(.setDesiredCapacity(group: "workers", desired: 1))
        try world.pass()
        let gone = world.count(.terminating)
        return "\(reuse ? "reused" : "terminated"): \(gone)"
      }.joined(separator: ", ")
    },
    Rule(
      "A group with mixed instances cannot have a warm pool",
      "guide ec2-auto-scaling-warm-pools, limitations", "refused"
    ) {
      var group = CloudFixture.group()
      group.name = "other"
      group.warmPool = WarmPool()
      group.mixedInstancesPolicy = MixedInstancesPolicy(instanceTypes: ["m5.large"])
      var world = try CloudFixture()
      return world.refusal(.createAutoScalingGroup(group)) == nil ? "accepted" : "refused"
    },
  ]
}
