import AWSObjects
import Scenarios
import Testing

struct AWSParserTests {
  private func aws(_ text: String) throws -> AWSCommand {
    guard case .aws(let command, _) = try CommandParser.parse(text) else {
      throw CommandError("not aws", at: 0)
    }
    return command
  }

  @Test(
    "instances are named by id or by their group",
    arguments: [
      ("aws ec2 stop-instances --instance-ids i-1 i-2", [InstanceReference.id("i-1"), .id("i-2")]),
      (
        "aws ec2 stop-instances --instance-ids $(instances workers)",
        [.group("workers", first: nil)]
      ),
      (
        "aws ec2 stop-instances --instance-ids=$(instances workers | head -n 1)",
        [.group("workers", first: 1)]
      ),
      (
        "aws ec2 stop-instances --instance-ids \"$(instances workers|head -2)\" i-3 --region us-east-1",
        [.group("workers", first: 2), .id("i-3")]
      ),
    ])
  func instances(text: String, expected: [InstanceReference]) throws {
    #expect(try aws(text) == .stopInstances(expected, force: false))
  }

  @Test("every operation becomes its value")
  func operations() throws {
    #expect(
      try aws("aws ec2 stop-instances --force --instance-ids i-1")
        == .stopInstances([.id("i-1")], force: true))
    #expect(try aws("aws ec2 start-instances --instance-ids i-1") == .startInstances([.id("i-1")]))
    #expect(
      try aws("aws --region us-east-1 ec2 terminate-instances --instance-ids i-1")
        == .terminateInstances([.id("i-1")]))
    #expect(try aws("aws ec2 describe-instances") == .describeInstances([]))
    #expect(
      try aws(
        "aws autoscaling update-auto-scaling-group --auto-scaling-group-name workers --max-size 5 "
          + "--desired-capacity=5 --min-size 0")
        == .updateAutoScalingGroup(
          .init(group: "workers", minSize: 0, maxSize: 5, desiredCapacity: 5)))
    #expect(
      try aws(
        "aws autoscaling set-desired-capacity --auto-scaling-group-name workers "
          + "--desired-capacity 6 --honor-cooldown")
        == .setDesiredCapacity(group: "workers", desired: 6, honorCooldown: true))
    #expect(
      try aws(
        "aws autoscaling terminate-instance-in-auto-scaling-group --instance-id i-1 "
          + "--no-should-decrement-desired-capacity")
        == .terminateInstanceInAutoScalingGroup(.id("i-1"), decrementDesired: false))
    #expect(
      try aws("aws autoscaling describe-auto-scaling-groups --auto-scaling-group-names a b")
        == .describeAutoScalingGroups(names: ["a", "b"]))
  }

  @Test("commands about processes, members, hooks and policies")
  func members() throws {
    let group = "--auto-scaling-group-name w"
    let cases: [(String, AWSCommand)] = [
      (
        "suspend-processes \(group) --scaling-processes AZRebalance Launch",
        .suspendProcesses(group: "w", [.azRebalance, .launch])
      ),
      (
        "resume-processes \(group)",
        .resumeProcesses(group: "w", AutoScalingGroup.Process.allCases)
      ),
      (
        "set-instance-protection \(group) --instance-ids i-1 i-2 --no-protected-from-scale-in",
        .setInstanceProtection(group: "w", [.id("i-1"), .id("i-2")], protected: false)
      ),
      (
        "set-instance-health --instance-id i-1 --health-status Unhealthy",
        .setInstanceHealth(.id("i-1"), healthy: false, respectGracePeriod: true)
      ),
      (
        "enter-standby \(group) --instance-ids i-1 --should-decrement-desired-capacity",
        .enterStandby(group: "w", [.id("i-1")], decrementDesired: true)
      ),
      (
        "exit-standby \(group) --instance-ids $(instances w | head -n 1)",
        .exitStandby(group: "w", [.group("w", first: 1)])
      ),
      (
        "detach-instances \(group) --instance-ids i-1 --no-should-decrement-desired-capacity",
        .detachInstances(group: "w", [.id("i-1")], decrementDesired: false)
      ),
      (
        "complete-lifecycle-action \(group) --lifecycle-hook-name h --instance-id i-1 "
          + "--lifecycle-action-result ABANDON",
        .completeLifecycleAction(group: "w", hook: "h", .id("i-1"), .abandon)
      ),
      (
        "put-scaling-policy \(group) --policy-name cpu --policy-type TargetTrackingScaling "
          + "--target-tracking-configuration '{\"TargetValue\": 45.5, \"DisableScaleIn\": true}'",
        .putTargetTracking(group: "w", name: "cpu", target: 45.5, disableScaleIn: true)
      ),
      (
        "describe-scaling-activities \(group) --max-items 3",
        .describeScalingActivities(group: "w", maxItems: 3)
      ),
    ]
    for (text, expected) in cases {
      #expect(try aws("aws autoscaling " + text) == expected, "\(text)")
    }
  }

  @Test(
    "wrong words about members are refused with the right ones",
    arguments: [
      (
        "suspend-processes --auto-scaling-group-name w --scaling-processes AZRebalanc",
        "AZRebalance"
      ),
      ("set-instance-health --instance-id i-1 --health-status Ill", "[Healthy, Unhealthy]"),
      (
        "enter-standby --auto-scaling-group-name w --instance-ids i-1",
        "--should-decrement-desired-capacity | --no-should-decrement-desired-capacity"
      ),
      (
        "complete-lifecycle-action --auto-scaling-group-name w --lifecycle-hook-name h "
          + "--instance-id i-1 --lifecycle-action-result STOP", "CONTINUE or ABANDON"
      ),
    ])
  func memberMistakes(text: String, expected: String) {
    let error = #expect(throws: CommandError.self) { try aws("aws autoscaling " + text) }
    let said = "\(error?.message ?? "") \(error?.suggestion ?? "")"
    #expect(said.contains(expected), "said: \(said)")
  }

  @Test("the region is kept, and a negative number is the service's to refuse")
  func regionAndSign() throws {
    let command = try CommandParser.parse(
      "aws autoscaling set-desired-capacity --auto-scaling-group-name w --desired-capacity -1 "
        + "--region eu-west-1")
    #expect(
      command
        == .aws(
          .setDesiredCapacity(group: "w", desired: -1, honorCooldown: false), region: "eu-west-1"))
  }

  @Test(
    "wrong usage is refused at the word that is wrong",
    arguments: [
      (
        "aws ec2 stop-instances",
        "aws: error: the following arguments are required: --instance-ids", 22
      ),
      (
        "aws autoscaling set-desired-capacity",
        "aws: error: the following arguments are required: --auto-scaling-group-name, "
          + "--desired-capacity", 36
      ),
      (
        "aws autoscaling terminate-instance-in-auto-scaling-group --instance-id i-1",
        "aws: error: the following arguments are required: --should-decrement-desired-capacity | "
          + "--no-should-decrement-desired-capacity", 74
      ),
      (
        "aws autoscaling set-desired-capacity --auto-scaling-group-name w --desired-capacity six",
        "invalid literal for int() with base 10: 'six'", 84
      ),
      (
        "aws ec2 stop-instances --instance-ids",
        "aws: error: argument --instance-ids: expected at least one argument", 23
      ),
      ("aws ec2 stop-instances --instance-id i-1", "Unknown options: --instance-id", 23),
      (
        "aws ec2 stop-instance --instance-ids i-1",
        "'aws ec2 stop-instance' is not understood here", 8
      ),
      ("aws s3 ls", "'aws s3' is not understood here", 4),
      ("aws ec2 stop-instances --instance-ids $(instances)", "$(instances) is not understood", 38),
      (
        "aws ec2 stop-instances --instance-ids x$(instances w)", "$(instances …) must stand alone",
        38
      ),
      ("aws", "aws: error: the following arguments are required: command", 3),
    ])
  func refuses(text: String, message: String, offset: Int) {
    do throws(CommandError) {
      let command = try CommandParser.parse(text)
      Issue.record("understood as \(command)")
    } catch {
      #expect(error.message == message)
      #expect(error.offset == offset)
    }
  }

  @Test("a group without such a name is found by what the command holds")
  func groupNames() throws {
    let command = try CommandParser.parse(
      "aws ec2 start-instances --instance-ids $(instances a) $(instances b)")
    #expect(command.groupNames == ["a", "b"])
  }
}
