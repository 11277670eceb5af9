public import ClusterState
public import KubernetesObjects

/// What one pass of a controller over one key wants done: requests in the order the real sync
/// issues them.
public struct SyncPlan: Sendable {
  /// One batch after the other; the requests of a batch go out together. After a batch with a
  /// refused request only those go out that ask for it.
  public var batches: [Batch] = []
  /// When to look at the key again, counted from the end of the sync; nil if nothing asks for it.
  public var requeueAfterNanoseconds: Int64?
  /// Whether the key comes back with back-off although nothing was refused.
  public var retriesWithBackoff = false

  public init() {}

  public struct Batch: Sendable {
    public var requests: [ControllerRequest]
    /// Whether it goes out even after a refusal, as a status update does.
    public var followsRefusal: Bool

    public init(_ requests: [ControllerRequest], followsRefusal: Bool = false) {
      self.requests = requests
      self.followsRefusal = followsRefusal
    }
  }

  /// Adds a batch of one request.
  public mutating func then(_ request: ControllerRequest, followsRefusal: Bool = false) {
    batches.append(Batch([request], followsRefusal: followsRefusal))
  }

  /// Adds requests that go out together.
  public mutating func then(
    together requests: [ControllerRequest], followsRefusal: Bool = false
  ) {
    if !requests.isEmpty { batches.append(Batch(requests, followsRefusal: followsRefusal)) }
  }
}

/// One request of a controller, with the Events that tell of its outcome.
public struct ControllerRequest: Sendable {
  public enum Operation: Sendable {
    case mutate(Mutation)
    /// A pod of an owner: named by generation, admitted, then stored.
    case createPod(OwnedPod)
    /// Only the Event is said.
    case none
  }

  public var operation: Operation
  /// Said once the request has succeeded; `%pod` in its message becomes the pod's name.
  public var successEvent: KubernetesEvent?
  /// Said if the request is refused; `%error` in its message becomes the server's sentence.
  public var failureEvent: KubernetesEvent?
  /// A refusal with 404 counts as success: what was to go is gone.
  public var toleratesNotFound = false

  public init(_ operation: Operation, says event: KubernetesEvent? = nil) {
    self.operation = operation
    self.successEvent = event
  }

  public static func mutate(
    _ mutation: Mutation, says event: KubernetesEvent? = nil
  ) -> ControllerRequest {
    ControllerRequest(.mutate(mutation), says: event)
  }

  public static func say(_ event: KubernetesEvent) -> ControllerRequest {
    ControllerRequest(.none, says: event)
  }
}

/// A pod to be made for an owner from its template.
public struct OwnedPod: Sendable {
  /// The name, or with `generatesName` what the five random characters are appended to.
  public var name: String
  public var generatesName: Bool
  public var namespace: String
  public var owner: OwnerReference
  public var template: Shared<PodTemplate>
  /// What a DaemonSet adds: the one node the pod is for, and what it puts up with there.
  public var onlyNode: String?
  public var extraTolerations: [Toleration] = []
  public var extraLabels: Labels = [:]

  public init(
    name: String, generatesName: Bool = true, namespace: String, owner: OwnerReference,
    template: Shared<PodTemplate>, onlyNode: String? = nil
  ) {
    self.name = name
    self.generatesName = generatesName
    self.namespace = namespace
    self.owner = owner
    self.template = template
    self.onlyNode = onlyNode
  }
}
