import AWSObjects
import EC2AutoScaling
import Testing
import TimeUnits

@Suite struct GroupReconcilerTests {
  @Test("A new group launches its desired capacity, spread over its zones")
  func launchesTheDesired() throws {
    var fixture = try CloudFixture(CloudFixture.group(desired: 4))
    let decision = try fixture.reconcile()
    #expect(decision.actualCapacity == 0)
    #expect(decision.launches.map(\.equallyGood.count) == [3, 2, 1, 3])
    #expect(decision.launches.allSatisfy { !$0.replacesUnhealthy })
    #expect(try fixture.reconcile().isEmpty)
    #expect(fixture.count(.pending) == 4)
  }

  @Test("Equally empty zones are all named, and the caller's choice among them is taken")
  func namesEqualZones() throws {
    var fixture = try CloudFixture(CloudFixture.group(desired: 3))
    let decision = try fixture.reconcile(choosing: { $0 - 1 })
    let (a, b, c) = (CloudFixture.zones[0], CloudFixture.zones[1], CloudFixture.zones[2])
    #expect(decision.launches.map(\.zone) == [c, b, a])
    #expect(decision.launches.map(\.equallyGood) == [[a, b, c], [a, b], [a]])
  }

  @Test(
    "An instance in any state but running is unhealthy at once, also within the grace period",
    arguments: [InstanceState.stopping, .stopped, .shuttingDown, .terminated])
  func replacesWhatDoesNotRun(state: InstanceState) throws {
    var group = CloudFixture.group()
    group.healthCheckGracePeriod = .seconds(300)
    var fixture = try CloudFixture.settled(group)
    let id = fixture.cloud.instances[1].id
    let call: CloudMutation =
      state == .stopping || state == .stopped
      ? .stopInstances(["\(id)"]) : .terminateInstances(["\(id)"])
    try fixture.apply(call)
    if state == .stopped || state == .terminated { try fixture.apply(.instanceEntered(id, state)) }
    let decision = try fixture.reconcile()
    #expect(decision.replacements == [.init(instance: id, reason: .notRunning(state))])
    #expect(decision.launches.map(\.zone) == [fixture.cloud[id].zone])
    #expect(decision.launches.map(\.replacesUnhealthy) == [true])
    #expect(fixture.group.members.first { $0.instance == id }?.lifecycle == .terminating)
    try fixture.settle()
    #expect(fixture.count(.inService) == 3)
    #expect(fixture.cloud[id].state == .terminated)
    #expect(fixture.group.desiredCapacity == 3)
  }

  @Test("A pass that does not look at health leaves stopped instances alone")
  func canLookAway() throws {
    var fixture = try CloudFixture.settled()
    try fixture.apply(.stopInstances(["\(fixture.cloud.instances[0].id)"]))
    #expect(try fixture.reconcile(checkingHealth: false).isEmpty)
  }

  @Test("An unhealthy instance is not replaced when fewer are wanted")
  func replacesNoMoreThanDesired() throws {
    var fixture = try CloudFixture.settled()
    let id = fixture.cloud.instances[2].id
    try fixture.apply(.terminateInstances(["\(id)"]))
    try fixture.apply(.setDesiredCapacity(group: "workers", desired: 1))
    let decision = try fixture.reconcile()
    #expect(decision.replacements.map(\.instance) == [id])
    #expect(decision.launches.isEmpty)
    #expect(decision.terminations.count == 1)
    #expect(decision.terminations[0].instance != id)
  }

