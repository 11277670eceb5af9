import AWSObjects
import EC2AutoScaling
import Testing

@Suite struct ZoneBalanceTests {
  private func zones(_ letters: String) -> [AvailabilityZone] {
    letters.map { AvailabilityZone("us-east-1\($0)") }
  }

  @Test(
    "Launches go where there are fewest, all such zones in the group's order",
    arguments: [
      ("abc", "", "abc"), ("abc", "a", "bc"), ("abc", "abc", "abc"), ("abc", "aab", "c"),
      ("cab", "b", "ca"), ("ab", "ccc", "ab"), ("", "a", ""),
    ])
  func launchesWhereFewest(enabled: String, members: String, expected: String) {
    #expect(ZoneBalance.emptiest(zones(enabled), holding: zones(members)) == zones(expected))
  }

  @Test(
    "Victims come from where there are most, of the zones that have a candidate",
    arguments: [
      ("aab", "aab", "a"), ("aabb", "ab", "ab"), ("aaab", "b", "b"), ("abc", "abc", "abc"),
      ("aab", "", ""), ("aaccb", "cb", "c"),
    ])
  func shrinksWhereMost(members: String, candidates: String, expected: String) {
    #expect(
      ZoneBalance.fullest(holding: zones(members), candidates: zones(candidates))
        == zones(expected))
  }
}
