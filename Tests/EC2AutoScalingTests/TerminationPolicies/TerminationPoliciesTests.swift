import AWSObjects
import EC2AutoScaling
import Testing
import TimeUnits

/// Each rule of the Auto Scaling user guide (2023-06), `ec2-auto-scaling-termination-policies.md`.
@Suite struct TerminationPoliciesTests {
  struct Rule: Sendable, CustomTestStringConvertible {
    var policy: String
    var candidates: [TerminationCandidate]
    var best: [UInt32]
    var testDescription: String

    init(_ text: String, _ policy: String, _ candidates: [TerminationCandidate], _ best: [UInt32]) {
      testDescription = text
      self.policy = policy
      self.candidates = candidates
      self.best = best
    }
  }

  static let now = SimulationTime.seconds(10_000)

  static func candidate(
    _ number: UInt32, launched: Int64 = 0, _ kind: LaunchSource.Kind = .template,
    _ generation: Int = 1
  ) -> TerminationCandidate {
    TerminationCandidate(
      instance: InstanceID(number), zone: AvailabilityZone("us-east-1a"),
      launchSource: LaunchSource(kind: kind, generation: generation),
      launchTime: .seconds(launched))
  }

  static let rules: [Rule] = [
    Rule(
      "Default: launch configurations go before templates", "Default",
      [candidate(0), candidate(1, .configuration, 9), candidate(2)], [1]),
    Rule(
      "Default: the oldest template version goes first", "Default",
      [candidate(0, .template, 3), candidate(1, .template, 2), candidate(2, .template, 2)], [1, 2]),
    Rule(
      "Default: of the oldest, the one closest to its next billing hour", "Default",
      // Ages of 3 599 s, 3 601 s and 7 100 s leave 1 s, 3 599 s and 100 s of their hours.
      [
        candidate(0, launched: 6_401), candidate(1, launched: 6_399), candidate(2, launched: 2_900),
      ], [0]),
    Rule(
      "Default: age alone does not matter", "Default",
      [candidate(0, launched: 0), candidate(1, launched: 3_600), candidate(2, launched: 7_200)],
      [0, 1, 2]),
    Rule(
      "OldestInstance", "OldestInstance",
      [candidate(0, launched: 5), candidate(1, launched: 3), candidate(2, launched: 3)], [1, 2]),
    Rule(
      "NewestInstance", "NewestInstance",
      [candidate(0, launched: 5), candidate(1, launched: 3)], [0]),
    Rule(
      "OldestLaunchConfiguration passes over templates", "OldestLaunchConfiguration",
      [candidate(0), candidate(1, .configuration, 2), candidate(2, .configuration, 1)], [2]),
    Rule(
      "OldestLaunchConfiguration leaves a group without configurations as it is",
      "OldestLaunchConfiguration", [candidate(0, .template, 2), candidate(1)], [0, 1]),
    Rule(
      "OldestLaunchTemplate takes configurations first", "OldestLaunchTemplate",
      [candidate(0, .template, 1), candidate(1, .configuration, 7)], [1]),
    Rule(
      "ClosestToNextInstanceHour counts whole seconds", "ClosestToNextInstanceHour",
      [candidate(0, launched: 9_999), candidate(1, launched: 6_401)], [1]),
  ]

  @Test("Each policy keeps all that it likes best", arguments: rules)
  func narrows(rule: Rule) throws {
    let policy = try #require(TerminationPolicies.named(rule.policy))
    #expect(
      policy.narrow(rule.candidates, at: Self.now).map(\.instance.number) == rule.best)
  }

  @Test("No policy chooses from nothing, and none ever returns nothing of something")
  func keepsAtLeastOne() {
    for policy in TerminationPolicies.all {
      #expect(policy.narrow([], at: Self.now).isEmpty)
      for rule in Self.rules {
        #expect(!policy.narrow(rule.candidates, at: Self.now).isEmpty)
      }
    }
  }

  @Test("A group's policies are tried in turn, and the decision says which ones narrowed")
  func triesInTurn() throws {
    var group = CloudFixture.group(desired: 0, max: 4, zones: [CloudFixture.zones[0]])
    group.terminationPolicies = ["OldestLaunchConfiguration", "NewestInstance"]
    var fixture = try CloudFixture(group)
    for desired in 1...3 {
      try fixture.apply(.setDesiredCapacity(group: "workers", desired: desired))
      try fixture.reconcile()
      try fixture.settle()
    }
    try fixture.apply(.setDesiredCapacity(group: "workers", desired: 2))
    let decision = try fixture.reconcile()
    #expect(decision.terminations.map(\.instance.number) == [2])
    #expect(decision.terminations.map(\.narrowedBy) == [["NewestInstance"]])
  }
}
