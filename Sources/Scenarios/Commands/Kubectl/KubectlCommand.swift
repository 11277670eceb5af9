public import KubernetesObjects

/// The part of kubectl that matters for scaling.
public enum KubectlCommand: Sendable, Hashable {
  case scale(Scale)
  case delete(Delete)
  case get(Get)
  case apply(Apply)
  case cordon(NodeTargets)
  case uncordon(NodeTargets)
  case drain(Drain)

  public struct Scale: Sendable, Hashable {
    public var targets: ObjectTargets
    public var replicas: Int64
    /// Refuse unless the object has as many replicas now; nil asks nothing.
    public var currentReplicas: Int64?
  }

  public struct Delete: Sendable, Hashable {
    /// Nil if only files are named.
    public var targets: ObjectTargets?
    /// As written after `-f`.
    public var files: [String]
    /// Seconds; nil is each object's own.
    public var gracePeriodSeconds: Int64?
    public var force: Bool
    public var ignoreNotFound: Bool
    public var cascade: Cascade
    /// Whether kubectl would wait until the objects are gone; time goes on either way.
    public var waits: Bool
  }

  /// What becomes of an object's dependents.
  public enum Cascade: String, Sendable, Hashable, CaseIterable {
    case background, foreground, orphan
  }

  public struct Get: Sendable, Hashable {
    /// One or several kinds, with names perhaps.
    public var targets: ObjectTargets
    public var output: Output
    public var showsLabels: Bool
    public var hasHeaders: Bool
  }

  public enum Output: String, Sendable, Hashable, CaseIterable {
    case table = ""
    case wide, json, yaml, name
  }

  public struct Apply: Sendable, Hashable {
    /// As written after `-f`.
    public var files: [String]
    /// Nil is `default`, and each object's own where it has one.
    public var namespace: String?
  }

  public struct Drain: Sendable, Hashable {
    public var targets: NodeTargets
    public var ignoresDaemonSets: Bool
    public var force: Bool
    public var deletesEmptyDirData: Bool
    /// Seconds; nil is each pod's own.
    public var gracePeriodSeconds: Int64?
    public var podSelector: LabelSelector?
    /// Delete instead of evict: budgets are not asked.
    public var disablesEviction: Bool
    /// Nil waits for ever.
    public var timeout: Duration?
  }
}

/// Which objects a command is about.
public struct ObjectTargets: Sendable, Hashable {
  /// `deployment/web`, or `deployment web`; `name` nil is every object of the kind that the
  /// selectors let through.
  public struct Target: Sendable, Hashable {
    public var resource: ResourceKind
    public var name: String?

    public init(resource: ResourceKind, name: String? = nil) {
      self.resource = resource
      self.name = name
    }
  }

  public var targets: [Target]
  /// The default is `default`.
  public var namespace: String
  public var allNamespaces: Bool
  public var labelSelector: LabelSelector?
  public var fieldSelector: [FieldRequirement]

  public init(
    targets: [Target], namespace: String = "default", allNamespaces: Bool = false,
    labelSelector: LabelSelector? = nil, fieldSelector: [FieldRequirement] = []
  ) {
    self.targets = targets
    self.namespace = namespace
    self.allNamespaces = allNamespaces
    self.labelSelector = labelSelector
    self.fieldSelector = fieldSelector
  }
}

/// Which nodes `cordon`, `uncordon` and `drain` are about: names, or a selector.
public struct NodeTargets: Sendable, Hashable {
  public var names: [String]
  public var labelSelector: LabelSelector?

  public init(names: [String] = [], labelSelector: LabelSelector? = nil) {
    self.names = names
    self.labelSelector = labelSelector
  }
}

/// One requirement of `--field-selector`, such as `status.phase!=Running`.
public struct FieldRequirement: Sendable, Hashable {
  public var field: String
  /// Whether the field must be `value`, or must not be.
  public var isEqual: Bool
  public var value: String

  public init(field: String, isEqual: Bool, value: String) {
    self.field = field
    self.isEqual = isEqual
    self.value = value
  }
}
