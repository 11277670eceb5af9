/// How volumes of a kind are made (storage.k8s.io/v1).
public struct StorageClass: Sendable {
  public enum BindingMode: String, Sendable, Hashable, CaseIterable {
    /// As soon as there is a claim, wherever: its pods have to follow.
    case immediate = "Immediate"
    /// Where the first pod goes.
    case waitForFirstConsumer = "WaitForFirstConsumer"
  }

  /// A node label and the values that will do.
  public struct TopologyRequirement: Sendable, Hashable {
    public var key: String
    public var values: [String]

    public init(key: String, values: [String]) {
      self.key = key
      self.values = values
    }
  }

  public var metadata: ObjectMeta
  /// Such as `ebs.csi.aws.com`; `kubernetes.io/no-provisioner` makes none.
  public var provisioner: String
  public var bindingMode = BindingMode.immediate
  /// Alternatives, each of which must hold in all its parts; empty: anywhere.
  public var allowedTopologies: [[TopologyRequirement]] = []
  /// Whether claims without a class get this one.
  public var isDefault = false

  public init(metadata: ObjectMeta, provisioner: String) {
    self.metadata = metadata
    self.provisioner = provisioner
  }

  /// Whether volumes can be made at all.
  public var provisions: Bool {
    !provisioner.isEmpty && provisioner != "kubernetes.io/no-provisioner"
  }

  /// Whether a volume may be made for a node with these labels: `MatchTopologySelectorTerms` of
  /// `pkg/apis/core/v1/helper` 1.36.
  public func admits(_ labels: Labels) -> Bool {
    allowedTopologies.isEmpty
      || allowedTopologies.contains { term in
        !term.isEmpty
          && term.allSatisfy { part in labels[part.key].map(part.values.contains) ?? false }
      }
  }
}
