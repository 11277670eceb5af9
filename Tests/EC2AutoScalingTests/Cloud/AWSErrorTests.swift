import AWSObjects
import EC2AutoScaling
import Testing

/// What the AWS CLI prints when a call is refused, word for word.
@Suite struct AWSErrorTests {
  @Test("A desired capacity above max or below min is refused in SetDesiredCapacity's words")
  func refusesDesiredOutsideBounds() throws {
    var fixture = try CloudFixture(CloudFixture.group(min: 2, desired: 3, max: 4))
    #expect(
      fixture.refusal(.setDesiredCapacity(group: "workers", desired: 5))
        == "An error occurred (ValidationError) when calling the SetDesiredCapacity operation: "
        + "New SetDesiredCapacity value 5 is above max value 4 for the AutoScalingGroup.")
    #expect(
      fixture.refusal(.setDesiredCapacity(group: "workers", desired: 1))
        == "An error occurred (ValidationError) when calling the SetDesiredCapacity operation: "
        + "New SetDesiredCapacity value 1 is below min value 2 for the AutoScalingGroup.")
    #expect(fixture.group.desiredCapacity == 3)
  }

  @Test("UpdateAutoScalingGroup refuses bounds and capacities that contradict each other")
  func refusesContradictingUpdates() throws {
    var fixture = try CloudFixture(CloudFixture.group(min: 1, desired: 3, max: 4))
    let prefix =
      "An error occurred (ValidationError) when calling the UpdateAutoScalingGroup operation: "
    #expect(
      fixture.refusal(.updateAutoScalingGroup(name: "workers", desiredCapacity: 9)) == prefix
        + "Desired capacity:9 must be between the specified min size:1 and max size:4")
    #expect(
      fixture.refusal(.updateAutoScalingGroup(name: "workers", minSize: 5, maxSize: 3)) == prefix
        + "Max bound, 3, must be greater than or equal to min bound, 5")
    #expect(
      fixture.refusal(.updateAutoScalingGroup(name: "workers", minSize: 5)) == prefix
        + "Max bound, 4, must be greater than or equal to min bound, 5")
    #expect(
      fixture.refusal(.updateAutoScalingGroup(name: "nobody", minSize: 5)) == prefix
        + "AutoScalingGroup name not found - AutoScalingGroup nobody not found")
    #expect(fixture.group.minSize == 1)
    #expect(fixture.group.maxSize == 4)
  }

  @Test("Instances that do not exist are all named; nothing happens to those that do")
  func refusesUnknownInstances() throws {
    var fixture = try CloudFixture.settled()
    let known = "\(fixture.cloud.instances[0].id)"
    #expect(
      fixture.refusal(.stopInstances(["i-0123456789abcdef0"]))
        == "An error occurred (InvalidInstanceID.NotFound) when calling the StopInstances "
        + "operation: The instance ID 'i-0123456789abcdef0' does not exist")
    #expect(
      fixture.refusal(.terminateInstances([known, "i-12345678", "i-12345668"]))
        == "An error occurred (InvalidInstanceID.NotFound) when calling the TerminateInstances "
        + "operation: The instance IDs 'i-12345678, i-12345668' do not exist")
    #expect(
      fixture.refusal(.stopInstances([known, "worker-1"]))
        == "An error occurred (InvalidInstanceID.Malformed) when calling the StopInstances "
        + "operation: Invalid id: \"worker-1\"")
    #expect(fixture.cloud.instances.allSatisfy { $0.state == .running })
  }

  @Test("A state from which one cannot stop or start is refused, for all instances of the call")
  func refusesWrongStates() throws {
    var fixture = try CloudFixture.settled()
    let ids = fixture.cloud.instances.map { "\($0.id)" }
    try fixture.apply(.terminateInstances([ids[0]]))
    #expect(
      fixture.refusal(.stopInstances([ids[1], ids[0]]))
        == "An error occurred (IncorrectInstanceState) when calling the StopInstances operation: "
        + "This instance '\(ids[0])' is not in a state from which it can be stopped.")
    #expect(fixture.cloud.instances[1].state == .running)
    try fixture.apply(.stopInstances([ids[1]]))
    #expect(
      fixture.refusal(.startInstances([ids[1]]))
        == "An error occurred (IncorrectInstanceState) when calling the StartInstances operation: "
        + "The instance '\(ids[1])' is not in a state from which it can be started.")
  }

  @Test("TerminateInstanceInAutoScalingGroup keeps min, and knows only the group's instances")
  func refusesTerminationBelowMin() throws {
    var fixture = try CloudFixture.settled(CloudFixture.group(min: 3, desired: 3, max: 4))
    let id = "\(fixture.cloud.instances[0].id)"
    let prefix =
      "An error occurred (ValidationError) when calling the TerminateInstanceInAutoScalingGroup "
      + "operation: "
    #expect(
      fixture.refusal(.terminateInstanceInAutoScalingGroup(instance: id, decrementDesired: true))
        == prefix
        + "Currently, desiredSize equals minSize (3). Terminating instance without replacement "
        + "will violate group's min size constraint. Either set shouldDecrementDesiredCapacity "
        + "flag to false or lower group's min size.")
    #expect(
      fixture.refusal(
        .terminateInstanceInAutoScalingGroup(instance: "i-0deadbeef", decrementDesired: false))
        == prefix
        + "Instance Id not found - No managed instance found for instance ID: i-0deadbeef")
    #expect(
      fixture.refusal(.terminateInstanceInAutoScalingGroup(instance: id, decrementDesired: false))
        == nil)
  }

  @Test("A second group of one name, one without zones, and an unknown policy are refused")
  func refusesBadGroups() throws {
    var fixture = try CloudFixture()
    let prefix = "when calling the CreateAutoScalingGroup operation: "
    #expect(
      fixture.refusal(.createAutoScalingGroup(CloudFixture.group()))
        == "An error occurred (AlreadyExists) \(prefix)AutoScalingGroup by this name already "
        + "exists - A group with the name workers already exists")
    var group = CloudFixture.group(zones: [])
    group.name = "other"
    #expect(
      fixture.refusal(.createAutoScalingGroup(group))
        == "An error occurred (ValidationError) \(prefix)At least one Availability Zone or VPC "
        + "Subnet is required.")
    group.zones = CloudFixture.zones
    group.terminationPolicies = ["Oldest"]
    #expect(
      fixture.refusal(.createAutoScalingGroup(group))
        == "An error occurred (ValidationError) \(prefix)Invalid termination policy: Oldest")
    group.terminationPolicies = ["Default"]
    group.minSize = -1
    #expect(
      fixture.refusal(.createAutoScalingGroup(group))
        == "An error occurred (ValidationError) \(prefix)1 validation error detected: Value '-1' "
        + "at 'minSize' failed to satisfy constraint: Member must have value greater than or "
        + "equal to 0")
    #expect(fixture.cloud.groups.count == 1)
  }
}
