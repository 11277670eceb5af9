import AWSObjects
import EC2AutoScaling
import TimeUnits

extension GroupRulesTests {
  static func division(base: Int, percent: Int) -> String {
    var policy = MixedInstancesPolicy(instanceTypes: ["m5.large"])
    policy.onDemandBaseCapacity = base
    policy.onDemandPercentageAboveBaseCapacity = percent
    return [10, 20, 30, 40].map {
      "\(PurchaseOptions.onDemandCapacity(of: policy, total: $0))"
    }.joined(separator: " ")
  }

  /// Three pools of one zone: `cheap` is shallow, `deep` dear, `middle` both in between.
  static func chosen(
    _ strategy: MixedInstancesPolicy.SpotAllocationStrategy, launches: Int = 1, pools: Int = 2
  ) throws -> String {
    var policy = MixedInstancesPolicy(instanceTypes: ["deep", "cheap", "middle"])
    policy.onDemandPercentageAboveBaseCapacity = 0
    policy.spotAllocationStrategy = strategy
    policy.spotInstancePools = pools
    var group = CloudFixture.group(
      desired: launches, max: 9, zones: [CloudFixture.zones[0]])
    group.mixedInstancesPolicy = policy
    var world = try CloudFixture(group)
    for (type, price, depth) in [("cheap", 0.01, 1.0), ("middle", 0.02, 6), ("deep", 0.03, 10)] {
      let pool = CapacityPool(
        instanceType: type, zone: CloudFixture.zones[0], purchaseOption: .spot)
      world.cloud.market.spot[pool] = .init(usdPerHour: price, depth: depth)
    }
    return try world.pass().launches.map(\.pool.instanceType).joined(separator: " ")
  }

  static let mixedRules: [Rule] = [
    Rule(
      "Base 10 and half of the rest on demand", "guide mixed-instances-groups, example 1",
      "10 15 20 25"
    ) { division(base: 10, percent: 50) },
    Rule(
      "Base 0 and nothing on demand above it", "guide mixed-instances-groups, example 2",
      "0 0 0 0"
    ) { division(base: 0, percent: 0) },
    Rule(
      "60 percent on demand", "guide mixed-instances-groups, example 3", "6 12 18 24"
    ) { division(base: 0, percent: 60) },
    Rule(
      "A base of 12 is filled first", "guide mixed-instances-groups, example 5", "10 12 12 12"
    ) { division(base: 12, percent: 0) },
    Rule(
      "A fraction is rounded up in favor of on demand", "guide mixed-instances-groups", "3"
    ) {
      var policy = MixedInstancesPolicy(instanceTypes: ["m5.large"])
      policy.onDemandPercentageAboveBaseCapacity = 50
      return "\(PurchaseOptions.onDemandCapacity(of: policy, total: 5))"
    },
    Rule(
      "Launches keep to the division one by one", "guide mixed-instances-groups",
      "on-demand on-demand spot on-demand spot"
    ) {
      var group = CloudFixture.group(desired: 5, max: 5)
      var policy = MixedInstancesPolicy(instanceTypes: ["m5.large"])
      policy.onDemandBaseCapacity = 1
      policy.onDemandPercentageAboveBaseCapacity = 50
      group.mixedInstancesPolicy = policy
      var world = try CloudFixture(group)
      return try world.pass().launches.map(\.pool.purchaseOption.rawValue)
        .joined(separator: " ")
    },
    Rule(
      "On demand, prioritized: the first type of the list", "guide mixed-instances-groups",
      "c5.large"
    ) {
      var group = CloudFixture.group(desired: 1)
      group.mixedInstancesPolicy = MixedInstancesPolicy(instanceTypes: ["c5.large", "m5.large"])
      var world = try CloudFixture(group)
      world.cloud.market.onDemandUSDPerHour = ["c5.large": 2, "m5.large": 1]
      return try world.pass().launches[0].pool.instanceType
    },
    Rule(
      "On demand, lowest-price: the cheapest type", "guide mixed-instances-groups", "m5.large"
    ) {
      var group = CloudFixture.group(desired: 1)
      var policy = MixedInstancesPolicy(instanceTypes: ["c5.large", "m5.large"])
      policy.onDemandAllocationStrategy = .lowestPrice
      group.mixedInstancesPolicy = policy
      var world = try CloudFixture(group)
      world.cloud.market.onDemandUSDPerHour = ["c5.large": 2, "m5.large": 1]
      return try world.pass().launches[0].pool.instanceType
    },
    Rule(
      "On demand, prioritized: a refused type gives way to the next of the list",
      "guide mixed-instances-groups, on-demand", "c5.large refused, m5.large"
    ) {
      var group = CloudFixture.group(desired: 1, zones: [CloudFixture.zones[0]])
      group.mixedInstancesPolicy = MixedInstancesPolicy(instanceTypes: ["c5.large", "m5.large"])
      var world = try CloudFixture(group)
      world.cloud.limits.shortages = [CapacityShortage(instanceType: "c5.large")]
      let first = try world.pass().launches[0].pool.instanceType
      return "\(first) refused, \(try world.pass().launches[0].pool.instanceType)"
    },
    Rule(
      "Spot, lowest-price: spread over the N cheapest pools", "guide mixed-instances-groups",
      "cheap middle cheap middle"
    ) { try chosen(.lowestPrice, launches: 4) },
    Rule(
      "Spot, capacity-optimized: the deepest pool", "guide mixed-instances-groups", "deep"
    ) { try chosen(.capacityOptimized) },
    Rule(
      "Spot, capacity-optimized-prioritized: the first of the list among the deep pools",
      "guide mixed-instances-groups; how deep is assumed", "deep"
    ) { try chosen(.capacityOptimizedPrioritized) },
    Rule(
      "Spot, price-capacity-optimized: the cheapest of the deep pools",
      "guide mixed-instances-groups; how deep is assumed", "middle"
    ) { try chosen(.priceCapacityOptimized) },
  ]

