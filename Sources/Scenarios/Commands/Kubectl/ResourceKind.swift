/// The kinds that commands may name.
public enum ResourceKind: String, Sendable, Hashable, CaseIterable {
  case pods, nodes, services, events, namespaces, deployments, replicasets, daemonsets
  case configmaps, poddisruptionbudgets, priorityclasses, limitranges, resourcequotas

  /// The kind as manifests spell it.
  public var kind: String {
    switch self {
    case .pods: "Pod"
    case .nodes: "Node"
    case .services: "Service"
    case .events: "Event"
    case .namespaces: "Namespace"
    case .deployments: "Deployment"
    case .replicasets: "ReplicaSet"
    case .daemonsets: "DaemonSet"
    case .configmaps: "ConfigMap"
    case .poddisruptionbudgets: "PodDisruptionBudget"
    case .priorityclasses: "PriorityClass"
    case .limitranges: "LimitRange"
    case .resourcequotas: "ResourceQuota"
    }
  }

  /// The API group; empty is core.
  public var group: String {
    switch self {
    case .deployments, .replicasets, .daemonsets: "apps"
    case .poddisruptionbudgets: "policy"
    case .priorityclasses: "scheduling.k8s.io"
    default: ""
    }
  }

  public var isNamespaced: Bool {
    switch self {
    case .nodes, .namespaces, .priorityclasses: false
    default: true
    }
  }

  /// Whether it has the scale subresource.
  public var isScalable: Bool { self == .deployments || self == .replicasets }

  var shortNames: [String] {
    switch self {
    case .pods: ["po"]
    case .nodes: ["no"]
    case .services: ["svc"]
    case .events: ["ev"]
    case .namespaces: ["ns"]
    case .deployments: ["deploy"]
    case .replicasets: ["rs"]
    case .daemonsets: ["ds"]
    case .configmaps: ["cm"]
    case .poddisruptionbudgets: ["pdb"]
    case .priorityclasses: ["pc"]
    case .limitranges: ["limits"]
    case .resourcequotas: ["quota"]
    }
  }

  /// `deployment`, as in `pod "web" deleted`.
  public var singular: String { kind.lowercased() }

  /// `deployment.apps`, as in `deployment.apps/web scaled`.
  public var qualifiedSingular: String { group.isEmpty ? singular : "\(singular).\(group)" }

  /// `deployments.apps`, as in `deployments.apps "x" not found`.
  public var qualifiedPlural: String { group.isEmpty ? rawValue : "\(rawValue).\(group)" }

  /// The kind that a word means: plural, singular or short, in any case, with the group perhaps;
  /// nil for anything else. `all` is not a kind.
  public init?(word: String) {
    let parts = word.lowercased().split(separator: ".", maxSplits: 1)
    guard let name = parts.first else { return nil }
    let found = Self.allCases.first {
      $0.rawValue == name || $0.singular == name || $0.shortNames.contains(String(name))
    }
    guard let found else { return nil }
    if parts.count == 2 {
      // `deployments.v1.apps` names the version too.
      let group = parts[1]
      let isVersioned = group.hasPrefix("v") && group.dropFirst().first?.isNumber == true
      let bare = isVersioned ? group.drop { $0 != "." }.dropFirst() : group
      guard bare == found.group else { return nil }
    }
    self = found
  }

  /// Every word that names a kind, for suggestions.
  static let words: [String] = allCases.flatMap { [$0.rawValue, $0.singular] + $0.shortNames }
}
