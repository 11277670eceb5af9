public import Documents

extension APIObjectWriter {
  public func write(_ node: Node, to json: inout JSONWriter) {
    object("v1", "Node", node.metadata, to: &json) { json in
      json.field(
        "spec",
        object: { json in
          json.optional("providerID", node.providerID)
          json.objects("taints", node.taints) { taint, json in
            json.field("effect", taint.effect.rawValue)
            json.field("key", taint.key)
            json.optional("value", taint.value)
          }
          if node.unschedulable { json.field("unschedulable", true) }
        })
      json.field("status", object: { write(node.status, to: &$0) })
    }
  }

  private func write(_ status: NodeStatus, to json: inout JSONWriter) {
    json.resources("allocatable", status.allocatable)
    json.resources("capacity", status.capacity)
    json.objects("conditions", status.conditions) { condition, json in
      json.field("lastTransitionTime", text(condition.lastTransition))
      json.optional("message", condition.message)
      json.optional("reason", condition.reason)
      json.field("status", condition.status.rawValue)
      json.field("type", condition.type.rawValue)
    }
    json.objects("images", status.images) { image, json in
      json.strings("names", image.names)
      json.field("sizeBytes", image.sizeBytes)
    }
    json.field("nodeInfo", object: { $0.field("kubeletVersion", status.kubeletVersion) })
  }
}
