import AWSObjects
import EC2AutoScaling
import Testing

@Suite struct CloudGroupsTests {
  @Test("New bounds without a desired capacity move it between them, as the API reference says")
  func movesDesired() throws {
    var fixture = try CloudFixture(CloudFixture.group(min: 1, desired: 3, max: 4))
    try fixture.apply(.updateAutoScalingGroup(name: "workers", maxSize: 2))
    #expect(fixture.group.desiredCapacity == 2)
    try fixture.apply(.updateAutoScalingGroup(name: "workers", minSize: 5, maxSize: 8))
    #expect(fixture.group.desiredCapacity == 5)
    try fixture.apply(.updateAutoScalingGroup(name: "workers", maxSize: 6, desiredCapacity: 6))
    #expect(fixture.group.desiredCapacity == 6)
  }

  @Test("A call that changes nothing is accepted and changes nothing")
  func acceptsNoChange() throws {
    var fixture = try CloudFixture()
    #expect(try fixture.apply(.setDesiredCapacity(group: "workers", desired: 3)).isEmpty)
    #expect(try fixture.apply(.updateAutoScalingGroup(name: "workers", maxSize: 4)).isEmpty)
  }

  @Test("Changes are told in order: the bounds, then the desired capacity")
  func tellsChanges() throws {
    var fixture = try CloudFixture()
    let changes = try fixture.apply(
      .updateAutoScalingGroup(name: "workers", maxSize: 6, desiredCapacity: 5))
    #expect(
      changes == [
        .boundsChanged(group: "workers", minSize: 0, maxSize: 6),
        .desiredCapacityChanged(group: "workers", from: 3, to: 5),
      ])
  }

  @Test("Terminating by name with decrement shrinks the group; without, the group replaces it")
  func terminatesByName() throws {
    var fixture = try CloudFixture.settled()
    let ids = fixture.cloud.instances.map { "\($0.id)" }
    try fixture.apply(
      .terminateInstanceInAutoScalingGroup(instance: ids[0], decrementDesired: true))
    #expect(fixture.group.desiredCapacity == 2)
    #expect(try fixture.reconcile().isEmpty)
    try fixture.apply(
      .terminateInstanceInAutoScalingGroup(instance: ids[1], decrementDesired: false))
    #expect(fixture.group.desiredCapacity == 2)
    let decision = try fixture.reconcile()
    #expect(decision.launches.count == 1)
    try fixture.settle()
    #expect(fixture.count(.inService) == 2)
    #expect(fixture.cloud.instances[0].state == .terminated)
    #expect(fixture.cloud.brokenInvariants.isEmpty)
  }

  @Test("Suspended processes stay suspended until they are resumed, or all are")
  func suspends() throws {
    var fixture = try CloudFixture()
    try fixture.apply(.suspendProcesses(group: "workers", [.launch, .azRebalance]))
    #expect(fixture.group.suspendedProcesses == [.launch, .azRebalance])
    try fixture.apply(.resumeProcesses(group: "workers", [.launch]))
    #expect(fixture.group.suspendedProcesses == [.azRebalance])
    try fixture.apply(.resumeProcesses(group: "workers", []))
    #expect(fixture.group.suspendedProcesses.isEmpty)
  }
}
