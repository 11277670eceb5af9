public import Documents
import TimeUnits

extension APIObjectWriter {
  public func write(_ pod: Pod, to json: inout JSONWriter) {
    object("v1", "Pod", pod.metadata, to: &json) { json in
      json.field(
        "spec", object: { $0.podSpec(pod.spec.value.spec, nodeName: pod.nodeName) })
      json.field(
        "status", object: { write(pod.status, qosClass: pod.spec.value.qosClass, to: &$0) })
    }
  }

  private func write(_ status: PodStatus, qosClass: QOSClass, to json: inout JSONWriter) {
    json.objects("conditions", status.conditions) { condition, json in
      json.field("lastTransitionTime", text(condition.lastTransition))
      json.optional("message", condition.message)
      json.optional("reason", condition.reason)
      json.field("status", condition.status.rawValue)
      json.field("type", condition.type.rawValue)
    }
    json.objects("containerStatuses", status.containers) { write($0, to: &$1) }
    json.objects("initContainerStatuses", status.initContainers) { write($0, to: &$1) }
    json.optional("message", status.message)
    json.optional("nominatedNodeName", status.nominatedNodeName)
    json.field("phase", status.phase.rawValue)
    json.field("qosClass", qosClass.rawValue)
    json.optional("reason", status.reason)
    if let time = status.startTime { json.field("startTime", text(time)) }
  }

  private func write(_ status: ContainerStatus, to json: inout JSONWriter) {
    json.field(
      "lastState",
      object: { json in
        if let ended = status.lastTermination {
          json.field("terminated", object: { write(ended, to: &$0) })
        }
      })
    json.field("name", status.name)
    json.field("ready", status.ready)
    json.field("restartCount", Int64(status.restartCount))
    json.field(
      "state",
      object: { json in
        switch status.state {
        case .waiting(let reason):
          json.field("waiting", object: { $0.optional("reason", reason) })
        case .running(let since):
          json.field("running", object: { $0.field("startedAt", text(since)) })
        case .terminated(let ended): json.field("terminated", object: { write(ended, to: &$0) })
        }
      })
  }

  private func write(_ ended: ContainerStatus.Termination, to json: inout JSONWriter) {
    json.field("exitCode", Int64(ended.exitCode))
    json.field("finishedAt", text(ended.finishedAt))
    json.field("reason", ended.reason)
    json.field("startedAt", text(ended.startedAt))
  }
}