  static let spotRules: [Rule] = [
    Rule(
      "A spot price above the maximum keeps the instance from being launched",
      "guide mixed-instances-groups, maximum price", "SpotMaxPriceTooLow, 0 members"
    ) {
      var group = CloudFixture.group(desired: 1)
      var policy = MixedInstancesPolicy(instanceTypes: ["m5.large"])
      policy.onDemandPercentageAboveBaseCapacity = 0
      policy.spotMaxPrice = 0.01
      group.mixedInstancesPolicy = policy
      var world = try CloudFixture(group)
      for zone in CloudFixture.zones {
        let pool = CapacityPool(instanceType: "m5.large", zone: zone, purchaseOption: .spot)
        world.cloud.market.spot[pool] = .init(usdPerHour: 0.03, depth: 1)
      }
      try world.pass()
      return "\(world.cloud.activities[0].errorCode ?? ""), \(world.group.members.count) members"
    },
    Rule(
      "Two minutes pass between the notice and the end", "ec2 spot-instance-termination-notices",
      "running at 119 s, shutting-down at 120 s"
    ) {
      var world = try spotWorld()
      let id = world.cloud.instances[0].id
      let end = world.now + world.cloud.parameters.spotInterruptionNotice.value
      try world.apply(.spotInterruptionNotice(id, at: end))
      world.advance(119)
      try world.apply(.spotInterrupted(id))
      let before = world.cloud[id].state.rawValue
      world.advance(1)
      try world.apply(.spotInterrupted(id))
      return "\(before) at 119 s, \(world.cloud[id].state.rawValue) at 120 s"
    },
    Rule(
      "An interrupted instance is replaced when its health check fails, protected or not",
      "guide ec2-auto-scaling-capacity-rebalancing", "0 at the notice, 1 after the end"
    ) {
      var world = try spotWorld(protected: true)
      let id = world.cloud.instances[0].id
      try world.apply(.spotInterruptionNotice(id, at: world.now + .seconds(120)))
      let early = try world.pass().replacements.count
      world.advance(120)
      try world.apply(.spotInterrupted(id))
      return "\(early) at the notice, \(try world.pass().replacements.count) after the end"
    },
    Rule(
      "With Capacity Rebalancing the group launches at the notice and takes the old one out when the "
        + "new one is in service", "guide ec2-auto-scaling-capacity-rebalancing",
      "1 Pending, 3 InService, then 3 InService, 1 Terminating"
    ) {
      var world = try spotWorld(rebalancing: true)
      let id = world.cloud.instances[0].id
      try world.apply(.spotInterruptionNotice(id, at: world.now + .seconds(120)))
      try world.pass()
      let first = world.lives
      try world.settle()
      try world.pass()
      return "\(first), then \(world.lives)"
    },
    Rule(
      "EC2 does not interrupt what is bought on demand", "ec2 using-spot-instances", "running"
    ) {
      var world = try CloudFixture.settled()
      let id = world.cloud.instances[0].id
      try world.apply(.spotInterruptionNotice(id, at: world.now))
      try world.apply(.spotInterrupted(id))
      return world.cloud[id].state.rawValue
    },
  ]

  static func spotWorld(
    protected: Bool = false, rebalancing: Bool = false
  ) throws -> CloudFixture {
    var group = CloudFixture.group()
    var policy = MixedInstancesPolicy(instanceTypes: ["m5.large"])
    policy.onDemandPercentageAboveBaseCapacity = 0
    group.mixedInstancesPolicy = policy
    group.newInstancesProtected = protected
    group.capacityRebalance = rebalancing
    return try CloudFixture.settled(group)
  }
}
