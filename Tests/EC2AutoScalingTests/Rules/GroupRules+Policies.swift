import AWSObjects
import EC2AutoScaling
import TimeUnits

extension GroupRulesTests {
  static func stepPolicy(
    _ comparison: ScalingAlarm.Comparison, _ threshold: Double,
    _ steps: [(Double?, Double?, Int)]
  ) -> StepScaling {
    StepScaling(
      alarm: ScalingAlarm(
        metric: .averageCPUUtilization, comparison: comparison, threshold: threshold),
      adjustmentType: .percentChangeInCapacity,
      steps: steps.map {
        StepScaling.Step(lowerBound: $0.0, upperBound: $0.1, scalingAdjustment: $0.2)
      })
  }

  static let out = stepPolicy(
    .greaterThanOrEqual, 50, [(0, 10, 0), (10, 20, 10), (20, nil, 30)])
  static let inward = stepPolicy(
    .lessThanOrEqual, 50, [(-10, 0, 0), (-20, -10, -10), (nil, -20, -30)])

  /// What a policy wants after each point, the held ones left out.
  static func track(
    _ points: [Double?], desired: Int = 4, disableScaleIn: Bool = false
  ) -> String {
    var policy = TargetTracking(metric: .averageCPUUtilization, targetValue: 50)
    policy.disableScaleIn = disableScaleIn
    var memory = TargetTrackingMemory()
    return points.enumerated().compactMap { index, point in
      switch TargetTrackingRule.decide(
        point, policy, measured: desired, desired: desired, memory: &memory)
      {
      case .scaleOut(let capacity): "\(index + 1): out to \(capacity)"
      case .scaleIn(let capacity): "\(index + 1): in to \(capacity)"
      case .hold, .insufficientData: nil
      }
    }.joined(separator: ", ")
  }

