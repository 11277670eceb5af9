public import Documents
import KubeScheduler
public import KubernetesObjects
public import TimeUnits

/// What the real kube-scheduler decided, pod by pod, in one recorded world.
public struct SchedulerRecording: Sendable {
  public var name: String
  public var nodes: [Node]
  public var services: [Service]
  /// What the owners of pods select by.
  public var owners: [OwnerSelector]
  public var namespaces: [Namespace] = []
  public var budgets: [PodDisruptionBudget]
  public var storage = StoredVolumes()
  public var pods: [RecordedPod]
  /// By pod, in their order.
  public var results: [RecordedResult]
}

/// What the pods' volumes are made of.
public struct StoredVolumes: Sendable {
  public var volumes: [PersistentVolume] = []
  public var claims: [PersistentVolumeClaim] = []
  public var classes: [StorageClass] = []
  public var nodes: [CSINode] = []

  /// Takes over what a placed pod's claims were given.
  mutating func take(_ assignment: VolumeAssignment) {
    for (claim, volume) in assignment.bindings {
      volumes.removeAll { $0.metadata.name == volume.metadata.name }
      volumes.append(volume)
      claims.removeAll {
        $0.metadata.name == claim.metadata.name
          && $0.metadata.namespace == claim.metadata.namespace
      }
      claims.append(claim)
    }
  }
}

/// A ReplicaSet or StatefulSet, as far as default spreading asks.
public struct OwnerSelector: Sendable {
  public var kind: OwnerKind
  public var namespace: String
  public var name: String
  public var selector: LabelSelector
}

/// A pod in its order of arrival, and what happens just before it is tried.
public struct RecordedPod: Sendable {
  /// Unique; with its namespace in front unless that is `default`.
  public var name: String
  public var namespace = "default"
  public var labels: Labels
  public var spec: Shared<PodBlueprint>
  public var owner: OwnerReference?
  /// Pods that are gone before this one is tried.
  public var deleted: [String]
  /// Where it stands from the start; nil if it is to be scheduled.
  public var boundNode: String?
  /// When it started there; nil: in the order of the pods.
  public var startTime: SimulationTime?
  /// On its way out: it takes room, but counts for no spreading.
  public var isTerminating = false
  /// On its way out because the scheduler took it away for another pod.
  public var isPreempted = false
  /// The node whose pods were evicted for it.
  public var nominatedNode: String?
  /// Why the API server does not take it; nil if it does.
  public var refusal: String?
  /// Its own name, without a namespace.
  public var shortName = ""
}

/// What became of a pod.
public struct RecordedResult: Sendable {
  public var pod: String
  /// Empty: it fit nowhere.
  public var node: String
  public var attempts: [RecordedAttempt]
}

/// One scheduling cycle as it was recorded.
public struct RecordedAttempt: Sendable, Equatable {
  public struct Score: Sendable, Equatable {
    public var total: Int64
    public var plugins: [String: Int64]
  }

  public var feasible: [String] = []
  public var top: [String] = []
  public var scores: [String: Score] = [:]
  /// `Plugin: reason, reason` by node.
  public var filtered: [String: String] = [:]
  public var message = ""
  public var preemptionMessage = ""
  public var nominatedNode = ""
  public var victims: [String] = []
}

extension SchedulerRecording {
  /// Reads a recording, or a case without results. Mistakes are reported to the cursor's sink.
  public init?(_ document: DocumentCursor) {
    guard let world = document.required("case") else { return nil }
    name = world.field("name")?.string() ?? ""
    nodes = world.required("nodes")?.elements().compactMap(Self.node) ?? []
    services = Self.services(world)
    owners = Self.owners(world)
    budgets = Self.budgets(world)
    var blueprints: [PodSpec: Shared<PodBlueprint>] = [:]
    pods = world.required("pods")?.elements().compactMap { Self.pod($0, &blueprints) } ?? []
    results = document.field("results")?.elements().map(Self.result) ?? []
    if document.sink.hasErrors { return nil }
  }

  // MARK: What cases of other programs have as well

  static func services(_ world: DocumentCursor) -> [Service] {
    world.field("services")?.elements().map { entry in
      Service(
        metadata: ObjectMeta(name: entry.field("name")?.string() ?? ""),
        selector: SchedulingReaders.labels(entry.field("selector")))
    } ?? []
  }

  static func owners(_ world: DocumentCursor) -> [OwnerSelector] {
    world.field("replicaSets")?.elements().map { entry in
      OwnerSelector(
        kind: .replicaSet, namespace: "default", name: entry.field("name")?.string() ?? "",
        selector: LabelSelector(
          matchLabels: SchedulingReaders.labels(entry.field("selector"))))
    } ?? []
  }

  static func budgets(_ world: DocumentCursor) -> [PodDisruptionBudget] {
    world.field("pdbs")?.elements().map(budget) ?? []
  }

