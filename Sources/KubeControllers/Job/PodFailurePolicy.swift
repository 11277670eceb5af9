import KubernetesObjects

/// Follows pkg/controller/job/pod_failure_policy.go, 1.36.
enum PodFailurePolicy {
  enum Verdict {
    case counts
    case ignored
    /// Fails the Job, with this message.
    case fails(String)
  }

  /// What the first matching rule says of a pod that has Failed.
  static func judge(_ pod: Pod, _ rules: [PodFailureRule]) -> Verdict {
    guard pod.status.phase == .failed else { return .counts }
    for (index, rule) in rules.enumerated() {
      guard let cause = rule.requirements.lazy.compactMap({ cause($0, pod) }).first else {
        continue
      }
      switch rule.action {
      case .ignore: return .ignored
      case .count: return .counts
      case .failJob: return .fails("\(cause) matching FailJob rule at index \(index)")
      }
    }
    return .counts
  }

  private static func cause(_ requirement: PodFailureRule.Requirement, _ pod: Pod) -> String? {
    let name = "\(pod.metadata.namespace)/\(pod.metadata.name)"
    switch requirement {
    case .condition(let type, let status):
      guard pod.status.condition(type)?.status == status else { return nil }
      return "Pod \(name) has condition \(type.rawValue)"
    case .exitCodes(let container, let values, let isIn):
      for status in pod.status.containers where container == nil || container == status.name {
        guard case .terminated(let end) = status.state, end.exitCode != 0,
          values.contains(end.exitCode) == isIn
        else { continue }
        return "Container \(status.name) for pod \(name) failed with exit code \(end.exitCode)"
      }
      return nil
    }
  }
}
