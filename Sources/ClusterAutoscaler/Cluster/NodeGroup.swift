public import KubernetesObjects

/// What the autoscaler knows of a group of machines that it may grow and shrink.
///
/// Follows `cloudprovider/cloud_provider.go` (`NodeGroup`) of cluster-autoscaler 1.36; on AWS
/// each is an Auto Scaling group.
public struct NodeGroup: Sendable {
  public var id: String
  /// Nodes; the autoscaler never orders a size outside these.
  public var minSize: Int
  public var maxSize: Int
  /// The size that was ordered last; machines may still be on their way.
  public var targetSize: Int
  /// What the provider says its next machine will be; nil if it cannot say.
  public var template: NodeTemplate?
  /// The machines that exist in the cloud, whether or not they are nodes already.
  public var instances: [CloudInstance]
  /// What the group's tags say differently from the flags.
  public var options: NodeGroupOptions
  /// Whether the group is there; a provider may offer groups it would make first.
  public var exists: Bool
  /// US dollars an hour for one node, where the provider has a price model; AWS has none.
  public var usdPerHour: Double?

  public init(
    id: String, minSize: Int, maxSize: Int, targetSize: Int, template: NodeTemplate? = nil,
    instances: [CloudInstance] = [], options: NodeGroupOptions = NodeGroupOptions(),
    exists: Bool = true, usdPerHour: Double? = nil
  ) {
    self.id = id
    self.minSize = minSize
    self.maxSize = maxSize
    self.targetSize = targetSize
    self.template = template
    self.instances = instances
    self.options = options
    self.exists = exists
    self.usdPerHour = usdPerHour
  }
}

/// A node as the next one of a group will be, with the pods that every such node runs.
public struct NodeTemplate: Sendable {
  public var node: Node
  /// DaemonSet and mirror pods.
  public var pods: [Pod]

  public init(node: Node, pods: [Pod] = []) {
    self.node = node
    self.pods = pods
  }
}

/// A machine of a group, as the cloud reports it.
public struct CloudInstance: Sendable, Hashable {
  public enum State: Sendable, Hashable { case running, creating, deleting }

  /// The provider's id; the node made of it carries the same.
  public var providerID: String
  public var state: State
  /// Why it could not be made.
  public var creationError: CreationError?

  public init(
    providerID: String, state: State = .running, creationError: CreationError? = nil
  ) {
    self.providerID = providerID
    self.state = state
    self.creationError = creationError
  }
}

/// Why the cloud could not make a machine.
public struct CreationError: Sendable, Hashable, Error {
  public enum Class: String, Sendable, Hashable {
    case outOfResources = "OutOfResource"
    case quotaExceeded = "QuotaExceeded"
    case other = "Other"
  }

  public var errorClass: Class
  /// The provider's code, such as `InsufficientInstanceCapacity`.
  public var code: String
  public var message: String

  public init(_ errorClass: Class, code: String, message: String = "") {
    self.errorClass = errorClass
    self.code = code
    self.message = message
  }
}
