import AWSObjects
import Documents
import TimeUnits

extension ScenarioDraft {
  /// What contradicts itself in the settings of the Auto Scaling groups and in what EC2 gives.
  var autoScalingProblems: [ScenarioProblem] {
    var found: [ScenarioProblem] = []
    for (index, group) in cloud.nodeGroups.enumerated() {
      let path = "spec.cloud.nodeGroups[\(index)]"
      found += group.autoScaling.problems(at: path, max: group.max)
    }
    for (index, shortage) in cloud.capacityShortages.enumerated() {
      for (place, zone) in shortage.zones.enumerated() where zone.region != cloud.region {
        found.append(
          ScenarioProblem(
            path: "spec.cloud.capacityShortages[\(index)].zones[\(place)]",
            message: "'\(zone)' is not a zone of \(cloud.region)",
            suggestion: "such as \(cloud.region)a"))
      }
    }
    return found
  }
}

extension AutoScalingSpec {
  func problems(at path: String, max: Int) -> [ScenarioProblem] {
    var found: [ScenarioProblem] = []
    func report(_ field: String, _ message: String, _ suggestion: String? = nil) {
      found.append(
        ScenarioProblem(path: "\(path).\(field)", message: message, suggestion: suggestion))
    }
    let names = terminationPolicies ?? []
    for (index, name) in names.enumerated() {
      let field = "terminationPolicies[\(index)]"
      if name.hasPrefix(TerminationPolicyType.lambdaPrefix) {
        report(
          field,
          index > 0
            ? "a Lambda function must be the first of the termination policies"
            : "nothing here runs the Lambda function of a termination policy")
      } else if TerminationPolicyType(rawValue: name) == nil {
        let known = TerminationPolicyType.allCases.map(\.rawValue)
        report(
          field, "unknown termination policy '\(name)'",
          Spelling.suggestion(for: name, among: known) ?? "one of " + known.joined(separator: ", "))
      } else if name == TerminationPolicyType.default.rawValue, index != names.count - 1 {
        report(field, "the termination policy Default must be the last of the list")
      }
    }
    if warmPool != nil, mixedInstances != nil {
      report("warmPool", "a group with mixed instances cannot have a warm pool")
    }
    for (index, hook) in lifecycleHooks.enumerated()
    where lifecycleHooks[..<index].contains(where: { $0.hook.name == hook.hook.name }) {
      report(
        "lifecycleHooks[\(index)].name", "there is a lifecycle hook '\(hook.hook.name)' already")
    }
    for (index, policy) in policies.enumerated()
    where policies[..<index].contains(where: { $0.name == policy.name }) {
      report("policies[\(index)].name", "there is a policy '\(policy.name)' already")
    }
    for (index, action) in scheduledActions.enumerated() {
      if let least = action.minSize, least > action.maxSize ?? max {
        report(
          "scheduledActions[\(index)].min", "min \(least) is above max \(action.maxSize ?? max)")
      }
    }
    return found
  }
}
