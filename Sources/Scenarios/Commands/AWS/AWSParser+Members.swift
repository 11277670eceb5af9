import AWSObjects
import Documents

// Commands about a group's processes, members, hooks and policies.
extension AWSParser {
  static func member(
    _ name: String, _ options: inout AWSOptions
  ) throws(CommandError) -> AWSCommand {
    switch name {
    case "describe-scaling-activities":
      try options.read(values: ["auto-scaling-group-name", "max-items"])
      return .describeScalingActivities(
        group: options.value("auto-scaling-group-name")?.text,
        maxItems: try options.integer("max-items"))
    case "suspend-processes", "resume-processes":
      try options.read(values: ["auto-scaling-group-name"], lists: ["scaling-processes"])
      let group = try options.required("auto-scaling-group-name").text
      let processes = try processes(options)
      return name == "suspend-processes"
        ? .suspendProcesses(group: group, processes) : .resumeProcesses(group: group, processes)
    case "set-instance-health":
      try options.read(
        values: ["health-status"], lists: ["instance-id"],
        switches: ["should-respect-grace-period"])
      try options.require("instance-id", "health-status")
      let status = try options.required("health-status")
      guard status.text == "Healthy" || status.text == "Unhealthy" else {
        throw CommandError(
          "Valid instance health states are: [Healthy, Unhealthy].", at: status.offset)
      }
      let respects = "should-respect-grace-period"
      return .setInstanceHealth(
        try options.oneInstance("instance-id"), healthy: status.text == "Healthy",
        respectGracePeriod: options.has(respects) ? options.isOn(respects) : true)
    case "complete-lifecycle-action", "record-lifecycle-action-heartbeat":
      return try lifecycleAction(name, &options)
    default: return try membership(name, &options)
    }
  }

  private static func membership(
    _ name: String, _ options: inout AWSOptions
  ) throws(CommandError) -> AWSCommand {
    let decrement = "should-decrement-desired-capacity"
    let switches =
      switch name {
      case "set-instance-protection": ["protected-from-scale-in"]
      case "exit-standby": [String]()
      default: [decrement]
      }
    try options.read(
      values: ["auto-scaling-group-name"], lists: ["instance-ids"], switches: switches)
    let group = try options.required("auto-scaling-group-name").text
    for name in switches where !options.has(name) {
      throw CommandError(
        "aws: error: the following arguments are required: --\(name) | --no-\(name)",
        at: options.end)
    }
    let instances = try options.instances()
    return switch name {
    case "set-instance-protection":
      .setInstanceProtection(
        group: group, instances, protected: options.isOn("protected-from-scale-in"))
    case "enter-standby":
      .enterStandby(group: group, instances, decrementDesired: options.isOn(decrement))
    case "exit-standby": .exitStandby(group: group, instances)
    default:
      .detachInstances(group: group, instances, decrementDesired: options.isOn(decrement))
    }
  }

  private static func processes(
    _ options: AWSOptions
  ) throws(CommandError) -> [AutoScalingGroup.Process] {
    let names = try options.texts("scaling-processes")
    // No list is every process (API reference, SuspendProcesses).
    if names.isEmpty { return AutoScalingGroup.Process.allCases }
    var found: [AutoScalingGroup.Process] = []
    for name in names {
      guard let process = AutoScalingGroup.Process(rawValue: name) else {
        let known = AutoScalingGroup.Process.allCases.map(\.rawValue)
        throw CommandError(
          "\(name) is not a valid process type", at: options.end,
          suggestion: Spelling.suggestion(for: name, among: known)
            ?? "one of " + known.joined(separator: ", "))
      }
      found.append(process)
    }
    return found
  }

  private static func lifecycleAction(
    _ name: String, _ options: inout AWSOptions
  ) throws(CommandError) -> AWSCommand {
    try options.read(
      values: ["auto-scaling-group-name", "lifecycle-hook-name", "lifecycle-action-result"],
      lists: ["instance-id"])
    try options.require("auto-scaling-group-name", "lifecycle-hook-name", "instance-id")
    let group = try options.required("auto-scaling-group-name").text
    let hook = try options.required("lifecycle-hook-name").text
    let instance = try options.oneInstance("instance-id")
    guard name == "complete-lifecycle-action" else {
      return .recordLifecycleActionHeartbeat(group: group, hook: hook, instance)
    }
    let result = try options.required("lifecycle-action-result")
    guard let value = LifecycleHook.Result(rawValue: result.text) else {
      throw CommandError(
        "\(result.text) is not a lifecycle action result", at: result.offset,
        suggestion: "CONTINUE or ABANDON")
    }
    return .completeLifecycleAction(group: group, hook: hook, instance, value)
  }

  /// `put-scaling-policy` for target tracking of the average CPU, and `delete-policy`.
  static func policy(
    _ name: String, _ options: inout AWSOptions
  ) throws(CommandError) -> AWSCommand {
    try options.read(
      values: [
        "auto-scaling-group-name", "policy-name", "policy-type", "target-tracking-configuration",
      ])
    try options.require("auto-scaling-group-name", "policy-name")
    let group = try options.required("auto-scaling-group-name").text
    let policy = try options.required("policy-name").text
    guard name == "put-scaling-policy" else { return .deletePolicy(group: group, name: policy) }
    let kind = try options.required("policy-type")
    guard kind.text == "TargetTrackingScaling" else {
      throw CommandError(
        "only TargetTrackingScaling is understood here, not \(kind.text)", at: kind.offset,
        suggestion: "step and simple policies stand in the scenario's node group")
    }
    let configuration = try options.required("target-tracking-configuration")
    guard let target = number("TargetValue", in: configuration.text), target > 0 else {
      throw CommandError(
        "no TargetValue above 0 in the configuration", at: configuration.offset,
        suggestion: "PredefinedMetricSpecification={...},TargetValue=50,DisableScaleIn=false")
    }
    let disabled =
      configuration.text.contains("DisableScaleIn=true")
      || configuration.text.contains("\"DisableScaleIn\":true")
      || configuration.text.contains("\"DisableScaleIn\": true")
    return .putTargetTracking(
      group: group, name: policy, target: target, disableScaleIn: disabled)
  }

  // In the shorthand syntax `Name=50`, in JSON `"Name": 50`.
  private static func number(_ name: String, in text: String) -> Double? {
    guard let range = text.firstRange(of: name) else { return nil }
    let rest = text[range.upperBound...].drop { $0 == "\"" || $0 == " " || $0 == "=" || $0 == ":" }
    return Double(rest.prefix { $0.isNumber || $0 == "." })
  }
}
