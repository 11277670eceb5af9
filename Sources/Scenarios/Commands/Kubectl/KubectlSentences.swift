public import KubernetesObjects

/// What kubectl prints about what it did; each sentence without its line end.
public enum KubectlSentences {
  /// kubectl 1.11 meets workloads under their first group: `deployment.extensions`.
  private static func group(of resource: ResourceKind, in release: KubernetesRelease) -> String {
    let group = release == .v1_11 && resource.group == "apps" ? "extensions" : resource.group
    return group.isEmpty ? "" : ".\(group)"
  }

  /// `deployment.apps/web scaled`.
  public static func scaled(
    _ resource: ResourceKind, _ name: String, release: KubernetesRelease = .v1_36
  ) -> String {
    "\(resource.singular)\(group(of: resource, in: release))/\(name) scaled"
  }

  /// `pod "web-1" deleted from default namespace`; the namespace is not said in 1.11.
  ///
  /// `force` is `--force` with a grace period of 0.
  public static func deleted(
    _ resource: ResourceKind, _ name: String, namespace: String, force: Bool = false,
    release: KubernetesRelease
  ) -> String {
    let deed = force ? "force deleted" : "deleted"
    let place = resource.isNamespaced && release == .v1_36 ? " from \(namespace) namespace" : ""
    let kind = "\(resource.singular)\(group(of: resource, in: release))"
    return "\(kind) \"\(name)\" \(deed)\(place)"
  }

  /// What kubectl warns of before a deletion with `--force`.
  public static let forceWarning =
    "Warning: Immediate deletion does not wait for confirmation that the running resource has been "
    + "terminated. The resource may continue to run on the cluster indefinitely."

  public enum Applied: String, Sendable, Hashable {
    case created, configured, unchanged
  }

  /// `deployment.apps/web created`.
  public static func applied(_ resource: ResourceKind, _ name: String, _ how: Applied) -> String {
    applied(resource.qualifiedSingular, name, how)
  }

  /// The same for a kind that no command names, such as `configmap`.
  public static func applied(_ kind: String, _ name: String, _ how: Applied) -> String {
    "\(kind)/\(name) \(how.rawValue)"
  }

  /// `node/n1 cordoned`, or `already cordoned`.
  public static func cordoned(_ node: String, already: Bool = false) -> String {
    "node/\(node) \(already ? "already " : "")cordoned"
  }

  public static func uncordoned(_ node: String, already: Bool = false) -> String {
    "node/\(node) \(already ? "already " : "")uncordoned"
  }

  /// `evicting pod default/web-1` (kubectl 1.18 and later); without the eviction API, `deleting`.
  public static func evicting(
    _ pod: String, namespace: String, byDeletion: Bool = false
  ) -> String {
    "\(byDeletion ? "deleting" : "evicting") pod \(namespace)/\(pod)"
  }

  /// `pod/web-1 evicted`, when it is gone.
  public static func evicted(_ pod: String, byDeletion: Bool = false) -> String {
    "pod/\(pod) \(byDeletion ? "deleted" : "evicted")"
  }

  public static func drained(_ node: String) -> String { "node/\(node) drained" }

  // MARK: Refusals

  /// `No resources found in default namespace.`; nil namespace is a kind without, or all of them.
  public static func nothingFound(
    inNamespace namespace: String?, release: KubernetesRelease = .v1_36
  ) -> String {
    if release == .v1_11 { return "No resources found." }
    return namespace.map { "No resources found in \($0) namespace." } ?? "No resources found"
  }

  /// `Error from server (NotFound): deployments.apps "x" not found`.
  public static func notFound(
    _ resource: ResourceKind, _ name: String, release: KubernetesRelease = .v1_36
  ) -> String {
    let kind = "\(resource.rawValue)\(group(of: resource, in: release))"
    return "Error from server (NotFound): \(kind) \"\(name)\" not found"
  }

  /// An answer of the API server that is no success, as kubectl prints it.
  public static func serverError(reason: String, message: String) -> String {
    "Error from server (\(reason)): \(message)"
  }

  /// The refusal of `scale --current-replicas`.
  public static func unexpectedReplicas(expected: Int64, actual: Int64) -> String {
    "error: Expected replicas to be \(expected), was \(actual)"
  }

  /// Why a drain does not start, by kind of pod; nil if nothing stands in the way.
  ///
  /// `pods` are `namespace/name`.
  public static func drainRefusal(
    daemonSetPods: [String], unmanagedPods: [String], podsWithEmptyDir: [String]
  ) -> String? {
    var reasons: [String] = []
    func add(_ text: String, _ pods: [String]) {
      if !pods.isEmpty { reasons.append("\(text): \(pods.joined(separator: ", "))") }
    }
    add("cannot delete DaemonSet-managed Pods (use --ignore-daemonsets to ignore)", daemonSetPods)
    add(
      "cannot delete Pods with local storage (use --delete-emptydir-data to override)",
      podsWithEmptyDir)
    add("cannot delete Pods that declare no controller (use --force to override)", unmanagedPods)
    switch reasons.count {
    case 0: return nil
    case 1: return reasons[0]
    default: return "[\(reasons.joined(separator: ", "))]"
    }
  }

  /// What kubectl prints when a drain of `node` does not start (kubectl 1.34 and later).
  public static func drainAborted(node: String, reason: String) -> String {
    "error: unable to drain node \"\(node)\" due to error: \(reason), continuing command...\n"
      + "There are pending nodes to be drained:\n \(node)\n\(reason)"
  }
}
