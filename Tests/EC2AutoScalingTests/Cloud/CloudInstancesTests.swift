import AWSObjects
import EC2AutoScaling
import Testing
import TimeUnits

@Suite struct CloudInstancesTests {
  @Test("A launch goes from pending to in service, and its activity ends successfully")
  func launches() throws {
    var fixture = try CloudFixture(CloudFixture.group(desired: 1))
    try fixture.reconcile()
    let id = fixture.cloud.instances[0].id
    #expect(fixture.group.members.map(\.lifecycle) == [.pending])
    #expect(fixture.cloud[id].state == .pending)
    fixture.advance(5)
    try fixture.apply(.instanceEntered(id, .running))
    #expect(fixture.group.members.map(\.lifecycle) == [.pending])
    fixture.advance(27)
    let activity = fixture.cloud.activities[0]
    #expect(
      try fixture.apply(.activityEnded(activity.id)) == [
        .lifecycleChanged(id, group: "workers", from: .pending, to: .inService),
        .activityEnded(activity.id, .successful),
      ])
    #expect(fixture.group.members[0].inServiceSince == .seconds(32))
    #expect(fixture.cloud.activities[0].endTime == .seconds(32))
  }

  @Test("A launch that is polled before the instance runs goes on")
  func pollsAgain() throws {
    var fixture = try CloudFixture(CloudFixture.group(desired: 1))
    try fixture.reconcile()
    let activity = fixture.cloud.activities[0].id
    #expect(try fixture.apply(.activityEnded(activity)).isEmpty)
    #expect(fixture.cloud[activity].status == .inProgress)
    try fixture.settle()
    #expect(fixture.cloud[activity].status == .successful)
  }

  @Test("A launch whose instance is stopped meanwhile fails, and the group replaces the instance")
  func failsALaunch() throws {
    var fixture = try CloudFixture(CloudFixture.group(desired: 1))
    try fixture.reconcile()
    let id = fixture.cloud.instances[0].id
    try fixture.apply(.instanceEntered(id, .running))
    try fixture.apply(.stopInstances(["\(id)"]))
    try fixture.apply(.activityEnded(fixture.cloud.activities[0].id))
    #expect(fixture.cloud.activities[0].status == .failed)
    #expect(try fixture.reconcile().replacements.map(\.instance) == [id])
    try fixture.settle()
    #expect(fixture.count(.inService) == 1)
    #expect(fixture.cloud[id].state == .terminated)
  }

  @Test("Taking out an instance that is still launching cancels its launch")
  func cancelsALaunch() throws {
    var fixture = try CloudFixture(CloudFixture.group(desired: 2))
    try fixture.reconcile()
    try fixture.apply(.setDesiredCapacity(group: "workers", desired: 1))
    try fixture.reconcile()
    #expect(fixture.cloud.activities.map(\.status) == [.cancelled, .inProgress, .inProgress])
    try fixture.settle()
    #expect(fixture.count(.inService) == 1)
    #expect(fixture.cloud.brokenInvariants.isEmpty)
  }

  @Test("Stopping twice and starting what runs are accepted and change nothing")
  func acceptsRepeats() throws {
    var fixture = try CloudFixture.settled()
    let id = "\(fixture.cloud.instances[0].id)"
    #expect(try fixture.apply(.startInstances([id])).isEmpty)
    #expect(try fixture.apply(.stopInstances([id])).count == 1)
    #expect(try fixture.apply(.stopInstances([id])).isEmpty)
  }

  @Test("A terminated instance can be terminated again for an hour; then its id is unknown")
  func forgetsTerminated() throws {
    var fixture = try CloudFixture.settled()
    let id = fixture.cloud.instances[0].id
    try fixture.apply(.terminateInstances(["\(id)"]))
    try fixture.apply(.instanceEntered(id, .terminated))
    fixture.advance(3_600)
    #expect(fixture.refusal(.terminateInstances(["\(id)"])) == nil)
    fixture.advance(1)
    #expect(fixture.refusal(.terminateInstances(["\(id)"]))?.contains("does not exist") == true)
  }

  @Test("A stopped instance that starts again is another bill, not another instance")
  func restarts() throws {
    var fixture = try CloudFixture.settled()
    let id = fixture.cloud.instances[0].id
    try fixture.apply(.stopInstances(["\(id)"]))
    try fixture.settle()
    #expect(fixture.cloud[id].state == .stopped)
    try fixture.apply(.startInstances(["\(id)"]))
    try fixture.settle()
    #expect(fixture.cloud[id].state == .running)
    #expect(fixture.cloud[id].billedSpans.count == 2)
    #expect(fixture.cloud.instances.count == 3)
  }

  @Test("News of an instance that has meanwhile gone another way is passed over")
  func passesOverStaleNews() throws {
    var fixture = try CloudFixture.settled()
    let id = fixture.cloud.instances[0].id
    try fixture.apply(.terminateInstances(["\(id)"]))
    #expect(try fixture.apply(.instanceEntered(id, .stopped)).isEmpty)
    #expect(fixture.cloud[id].state == .shuttingDown)
  }

  @Test("Instances are found by the text people type, and by group")
  func findsInstances() throws {
    let fixture = try CloudFixture.settled()
    for instance in fixture.cloud.instances {
      #expect(fixture.cloud.instanceID("\(instance.id)") == instance.id)
      #expect(fixture.cloud.group(of: instance.id)?.name == "workers")
    }
    #expect(fixture.cloud.instanceID("i-0123456789abcdef0") == nil)
    #expect(fixture.cloud.instances(ofGroup: "workers").count == 3)
    #expect(fixture.cloud.instances(ofGroup: "nobody").isEmpty)
  }
}