  static func node(_ cursor: DocumentCursor) -> Node? {
    guard let name = cursor.required("name")?.string() else { return nil }
    var labels = SchedulingReaders.labels(cursor.field("labels"))
    labels[WellKnownLabel.hostname] = name
    labels[WellKnownLabel.zone] = cursor.field("zone")?.string()
    labels[WellKnownLabel.region] = cursor.field("region")?.string()
    var node = Node(metadata: ObjectMeta(name: name, namespace: "", labels: labels))
    node.taints = cursor.field("taints")?.elements().compactMap(SchedulingReaders.taint) ?? []
    node.unschedulable = cursor.field("unschedulable")?.bool() ?? false
    node.status.allocatable = SchedulingReaders.resources(cursor.required("allocatable"))
    node.status.images = cursor.field("images")?.elements().map(SchedulingReaders.image) ?? []
    return node
  }

  /// The recordings' budgets allow `maxUnavailable` disruptions throughout.
  private static func budget(_ cursor: DocumentCursor) -> PodDisruptionBudget {
    var budget = PodDisruptionBudget(
      metadata: ObjectMeta(name: cursor.field("name")?.string() ?? ""),
      selector: LabelSelector(matchLabels: SchedulingReaders.labels(cursor.field("selector"))))
    budget.disruptionsAllowed = cursor.field("maxUnavailable")?.int() ?? 0
    return budget
  }

  static func pod(
    _ cursor: DocumentCursor, _ blueprints: inout [PodSpec: Shared<PodBlueprint>]
  ) -> RecordedPod? {
    guard let name = cursor.required("name")?.string() else { return nil }
    var container = Container(name: "c", image: cursor.field("image")?.string() ?? "")
    container.resources.requests = SchedulingReaders.resources(cursor.field("requests"))
    container.resources.limits = SchedulingReaders.resources(cursor.field("limits"))
    // A limit without a request is a request, as the API server defaults it.
    for entry in container.resources.limits.entries
    where container.resources.requests[entry.name] == nil {
      container.resources.requests[entry.name] = entry.quantity
    }
    container.ports =
      cursor.field("hostPorts")?.elements().compactMap { $0.int() }.map {
        ContainerPort(containerPort: $0, hostPort: $0)
      } ?? []
    var spec = PodSpec(containers: [container])
    spec.nodeSelector = SchedulingReaders.labels(cursor.field("nodeSelector"))
    spec.affinity = SchedulingReaders.affinity(cursor.field("affinity"))
    spec.tolerations =
      cursor.field("tolerations")?.elements().map(SchedulingReaders.toleration) ?? []
    spec.topologySpreadConstraints =
      cursor.field("topologySpreadConstraints")?.elements().compactMap(SchedulingReaders.spread)
      ?? []
    spec.priority = cursor.field("priority")?.int().map { Int32(clamping: $0) }
    spec.preemptionPolicy =
      cursor.field("preemptionPolicy")?.word(PodSpec.PreemptionPolicy.self)
      ?? .preemptLowerPriority
    let blueprint = blueprints[spec] ?? Shared(PodBlueprint(spec))
    blueprints[spec] = blueprint
    let isBound = cursor.field("bound")?.bool() ?? false
    return RecordedPod(
      name: name, labels: SchedulingReaders.labels(cursor.field("labels")), spec: blueprint,
      owner: cursor.field("owner")?.string().map {
        OwnerReference(kind: .replicaSet, name: $0, uid: UID(low: 1))
      },
      deleted: SchedulingReaders.strings(cursor.field("delete")),
      boundNode: isBound ? cursor.field("node")?.string() : nil)
  }

  private static func result(_ cursor: DocumentCursor) -> RecordedResult {
    RecordedResult(
      pod: cursor.field("pod")?.string() ?? "", node: cursor.field("node")?.string() ?? "",
      attempts: cursor.field("attempts")?.elements().map(attempt) ?? [])
  }

  private static func attempt(_ cursor: DocumentCursor) -> RecordedAttempt {
    var attempt = RecordedAttempt()
    attempt.feasible = SchedulingReaders.strings(cursor.field("feasible"))
    attempt.top = SchedulingReaders.strings(cursor.field("top"))
    for (node, entry) in cursor.field("scores")?.entries() ?? [] {
      var score = RecordedAttempt.Score(total: entry.field("total")?.int() ?? 0, plugins: [:])
      for (plugin, value) in entry.field("plugins")?.entries() ?? [] {
        score.plugins[plugin] = value.int()
      }
      attempt.scores[node] = score
    }
    for (node, reason) in cursor.field("filtered")?.entries() ?? [] {
      attempt.filtered[node] = reason.string()
    }
    attempt.message = cursor.field("message")?.string() ?? ""
    attempt.preemptionMessage = cursor.field("postFilter")?.string() ?? ""
    attempt.nominatedNode = cursor.field("nominatedNode")?.string() ?? ""
    attempt.victims = SchedulingReaders.strings(cursor.field("victims"))
    return attempt
  }
}
