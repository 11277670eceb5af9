import Documents

/// Understands the AWS command line; wrong usage is refused in its own words.
enum AWSParser {
  static let ec2Operations = [
    "stop-instances", "start-instances", "terminate-instances", "describe-instances",
  ]
  static let autoScalingOperations = [
    "update-auto-scaling-group", "set-desired-capacity",
    "terminate-instance-in-auto-scaling-group", "describe-auto-scaling-groups",
    "describe-scaling-activities", "suspend-processes", "resume-processes",
    "set-instance-health", "set-instance-protection", "enter-standby", "exit-standby",
    "detach-instances", "complete-lifecycle-action", "record-lifecycle-action-heartbeat",
    "put-scaling-policy", "delete-policy",
  ]

  static func parse(
    _ arguments: inout Arguments
  ) throws(CommandError) -> (command: AWSCommand, region: String?) {
    var options = AWSOptions(words: arguments.words, end: arguments.end)
    // Options of the program itself may stand before the service.
    try options.readLeading()
    guard let service = options.takeOperand() else {
      throw CommandError(
        "aws: error: the following arguments are required: command", at: arguments.end,
        suggestion: "ec2 or autoscaling")
    }
    let operations: [String]
    switch service.text {
    case "ec2": operations = ec2Operations
    case "autoscaling": operations = autoScalingOperations
    default:
      let name = service.text ?? "$(…)"
      throw CommandError(
        "'aws \(name)' is not understood here", at: service.offset,
        suggestion: Spelling.suggestion(for: name, among: ["ec2", "autoscaling"])
          ?? "understood: ec2, autoscaling")
    }
    guard let operation = options.takeOperand() else {
      throw CommandError(
        "aws: error: the following arguments are required: operation", at: arguments.end,
        suggestion: "one of " + operations.joined(separator: ", "))
    }
    guard let name = operation.text, operations.contains(name) else {
      let name = operation.text ?? "$(…)"
      throw CommandError(
        "'aws \(service.text ?? "") \(name)' is not understood here", at: operation.offset,
        suggestion: Spelling.suggestion(for: name, among: operations)
          ?? "understood: " + operations.joined(separator: ", "))
    }
    let command = try Self.command(name, &options)
    return (command, options.value("region")?.text)
  }

  private static func command(
    _ name: String, _ options: inout AWSOptions
  ) throws(CommandError) -> AWSCommand {
    switch name {
    case "stop-instances":
      try options.read(lists: ["instance-ids"], switches: ["force"])
      return .stopInstances(try options.instances(), force: options.isOn("force"))
    case "start-instances":
      try options.read(lists: ["instance-ids"])
      return .startInstances(try options.instances())
    case "terminate-instances":
      try options.read(lists: ["instance-ids"])
      return .terminateInstances(try options.instances())
    case "describe-instances":
      try options.read(lists: ["instance-ids"])
      return .describeInstances(options.has("instance-ids") ? try options.instances() : [])
    case "update-auto-scaling-group":
      try options.read(
        values: ["auto-scaling-group-name", "min-size", "max-size", "desired-capacity"])
      return .updateAutoScalingGroup(
        AWSCommand.UpdateAutoScalingGroup(
          group: try options.required("auto-scaling-group-name").text,
          minSize: try options.integer("min-size"), maxSize: try options.integer("max-size"),
          desiredCapacity: try options.integer("desired-capacity")))
    case "set-desired-capacity":
      try options.read(
        values: ["auto-scaling-group-name", "desired-capacity"], switches: ["honor-cooldown"])
      try options.require("auto-scaling-group-name", "desired-capacity")
      return .setDesiredCapacity(
        group: try options.required("auto-scaling-group-name").text,
        desired: try options.integer("desired-capacity") ?? 0,
        honorCooldown: options.isOn("honor-cooldown"))
    case "terminate-instance-in-auto-scaling-group":
      try options.read(
        lists: ["instance-id"], switches: ["should-decrement-desired-capacity"])
      try options.require("instance-id", "should-decrement-desired-capacity")
      return .terminateInstanceInAutoScalingGroup(
        try options.oneInstance("instance-id"),
        decrementDesired: options.isOn("should-decrement-desired-capacity"))
    case "describe-auto-scaling-groups":
      try options.read(lists: ["auto-scaling-group-names"])
      return .describeAutoScalingGroups(names: try options.texts("auto-scaling-group-names"))
    case "put-scaling-policy", "delete-policy": return try policy(name, &options)
    default: return try member(name, &options)
    }
  }
}
