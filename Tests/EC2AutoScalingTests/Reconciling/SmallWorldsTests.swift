import AWSObjects
import EC2AutoScaling
import Testing
import TimeUnits

/// Every small group, every way its instances can be, every new capacity.
@Suite struct SmallWorldsTests {
  /// What has become of a member that was in service.
  private enum Fate: CaseIterable {
    case fine, stopped, terminated, markedUnhealthy, protected
  }

  private func bring(_ fates: [Fate], to fixture: inout CloudFixture) throws {
    for (index, fate) in fates.enumerated() {
      let id = "\(fixture.cloud.instances[index].id)"
      switch fate {
      case .fine, .protected: continue
      case .stopped: try fixture.apply(.stopInstances([id]))
      case .terminated: try fixture.apply(.terminateInstances([id]))
      case .markedUnhealthy:
        try fixture.apply(.setInstanceHealth(instance: id, healthy: false))
      }
    }
  }

  private func everyFate(_ count: Int) -> [[Fate]] {
    (0..<count).reduce([[]]) { lists, _ in
      lists.flatMap { list in Fate.allCases.map { list + [$0] } }
    }
  }

  @Test("From every small world the group gets to its desired capacity and stays within bounds")
  func converges() throws {
    var worlds = 0
    for zoneCount in 1...3 {
      for size in 0...3 {
        for desired in 0...4 {
          for fates in everyFate(size) {
            worlds += 1
            try check(zoneCount, size, desired, fates)
          }
        }
      }
    }
    #expect(worlds == 3 * 5 * (1 + 5 + 25 + 125))
  }

  private func check(_ zoneCount: Int, _ size: Int, _ desired: Int, _ fates: [Fate]) throws {
    var group = CloudFixture.group(
      min: 0, desired: size, max: 4, zones: Array(CloudFixture.zones.prefix(zoneCount)))
    let protects = fates.contains(.protected)
    group.newInstancesProtected = protects
    var fixture = try CloudFixture.settled(group)
    try bring(fates, to: &fixture)
    try fixture.apply(.setDesiredCapacity(group: "workers", desired: desired))
    let decision = try fixture.reconcile()
    let comment: Comment = "\(zoneCount) zones, \(size) to \(desired), \(fates)"
    let ill = fates.count { $0 != .fine && $0 != .protected }
    // Protection saves from a smaller capacity, never from the health check.
    let healthy = size - ill
    let expected = protects ? max(desired, healthy) : desired
    #expect(decision.replacements.count == ill, comment)
    #expect(decision.launches.count == max(0, desired - healthy), comment)
    #expect(fixture.count(.inService) + fixture.count(.pending) == expected, comment)
    try fixture.settle()
    #expect(fixture.group.members.count == expected, comment)
    #expect(fixture.count(.inService) == expected, comment)
    #expect(try fixture.reconcile().isEmpty, comment)
    #expect(fixture.cloud.brokenInvariants.isEmpty, comment)
    checkBalance(fixture, fates, comment)
  }

  // A group whose members are all fine is even before and after: no zone has two more than another.
  private func checkBalance(_ fixture: CloudFixture, _ fates: [Fate], _ comment: Comment) {
    guard fates.allSatisfy({ $0 == .fine }) else { return }
    let counts = fixture.group.zones.map { zone in
      fixture.group.members.count { $0.zone == zone }
    }
    #expect((counts.max() ?? 0) - (counts.min() ?? 0) <= 1, comment)
  }

  @Test("Whatever the caller picks among equals, the zones stay even and the invariants hold")
  func anyChoiceIsGood() throws {
    for seed in 0..<200 {
      var state = UInt64(seed)
      func pick(_ count: Int) -> Int {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return Int(state >> 33) % count
      }
      var fixture = try CloudFixture(CloudFixture.group(min: 0, desired: 0, max: 7))
      for _ in 0..<12 {
        try fixture.apply(.setDesiredCapacity(group: "workers", desired: pick(8)))
        try fixture.reconcile(choosing: pick)
        if pick(2) == 0 { try fixture.settle() }
        let counts = CloudFixture.zones.map { zone in
          fixture.group.members.count { $0.zone == zone && $0.lifecycle.counts }
        }
        #expect((counts.max() ?? 0) - (counts.min() ?? 0) <= 1, "seed \(seed): \(counts)")
        #expect(fixture.cloud.brokenInvariants.isEmpty)
      }
    }
  }
}
