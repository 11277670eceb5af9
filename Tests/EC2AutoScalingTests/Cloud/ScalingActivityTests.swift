import AWSObjects
import EC2AutoScaling
import Testing

/// The causes as `aws autoscaling describe-scaling-activities` tells them, word for word.
@Suite struct ScalingActivityTests {
  @Test("A new group tells of its creation and of the growth from nothing")
  func tellsCreation() throws {
    var fixture = try CloudFixture(CloudFixture.group(desired: 1))
    fixture.advance(37)
    try fixture.reconcile()
    let activity = fixture.cloud.activities[0]
    #expect(
      activity.description == "Launching a new EC2 instance: \(try #require(activity.instance))")
    #expect(
      activity.cause
        == "At 2018-10-15T08:00:00Z a user request created an AutoScalingGroup changing the "
        + "desired capacity from 0 to 1.  At 2018-10-15T08:00:37Z an instance was started in "
        + "response to a difference between desired and actual capacity, increasing the capacity "
        + "from 0 to 1.")
  }

  @Test("A higher desired capacity tells who asked, once")
  func tellsGrowth() throws {
    var fixture = try CloudFixture.settled()
    try fixture.apply(.setDesiredCapacity(group: "workers", desired: 4))
    fixture.advance(18)
    try fixture.reconcile()
    #expect(
      fixture.cloud.activities.last?.cause
        == "At 2018-10-15T08:01:00Z a user request explicitly set group desired capacity changing "
        + "the desired capacity from 3 to 4.  At 2018-10-15T08:01:18Z an instance was started in "
        + "response to a difference between desired and actual capacity, increasing the capacity "
        + "from 3 to 4.")
    try fixture.settle()
    let id = fixture.cloud.instances[0].id
    try fixture.apply(
      .terminateInstanceInAutoScalingGroup(instance: "\(id)", decrementDesired: false))
    try fixture.reconcile()
    #expect(
      fixture.cloud.activities.last?.cause
        == "At 2018-10-15T08:02:18Z an instance was started in response to a difference between "
        + "desired and actual capacity, increasing the capacity from 3 to 4.")
  }

  @Test("A lower desired capacity names every victim in each of its activities")
  func tellsShrinking() throws {
    var fixture = try CloudFixture.settled()
    try fixture.apply(
      .updateAutoScalingGroup(name: "workers", minSize: 1, maxSize: 10, desiredCapacity: 1))
    fixture.advance(14)
    let decision = try fixture.reconcile()
    let victims = decision.terminations.map(\.instance)
    let cause =
      "At 2018-10-15T08:01:00Z a user request update of AutoScalingGroup constraints to min: 1, "
      + "max: 10, desired: 1 changing the desired capacity from 3 to 1.  At 2018-10-15T08:01:14Z "
      + "an instance was taken out of service in response to a difference between desired and "
      + "actual capacity, shrinking the capacity from 3 to 1.  At 2018-10-15T08:01:14Z instance "
      + "\(victims[0]) was selected for termination.  At 2018-10-15T08:01:14Z instance "
      + "\(victims[1]) was selected for termination."
    #expect(fixture.cloud.activities.suffix(2).map(\.cause) == [cause, cause])
    #expect(
      fixture.cloud.activities.last?.description == "Terminating EC2 instance: \(victims[1])")
  }

  @Test("A cause is cut off after 1 023 characters, as the API's are")
  func cutsLongCauses() throws {
    var fixture = try CloudFixture.settled(CloudFixture.group(desired: 40, max: 40))
    try fixture.apply(.setDesiredCapacity(group: "workers", desired: 0))
    try fixture.reconcile()
    let cause = try #require(fixture.cloud.activities.last?.cause)
    #expect(cause.count == 1_023)
    #expect(cause.contains("shrinking the capacity from 40 to 0."))
  }

  @Test("A stopped instance is replaced in two activities with the health check's words")
  func tellsReplacement() throws {
    var fixture = try CloudFixture.settled()
    let id = fixture.cloud.instances[0].id
    try fixture.apply(.stopInstances(["\(id)"]))
    fixture.advance(30)
    try fixture.reconcile()
    #expect(
      fixture.cloud.activities.suffix(2).map(\.cause) == [
        "At 2018-10-15T08:01:30Z an instance was taken out of service in response to an EC2 "
          + "health check indicating it has been terminated or stopped.",
        "At 2018-10-15T08:01:30Z an instance was launched in response to an unhealthy instance "
          + "needing to be replaced.",
      ])
    #expect(fixture.cloud.activities.suffix(2).map(\.kind) == [.terminate, .launch])
  }

  @Test("A termination by name tells whether the group shrinks")
  func tellsUserRequests() throws {
    var fixture = try CloudFixture.settled()
    let ids = fixture.cloud.instances.map { "\($0.id)" }
    try fixture.apply(
      .terminateInstanceInAutoScalingGroup(instance: ids[0], decrementDesired: true))
    #expect(
      fixture.cloud.activities.last?.cause
        == "At 2018-10-15T08:01:00Z instance \(ids[0]) was taken out of service in response to a "
        + "user request, shrinking the capacity from 3 to 2.")
    try fixture.apply(
      .terminateInstanceInAutoScalingGroup(instance: ids[1], decrementDesired: false))
    #expect(
      fixture.cloud.activities.last?.cause
        == "At 2018-10-15T08:01:00Z instance \(ids[1]) was taken out of service in response to a "
        + "user request.")
  }

  @Test("An instance that a person calls ill is replaced with a word about the person")
  func tellsUserHealth() throws {
    var fixture = try CloudFixture.settled()
    let id = fixture.cloud.instances[0].id
    try fixture.apply(.setInstanceHealth(instance: "\(id)", healthy: false))
    let decision = try fixture.reconcile()
    #expect(decision.replacements == [.init(instance: id, reason: .markedUnhealthy)])
    #expect(
      fixture.cloud.activities.suffix(2).first?.cause
        == "At 2018-10-15T08:01:00Z an instance was taken out of service in response to a user "
        + "health-check.")
  }
}
