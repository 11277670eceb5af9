import Documents
import TimeUnits

extension ManifestReader {
  mutating func node(_ cursor: DocumentCursor) -> Node? {
    defer { cursor.reportUnknownFields(severity: .warning) }
    guard let metadata = metadata(cursor, namespaced: false) else { return nil }
    var node = Node(metadata: metadata)
    if let spec = cursor.field("spec"), spec.expectMapping() {
      node.taints = spec.field("taints")?.taints() ?? []
      node.unschedulable = spec.field("unschedulable")?.bool() ?? false
      node.providerID = spec.field("providerID")?.apiString() ?? ""
      spec.ignore("podCIDR", "podCIDRs", "externalID", "configSource")
      spec.reportUnknownFields(severity: .warning)
    }
    if let status = cursor.field("status"), status.expectMapping() {
      node.status = nodeStatus(status)
    }
    return node
  }

  private func nodeStatus(_ cursor: DocumentCursor) -> NodeStatus {
    var status = NodeStatus()
    status.capacity = cursor.field("capacity")?.resourceList() ?? ResourceList()
    // Nothing reserved unless the kubelet says so ([36] `SetDefaults_NodeStatus`).
    status.allocatable = cursor.field("allocatable")?.resourceList() ?? status.capacity
    status.kubeletVersion =
      cursor.field("nodeInfo")?.field("kubeletVersion")?.string() ?? ""
    for condition in cursor.field("conditions")?.elements() ?? [] {
      // Conditions of node-problem-detector and others bear on nothing here.
      guard
        let type = condition.field("type")?.string().flatMap({ NodeCondition.Kind(rawValue: $0) }),
        let state = condition.field("status")?.string().flatMap({ ConditionStatus(rawValue: $0) })
      else { continue }
      status.conditions.append(
        NodeCondition(
          type: type, status: state, reason: condition.field("reason")?.string() ?? "",
          message: condition.field("message")?.string() ?? "",
          lastTransition: time(condition.field("lastTransitionTime")) ?? .zero))
    }
    status.images = (cursor.field("images")?.elements() ?? []).map { image in
      ContainerImage(
        names: image.field("names")?.elements().compactMap { $0.string() } ?? [],
        sizeBytes: image.field("sizeBytes")?.int() ?? 0)
    }
    return status
  }

  mutating func namespace(_ cursor: DocumentCursor) -> Namespace? {
    cursor.ignore("spec", "status")
    defer { cursor.reportUnknownFields(severity: .warning) }
    guard var metadata = metadata(cursor, namespaced: false) else { return nil }
    // So that namespace selectors can name one ([36] `SetDefaults_Namespace`).
    metadata.labels["kubernetes.io/metadata.name"] = metadata.name
    return Namespace(metadata: metadata)
  }

  mutating func service(_ cursor: DocumentCursor) -> Service? {
    cursor.ignore("status")
    defer { cursor.reportUnknownFields(severity: .warning) }
    let selector = cursor.field("spec")?.field("selector")?.labels() ?? [:]
    guard let metadata = metadata(cursor, namespaced: true) else { return nil }
    return Service(metadata: metadata, selector: selector)
  }
}
