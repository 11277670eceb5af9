import AWSObjects
import EC2AutoScaling
import Testing
import TimeUnits

/// The rules of EC2 Auto Scaling that change what a cluster gets, one row a rule: the sentence, its
/// source, what is expected, and the world in which it is seen.
///
/// `guide` is the Auto Scaling user guide of 2023-06 (awsdocs/amazon-ec2-auto-scaling-user-guide
/// 6c46a78), `ec2` the EC2 user guide of the same time.
@Suite struct GroupRulesTests {
  struct Rule: Sendable, CustomTestStringConvertible {
    var sentence: String
    var source: String
    var expected: String
    var observe: @Sendable () throws -> String

    init(
      _ sentence: String, _ source: String, _ expected: String,
      _ observe: @escaping @Sendable () throws -> String
    ) {
      self.sentence = sentence
      self.source = source
      self.expected = expected
      self.observe = observe
    }

    var testDescription: String { "\(sentence) [\(source)]" }
  }

  static let rules: [Rule] =
    capacityRules + healthRules + zoneRules + terminationRules + processRules + refusalRules
    + mixedRules + hookRules + standbyRules + warmPoolRules + policyRules + spotRules

  @Test("A rule of the service", arguments: rules)
  func holds(rule: Rule) throws {
    #expect(try rule.observe() == rule.expected)
  }

  @Test("Every rule names its source, and none is there twice")
  func sources() {
    #expect(Self.rules.allSatisfy { !$0.source.isEmpty })
    #expect(Set(Self.rules.map(\.sentence)).count == Self.rules.count)
  }
}

extension CloudFixture {
  /// `2 InService, 1 Pending`, in the order of a life.
  var lives: String {
    LifecycleState.allCases.compactMap { state in
      count(state) == 0 ? nil : "\(count(state)) \(state.rawValue)"
    }.joined(separator: ", ")
  }

  /// Members by zone, in the group's order: `2/1/1`.
  var spread: String {
    group.zones.map { zone in
      "\(group.members.count { $0.zone == zone && $0.lifecycle.counts })"
    }.joined(separator: "/")
  }

  func id(_ number: Int) -> String { "\(cloud.instances[number].id)" }

  /// One pass that remembers, as the running service does.
  @discardableResult
  mutating func pass(checkingHealth: Bool = true) throws -> GroupDecision {
    let decision = GroupReconciler.decide(
      group, instances: cloud.instances, at: now, checkingHealth: checkingHealth,
      memory: cloud.memories[0], market: cloud.market, parameters: cloud.parameters)
    try apply(.carryOut(decision))
    return decision
  }

  mutating func rebalance() throws -> GroupDecision {
    let decision = ZoneRebalance.decide(
      group, instances: cloud.instances, at: now, memory: cloud.memories[0])
    try apply(.carryOut(decision))
    return decision
  }
}
