import Testing

/// That every case is tried or said not to apply.
@Suite("Upstream: all cases")
struct AllCasesTests {
  /// What the suites try, area by area.
  private static let tried: [String: [UpstreamCase]] = [
    "drain": UpstreamCase.of("drain"), "expander": UpstreamCase.of("expander"),
    "balance": UpstreamCase.of("balance"), "util": UpstreamCase.of("util"),
    "budget": UpstreamCase.of("budget"), "similar": UpstreamCase.of("similar"),
    "backoff": UpstreamCase.of("backoff"), "equivalence": UpstreamCase.of("equivalence"),
    "scaleup": UpstreamScaleUpTests.tried,
    "estimate": UpstreamEstimateTests.cases + UpstreamCase.of("estimate", "estimate.limiter"),
    "filter": UpstreamCase.of("filter"), "young": UpstreamCase.of("young"),
    "state": UpstreamCase.of("state"), "eligible": UpstreamCase.of("eligible"),
    "planner": UpstreamPlannerTests.placements + UpstreamCase.of("planner", "planner.limit"),
    "unneeded": UpstreamCase.of("unneeded"), "aws": UpstreamAWSTests.tried,
    "loop": UpstreamCase.of("loop"), "era113": UpstreamCase.of("era113"),
  ]

  @Test("each of the 177 is tried once, or is in the table of those that do not apply")
  func all() {
    #expect(UpstreamCase.all.count == 177)
    let tried = Self.tried.values.flatMap { $0 }.map(\.id)
    #expect(Set(tried).count == tried.count)
    let known = Set(UpstreamCase.all.map(\.id))
    #expect(Divergences.ids.isSubset(of: known))
    #expect(Divergences.ids.isDisjoint(with: tried))
    #expect(known.subtracting(tried).subtracting(Divergences.ids).sorted() == [])
  }
}
