public import Documents
public import TimeUnits

/// Writes objects as `kubectl get -o json` shows them: native JSON, keys in byte order, times as
/// calendar seconds of a run that began at `start`.
public struct APIObjectWriter: Sendable {
  public var start: CalendarTime

  public init(start: CalendarTime) { self.start = start }

  /// A List of whatever `items` writes.
  public func list(to json: inout JSONWriter, items: (inout JSONWriter) -> Void) {
    json.object { json in
      json.field("apiVersion", "v1")
      json.field("items", array: items)
      json.field("kind", "List")
      json.field("metadata", object: { $0.field("resourceVersion", "") })
    }
  }

  public func write(_ service: Service, to json: inout JSONWriter) {
    object("v1", "Service", service.metadata, to: &json) { json in
      json.field("spec", object: { $0.labels("selector", service.selector) })
    }
  }

  public func write(_ namespace: Namespace, to json: inout JSONWriter) {
    object("v1", "Namespace", namespace.metadata, to: &json) { json in
      json.field("status", object: { $0.field("phase", "Active") })
    }
  }

  /// An Event that was said `count` times between two points.
  public func write(
    _ event: KubernetesEvent, named name: String, first: SimulationTime, last: SimulationTime,
    count: Int64, to json: inout JSONWriter
  ) {
    json.object { json in
      json.field("apiVersion", "v1")
      json.field("count", count)
      json.field("firstTimestamp", text(first))
      json.field(
        "involvedObject",
        object: { json in
          json.field("kind", event.kind)
          json.field("name", event.name)
          json.optional("namespace", event.namespace)
        })
      json.field("kind", "Event")
      json.field("lastTimestamp", text(last))
      json.field("message", event.message)
      json.field(
        "metadata",
        object: { json in
          json.field("creationTimestamp", text(first))
          json.field("name", name)
          json.field("namespace", event.namespace.isEmpty ? "default" : event.namespace)
        })
      json.field("reason", event.reason)
      json.field("source", object: { $0.field("component", event.source) })
      json.field("type", event.type.rawValue)
    }
  }

  func text(_ time: SimulationTime) -> String { start.adding(time).rfc3339 }

  func object(
    _ version: String, _ kind: String, _ metadata: ObjectMeta, to json: inout JSONWriter,
    _ rest: (inout JSONWriter) -> Void
  ) {
    json.object { json in
      json.field("apiVersion", version)
      json.field("kind", kind)
      json.field("metadata", object: { write(metadata, to: &$0) })
      rest(&json)
    }
  }

  private func write(_ metadata: ObjectMeta, to json: inout JSONWriter) {
    json.labels("annotations", metadata.annotations)
    json.field("creationTimestamp", text(metadata.creationTime))
    json.optional("deletionGracePeriodSeconds", metadata.deletionGracePeriodSeconds)
    if let time = metadata.deletionTime { json.field("deletionTimestamp", text(time)) }
    json.strings("finalizers", metadata.finalizers)
    json.field("generation", metadata.generation)
    json.labels("labels", metadata.labels)
    json.field("name", metadata.name)
    json.optional("namespace", metadata.namespace)
    if let owner = metadata.owner { write(owner, to: &json) }
    json.field("resourceVersion", String(metadata.resourceVersion))
    json.field("uid", metadata.uid.description)
  }

  private func write(_ owner: OwnerReference, to json: inout JSONWriter) {
    json.field(
      "ownerReferences",
      array: { json in
        json.object { json in
          json.field("apiVersion", owner.kind.apiVersion)
          json.field("blockOwnerDeletion", true)
          json.field("controller", true)
          json.field("kind", owner.kind.rawValue)
          json.field("name", owner.name)
          json.field("uid", owner.uid.description)
        }
      })
  }
}

extension OwnerKind {
  fileprivate var apiVersion: String {
    switch self {
    case .deployment, .replicaSet, .daemonSet, .statefulSet: "apps/v1"
    case .job: "batch/v1"
    case .node, .replicationController, .other: "v1"
    }
  }
}

/// Fields that are left out when they say nothing.
extension JSONWriter {
  mutating func optional(_ name: String, _ value: String?) {
    if let value, !value.isEmpty { field(name, value) }
  }

  mutating func optional(_ name: String, _ value: Int64?) {
    if let value { field(name, value) }
  }

  mutating func strings(_ name: String, _ values: [String]) {
    if !values.isEmpty { field(name, array: { json in values.forEach { json.string($0) } }) }
  }

  mutating func labels(_ name: String, _ labels: Labels) {
    guard !labels.isEmpty else { return }
    field(
      name, object: { json in labels.pairs.forEach { json.field($0.key, $0.value) } })
  }

  mutating func resources(_ name: String, _ list: ResourceList) {
    guard !list.isEmpty else { return }
    field(
      name, object: { json in list.entries.forEach { json.field($0.name, $0.quantity.text) } })
  }

  mutating func objects<Item>(
    _ name: String, _ items: [Item], _ body: (Item, inout JSONWriter) -> Void
  ) {
    guard !items.isEmpty else { return }
    field(
      name,
      array: { json in for item in items { json.object { json in body(item, &json) } } })
  }
}