  static let policyRules: [Rule] = [
    Rule(
      "SetDesiredCapacity ignores the cooldown unless it is told to honor it",
      "guide ec2-auto-scaling-scaling-cooldowns", "honoring: refused, plain: accepted"
    ) {
      var world = try CloudFixture.settled()
      let honoring = world.refusal(
        .setDesiredCapacity(group: "workers", desired: 4, honorCooldown: true))
      let plain = world.refusal(.setDesiredCapacity(group: "workers", desired: 4))
      return "honoring: \(honoring == nil ? "accepted" : "refused"), "
        + "plain: \(plain == nil ? "accepted" : "refused")"
    },
    Rule(
      "The default cooldown is 300 s from the end of the activity",
      "guide ec2-auto-scaling-scaling-cooldowns", "299 s: refused, 300 s: accepted"
    ) {
      var world = try CloudFixture.settled()
      world.advance(299)
      let call = CloudMutation.setDesiredCapacity(
        group: "workers", desired: 4, honorCooldown: true)
      let early = world.refusal(call) == nil ? "accepted" : "refused"
      world.advance(1)
      return "299 s: \(early), 300 s: \(world.refusal(call) == nil ? "accepted" : "refused")"
    },
    Rule(
      "Above the threshold a step's lower bound belongs to it, its upper one does not",
      "guide as-scaling-simple-step", "59.9: 0, 60.0: 10, 70.0: 30"
    ) {
      [59.9, 60, 70].map { metric in
        "\(metric): \(StepScalingRule.step(for: metric, out)?.scalingAdjustment ?? -1)"
      }.joined(separator: ", ")
    },
    Rule(
      "Below the threshold it is the other way about", "guide as-scaling-simple-step",
      "40.1: 0, 40.0: -10, 30.0: -30"
    ) {
      [40.1, 40, 30].map { metric in
        "\(metric): \(StepScalingRule.step(for: metric, inward)?.scalingAdjustment ?? 1)"
      }.joined(separator: ", ")
    },
    Rule(
      "The guide's example: 10, at 60 to 11, at 70 to 14, at 40 to 13, at 30 to 10",
      "guide as-scaling-simple-step", "11 14 13 10"
    ) {
      var desired = 10
      return [(60.0, out), (70, out), (40, inward), (30, inward)].map { metric, policy in
        desired =
          StepScalingRule.desiredCapacity(for: metric, policy, desired: desired, warming: 0)
          ?? desired
        return "\(desired)"
      }.joined(separator: " ")
    },
    Rule(
      "Percentages: 12.7 is 12, .67 is 1, -.58 is -1, -6.67 is -6",
      "guide as-scaling-simple-step, adjustment types", "12 1 -1 -6"
    ) {
      [(127, 10), (67, 1), (-58, 1), (-67, 10)].map { percent, capacity in
        let target = CapacityAdjustment.apply(
          percent, .percentChangeInCapacity, to: capacity)
        return "\(target - capacity)"
      }.joined(separator: " ")
    },
    Rule(
      "MinAdjustmentMagnitude: 25 percent of 4 becomes 2", "guide as-scaling-simple-step", "6"
    ) {
      "\(CapacityAdjustment.apply(25, .percentChangeInCapacity, to: 4, minMagnitude: 2))"
    },
    Rule(
      "ChangeInCapacity adds, ExactCapacity sets", "guide as-scaling-simple-step", "8 5"
    ) {
      "\(CapacityAdjustment.apply(5, .changeInCapacity, to: 3)) "
        + "\(CapacityAdjustment.apply(5, .exactCapacity, to: 3))"
    },
    Rule(
      "What is warming up counts: a larger step adds only what is beyond it",
      "guide as-scaling-simple-step, instance warm-up", "13"
    ) {
      "\(StepScalingRule.desiredCapacity(for: 70, out, desired: 11, warming: 1) ?? 0)"
    },
    Rule(
      "Nothing is taken away while instances warm up",
      "guide as-scaling-simple-step, instance warm-up", "hold"
    ) {
      StepScalingRule.desiredCapacity(for: 30, inward, desired: 11, warming: 1)
        .map { "\($0)" } ?? "hold"
    },
    Rule(
      "Step adjustments may not overlap or have a gap", "guide as-scaling-simple-step",
      "the ranges of the step adjustments have a gap; the ranges of the step adjustments overlap"
    ) {
      let gap = stepPolicy(.greaterThan, 50, [(0, 10, 1), (20, nil, 2)]).steps
      let overlap = stepPolicy(.greaterThan, 50, [(0, 10, 1), (5, nil, 2)]).steps
      return (StepScalingRule.problems(in: gap) + StepScalingRule.problems(in: overlap))
        .joined(separator: "; ")
    },
    Rule(
      "A policy with such steps is refused", "API reference PutScalingPolicy",
      "An error occurred (ValidationError) when calling the PutScalingPolicy operation: p: the "
        + "ranges of the step adjustments have a gap"
    ) {
      var world = try CloudFixture()
      let gap = stepPolicy(.greaterThan, 50, [(0, 10, 1), (20, nil, 2)])
      return world.refusal(
        .putScalingPolicy(group: "workers", ScalingPolicy(name: "p", kind: .step(gap))))
        ?? "accepted"
    },
    Rule(
      "Target tracking scales out in proportion, rounded up",
      "guide as-scaling-target-tracking; three points are assumed", "3: out to 7"
    ) { track([80, 80, 80]) },
    Rule(
      "Target tracking scales in slowly, after 15 points",
      "guide as-scaling-target-tracking; the number is assumed", "15: in to 2"
    ) { track(Array(repeating: 20, count: 15)) },
    Rule(
      "A missing point begins the count anew", "guide as-scaling-target-tracking", ""
    ) { track([80, 80, nil, 80, 80]) },
    Rule(
      "Scale-in can be disabled", "guide as-scaling-target-tracking", ""
    ) { track(Array(repeating: 20, count: 20), disableScaleIn: true) },
    Rule(
      "Several target tracking policies: out when any wants it",
      "guide as-scaling-target-tracking, multiple policies", "9"
    ) {
      "\(TargetTrackingRule.combine([(.scaleOut(to: 9), true), (.scaleIn(to: 2), true)]) ?? 0)"
    },
    Rule(
      "Several target tracking policies: in only when all agree, to the largest",
      "guide as-scaling-target-tracking, multiple policies", "one holds: nothing, all: 3"
    ) {
      let one = TargetTrackingRule.combine([(.hold, true), (.scaleIn(to: 2), true)])
      let all = TargetTrackingRule.combine([(.scaleIn(to: 3), true), (.scaleIn(to: 2), true)])
      return "one holds: \(one.map { "\($0)" } ?? "nothing"), all: \(all ?? 0)"
    },
    Rule(
      "A simple policy waits for the cooldown, a step policy does not",
      "guide ec2-auto-scaling-scaling-cooldowns", "simple nothing, step 4; later simple 4"
    ) {
      let alarm = ScalingAlarm(
        metric: .averageCPUUtilization, comparison: .greaterThan, threshold: 50)
      func order(_ kind: ScalingPolicy.Kind, after seconds: Int64) throws -> String {
        var group = CloudFixture.group()
        group.scalingPolicies = [ScalingPolicy(name: "policy", kind: kind)]
        var world = try CloudFixture.settled(group)
        world.advance(seconds)
        let order = world.cloud.executePolicies(
          ofGroup: 0, metrics: [.averageCPUUtilization: 90], at: world.now)
        return order.map { "\($0.desired)" } ?? "nothing"
      }
      let simple = ScalingPolicy.Kind.simple(
        SimpleScaling(alarm: alarm, adjustmentType: .changeInCapacity, scalingAdjustment: 1))
      let step = ScalingPolicy.Kind.step(
        StepScaling(
          alarm: alarm, adjustmentType: .changeInCapacity,
          steps: [StepScaling.Step(lowerBound: 0, scalingAdjustment: 1)]))
      return "simple \(try order(simple, after: 10)), step \(try order(step, after: 10)); "
        + "later simple \(try order(simple, after: 300))"
    },
    Rule(
      "AlarmNotification suspended: no policy is called",
      "guide as-suspend-resume-processes, scenario 4", "nothing"
    ) {
      var group = CloudFixture.group()
      group.suspendedProcesses = [.alarmNotification]
      group.scalingPolicies = [ScalingPolicy(name: "out", kind: .step(out))]
      var world = try CloudFixture.settled(group)
      return world.cloud.executePolicies(
        ofGroup: 0, metrics: [.averageCPUUtilization: 90], at: world.now
      ).map { "\($0.desired)" } ?? "nothing"
    },
    Rule(
      "A policy never leaves the bounds", "guide asg-capacity-limits", "desired 4"
    ) {
      var world = try CloudFixture.settled()
      try world.apply(.policyExecuted(group: "workers", policy: "out", desired: 40))
      return "desired \(world.group.desiredCapacity)"
    },
    Rule(
      "The metric leaves out instances that are warming up",
      "guide ec2-auto-scaling-default-instance-warmup", "0 at 10 s, 3 at 60 s"
    ) {
      var group = CloudFixture.group()
      group.defaultInstanceWarmup = .seconds(60)
      var world = try CloudFixture.settled(group)
      world.advance(10)
      let early = InstanceWarmup.measured(world.group, warmup: nil, at: world.now).count
      world.advance(50)
      let late = InstanceWarmup.measured(world.group, warmup: nil, at: world.now).count
      return "\(early) at 10 s, \(late) at 60 s"
    },
    Rule(
      "A scheduled action moves desired between the new bounds",
      "guide ec2-auto-scaling-scheduled-scaling", "6...9, desired 6"
    ) {
      var world = try CloudFixture.settled()
      var action = ScheduledAction(name: "morning", startTime: .zero)
      (action.minSize, action.maxSize) = (6, 9)
      try world.apply(.scheduledActionDue(group: "workers", action: action))
      let group = world.group
      return "\(group.minSize)...\(group.maxSize), desired \(group.desiredCapacity)"
    },
    Rule(
      "ScheduledActions suspended: the action is passed over",
      "guide as-suspend-resume-processes, scenario 9", "desired 3"
    ) {
      var world = try CloudFixture.settled()
      try world.apply(.suspendProcesses(group: "workers", [.scheduledActions]))
      var action = ScheduledAction(name: "night", startTime: .zero)
      action.desiredCapacity = 1
      try world.apply(.scheduledActionDue(group: "workers", action: action))
      return "desired \(world.group.desiredCapacity)"
    },
    Rule(
      "A recurring action comes again and again", "guide ec2-auto-scaling-scheduled-scaling",
      "100 86500 172900"
    ) {
      var action = ScheduledAction(name: "daily", startTime: .seconds(100))
      action.every = .seconds(86_400)
      return [Int64(0), 100, 90_000].map { now in
        let next = ScheduledActions.next(action, after: .seconds(now))
        return "\((next ?? .zero).nanoseconds / 1_000_000_000)"
      }.joined(separator: " ")
    },
  ]
}
