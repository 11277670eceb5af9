import AWSObjects
import EC2AutoScaling
import Testing
import TimeUnits

/// The zones of a group's launches and victims, as its decisions show them.
@Suite struct ZoneBalanceTests {
  private func zones(_ letters: String) -> [AvailabilityZone] {
    letters.map { AvailabilityZone("us-east-1\($0)") }
  }

  /// A group whose members are in service in these zones, and the instances they are.
  private func world(
    enabled: String, members: String, protected: String = ""
  ) -> (AutoScalingGroup, [Instance]) {
    var group = CloudFixture.group(zones: zones(enabled))
    var instances: [Instance] = []
    var shielded = zones(protected)
    for (number, zone) in zones(members).enumerated() {
      let id = InstanceID(UInt32(number))
      var instance = Instance(
        id: id, instanceType: "m5.large", zone: zone, launchTime: .zero)
      instance.enter(.running, at: .zero)
      instances.append(instance)
      var member = GroupMember(instance: id, zone: zone, lifecycle: .inService)
      if let index = shielded.firstIndex(of: zone) {
        member.isProtectedFromScaleIn = true
        shielded.remove(at: index)
      }
      group.members.append(member)
    }
    return (group, instances)
  }

  @Test(
    "A launch goes where there are fewest, all such zones in the group's order",
    arguments: [
      ("abc", "", "abc"), ("abc", "a", "bc"), ("abc", "abc", "abc"), ("abc", "aab", "c"),
      ("cab", "b", "ca"), ("ab", "ccc", "ab"),
    ])
  func launchesWhereFewest(enabled: String, members: String, expected: String) {
    var (group, instances) = world(enabled: enabled, members: members)
    group.desiredCapacity = members.count + 1
    let decision = GroupReconciler.decide(group, instances: instances, at: .seconds(60))
    #expect(decision.launches.map(\.equallyGood) == [zones(expected)])
  }

  @Test(
    "A victim comes from where there are most, of the zones that have an unprotected member",
    arguments: [
      ("aab", "", [0, 1]), ("aabb", "", [0, 1, 2, 3]), ("aaab", "aaa", [3]),
      ("abc", "", [0, 1, 2]),
      ("abbca", "a", [1, 2, 4]), ("ccab", "", [0, 1]), ("ab", "ab", []),
    ])
  func shrinksWhereMost(members: String, protected: String, expected: [UInt32]) {
    var (group, instances) = world(enabled: "ab", members: members, protected: protected)
    group.desiredCapacity = members.count - 1
    let decision = GroupReconciler.decide(group, instances: instances, at: .seconds(60))
    #expect(decision.terminations.first?.equallyGood.map(\.number) ?? [] == expected)
  }
}
