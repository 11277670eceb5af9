/// A command that people type, understood.
public enum Command: Sendable, Hashable {
  case kubectl(KubectlCommand)
  /// `region` is what `--region` says; nil is the cluster's own.
  case aws(AWSCommand, region: String?)

  /// Whether it only looks.
  public var isReadOnly: Bool {
    switch self {
    case .kubectl(.get): true
    case .aws(.describeAutoScalingGroups, _), .aws(.describeInstances, _),
      .aws(.describeScalingActivities, _):
      true
    default: false
    }
  }

  /// The node groups whose instances the command names by `$(instances GROUP)`.
  public var groupNames: [String] {
    guard case .aws(let command, _) = self else { return [] }
    return command.instances.compactMap { reference in
      if case .group(let name, _) = reference { name } else { nil }
    }
  }

  /// The files that `-f` names, as written.
  public var files: [String] {
    switch self {
    case .kubectl(.apply(let apply)): apply.files
    case .kubectl(.delete(let delete)): delete.files
    default: []
    }
  }
}