  @Test("A replacement and growth at once are told apart")
  func tellsReplacementFromGrowth() throws {
    var fixture = try CloudFixture.settled()
    try fixture.apply(.stopInstances(["\(fixture.cloud.instances[0].id)"]))
    try fixture.apply(
      .updateAutoScalingGroup(name: "workers", maxSize: 6, desiredCapacity: 5))
    let decision = try fixture.reconcile()
    #expect(decision.launches.map(\.replacesUnhealthy) == [true, false, false])
    #expect(
      fixture.cloud.activities.last?.cause.hasSuffix("increasing the capacity from 3 to 5.")
        == true)
  }

  @Test("Replacements may be launched a little later, in the same words")
  func launchesLater() throws {
    var fixture = try CloudFixture.settled()
    try fixture.apply(.stopInstances(["\(fixture.cloud.instances[0].id)"]))
    let parts = GroupReconciler.decide(
      fixture.group, instances: fixture.cloud.instances, at: fixture.now
    ).parts
    try fixture.apply(.carryOut(parts.takeOut))
    #expect(fixture.cloud.instances.count == 3)
    fixture.advance(2)
    try fixture.apply(.carryOut(parts.launch))
    #expect(fixture.cloud.instances.count == 4)
    #expect(
      fixture.cloud.activities.last?.cause
        == "At 2018-10-15T08:01:02Z an instance was launched in response to an unhealthy instance "
        + "needing to be replaced.")
    #expect(try fixture.reconcile().isEmpty)
  }

  @Test("A late launch that another pass has made unnecessary is passed over")
  func passesOverLateLaunches() throws {
    var fixture = try CloudFixture.settled()
    try fixture.apply(.terminateInstances(["\(fixture.cloud.instances[0].id)"]))
    let parts = GroupReconciler.decide(
      fixture.group, instances: fixture.cloud.instances, at: fixture.now
    ).parts
    try fixture.apply(.carryOut(parts.takeOut))
    try fixture.reconcile()
    #expect(try fixture.apply(.carryOut(parts.launch)).isEmpty)
    #expect(fixture.count(.pending) + fixture.count(.inService) == 3)
  }

  @Test("The fullest zone shrinks first; in it the policies decide")
  func shrinksTheFullestZone() throws {
    let zones = [CloudFixture.zones[0], CloudFixture.zones[1]]
    var fixture = try CloudFixture.settled(
      CloudFixture.group(desired: 3, max: 4, zones: zones))
    try fixture.apply(.setDesiredCapacity(group: "workers", desired: 2))
    let decision = try fixture.reconcile()
    // Zone a holds the first and the third; both were launched in the same second.
    #expect(
      decision.terminations == [
        .init(
          instance: fixture.cloud.instances[0].id,
          equallyGood: [fixture.cloud.instances[0].id, fixture.cloud.instances[2].id],
          narrowedBy: ["AvailabilityZone us-east-1a"])
      ])
  }

  @Test("Protected instances are never taken; what is left over is said")
  func sparesProtected() throws {
    var group = CloudFixture.group(desired: 2)
    group.newInstancesProtected = true
    var fixture = try CloudFixture.settled(group)
    try fixture.apply(.setDesiredCapacity(group: "workers", desired: 0))
    let decision = try fixture.reconcile()
    #expect(decision.terminations.isEmpty)
    #expect(decision.withheld == [.protectedFromScaleIn(surplus: 2)])
    #expect(fixture.group.desiredCapacity == 0)
    #expect(fixture.count(.inService) == 2)
  }

  @Test(
    "A suspended process is not done, and the decision says so",
    arguments: [
      AutoScalingGroup.Process.launch, .terminate, .replaceUnhealthy, .healthCheck,
    ])
  func heedsSuspension(process: AutoScalingGroup.Process) throws {
    var fixture = try CloudFixture.settled()
    try fixture.apply(.suspendProcesses(group: "workers", [process]))
    try fixture.apply(.terminateInstances(["\(fixture.cloud.instances[0].id)"]))
    let decision = try fixture.reconcile()
    switch process {
    case .launch:
      #expect(decision.replacements.count == 1)
      #expect(decision.launches.isEmpty)
      #expect(decision.withheld == [.suspended(.launch)])
    case .healthCheck:
      #expect(decision.isEmpty)
      #expect(decision.withheld.isEmpty)
    default:
      #expect(decision.isEmpty)
      #expect(decision.withheld == [.suspended(process)])
    }
  }

  @Test("Terminate suspended: a surplus stays")
  func keepsASurplus() throws {
    var fixture = try CloudFixture.settled()
    try fixture.apply(.suspendProcesses(group: "workers", [.terminate]))
    try fixture.apply(.setDesiredCapacity(group: "workers", desired: 1))
    let decision = try fixture.reconcile()
    #expect(decision.isEmpty)
    #expect(decision.withheld == [.suspended(.terminate)])
  }
}
