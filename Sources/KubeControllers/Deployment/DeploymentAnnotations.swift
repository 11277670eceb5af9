public import KubernetesObjects

/// Annotations by which the Deployment controller remembers what it did.
///
/// pkg/controller/deployment/util/deployment_util.go, 1.36.
public enum DeploymentAnnotation {
  public static let revision = "deployment.kubernetes.io/revision"
  /// Earlier revisions of a template that was rolled back to, separated by commas.
  public static let revisionHistory = "deployment.kubernetes.io/revision-history"
  /// `spec.replicas` of the Deployment when this ReplicaSet was last scaled.
  public static let desiredReplicas = "deployment.kubernetes.io/desired-replicas"
  /// The same with the surge added: what proportions are reckoned from.
  public static let maxReplicas = "deployment.kubernetes.io/max-replicas"

  // What a ReplicaSet does not inherit from its Deployment.
  static let notCopied: [String] = [
    "kubectl.kubernetes.io/last-applied-configuration", revision, revisionHistory,
    desiredReplicas, maxReplicas, "deprecated.deployment.rollback.to",
  ]
}

extension ReplicaSet {
  /// The revision annotation as a number, 0 without one.
  public var revision: Int64 {
    metadata.annotations[DeploymentAnnotation.revision].flatMap { Int64($0) } ?? 0
  }

  var desiredReplicasAnnotation: Int64? {
    metadata.annotations[DeploymentAnnotation.desiredReplicas].flatMap { Int64($0) }
  }

  var maxReplicasAnnotation: Int64? {
    metadata.annotations[DeploymentAnnotation.maxReplicas].flatMap { Int64($0) }
  }

  /// Copies the Deployment's annotations and sets the revision; true if anything changed.
  mutating func inheritAnnotations(of deployment: Deployment, revision newRevision: Int64) -> Bool {
    var changed = false
    for pair in deployment.metadata.annotations.pairs
    where !DeploymentAnnotation.notCopied.contains(pair.key)
      && metadata.annotations[pair.key] != pair.value
    {
      metadata.annotations[pair.key] = pair.value
      changed = true
    }
    let oldText = metadata.annotations[DeploymentAnnotation.revision]
    guard revision < newRevision else { return changed }
    metadata.annotations[DeploymentAnnotation.revision] = String(newRevision)
    if let oldText {
      let history = metadata.annotations[DeploymentAnnotation.revisionHistory] ?? ""
      metadata.annotations[DeploymentAnnotation.revisionHistory] =
        history.isEmpty ? oldText : history + "," + oldText
    }
    return true
  }

  /// Writes down the size of the Deployment; true if that is news.
  mutating func setReplicasAnnotations(desired: Int64, maximum: Int64) -> Bool {
    let values = [
      (DeploymentAnnotation.desiredReplicas, String(desired)),
      (DeploymentAnnotation.maxReplicas, String(maximum)),
    ]
    var changed = false
    for (key, value) in values where metadata.annotations[key] != value {
      metadata.annotations[key] = value
      changed = true
    }
    return changed
  }
}
