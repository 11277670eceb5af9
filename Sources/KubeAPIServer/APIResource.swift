/// A kind of object as errors name it.
public struct APIResource: Sendable, Hashable {
  /// The plural in lower case: `deployments`.
  public var plural: String
  /// `Deployment`.
  public var kind: String
  /// Empty for the core group.
  public var group: String

  public init(plural: String, kind: String, group: String = "") {
    self.plural = plural
    self.kind = kind
    self.group = group
  }

  /// `deployments.apps`, or `pods`.
  public var qualifiedPlural: String { group.isEmpty ? plural : "\(plural).\(group)" }

  /// `Deployment.apps`, or `Pod`.
  public var qualifiedKind: String { group.isEmpty ? kind : "\(kind).\(group)" }
}

extension APIResource {
  public static let pods = APIResource(plural: "pods", kind: "Pod")
  public static let nodes = APIResource(plural: "nodes", kind: "Node")
  public static let namespaces = APIResource(plural: "namespaces", kind: "Namespace")
  public static let services = APIResource(plural: "services", kind: "Service")
  public static let limitRanges = APIResource(plural: "limitranges", kind: "LimitRange")
  public static let resourceQuotas = APIResource(plural: "resourcequotas", kind: "ResourceQuota")
  public static let deployments = APIResource(
    plural: "deployments", kind: "Deployment", group: "apps")
  public static let replicaSets = APIResource(
    plural: "replicasets", kind: "ReplicaSet", group: "apps")
  public static let daemonSets = APIResource(plural: "daemonsets", kind: "DaemonSet", group: "apps")
  public static let priorityClasses = APIResource(
    plural: "priorityclasses", kind: "PriorityClass", group: "scheduling.k8s.io")
  public static let podDisruptionBudgets = APIResource(
    plural: "poddisruptionbudgets", kind: "PodDisruptionBudget", group: "policy")

  /// Everything the simulated API serves, in byte order of the plurals.
  public static let all = [
    daemonSets, deployments, limitRanges, namespaces, nodes, podDisruptionBudgets, pods,
    priorityClasses, replicaSets, resourceQuotas, services,
  ]
}
