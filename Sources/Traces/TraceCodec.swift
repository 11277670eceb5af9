import Documents
import KubernetesObjects
public import TimeUnits

/// The one byte form of a record: a line of JSON with time, sequence, kind, object and data.
///
/// The digest is over these bytes; a change of form moves every digest and belongs in the change
/// log.
public struct TraceCodec: Sendable {
  private var writer = JSONWriter()

  public init() {}

  /// The line of one record, without its line feed; valid until the next call.
  public mutating func encode(
    _ record: TraceRecord, at time: SimulationTime, sequence: Int
  ) -> [UInt8] {
    writer.removeAll()
    writer.object { json in
      json.field("t_ns", time.nanoseconds)
      json.field("seq", sequence)
      json.field("kind", record.kind)
      json.field("object", record.object)
      json.field("data", object: { record.writeData(&$0) })
    }
    return writer.bytes
  }
}

extension TraceRecord {
  /// The name of the case, as the trace spells it.
  public var kind: String {
    switch self {
    case .command: "command"
    case .commandOutput: "commandOutput"
    case .event: "event"
    case .podCreated: "podCreated"
    case .podBound: "podBound"
    case .podUnschedulable: "podUnschedulable"
    case .podPhase: "podPhase"
    case .podReady: "podReady"
    case .podRestarted: "podRestarted"
    case .podDeleting: "podDeleting"
    case .podGone: "podGone"
    case .containerEnded: "containerEnded"
    case .nodeLoad: "nodeLoad"
    case .workloadUsage: "workloadUsage"
    case .requests: "requests"
    case .response: "response"
    case .nodeCreated: "nodeCreated"
    case .nodeReady: "nodeReady"
    case .nodeTaints: "nodeTaints"
    case .nodeCordoned: "nodeCordoned"
    case .nodeGone: "nodeGone"
    case .replicasWanted: "replicasWanted"
    case .instance: "instance"
    case .groupCapacity: "groupCapacity"
    case .scalingActivity: "scalingActivity"
    case .bill: "bill"
    case .autoscaler: "autoscaler"
    case .pipeline: "pipeline"
    case .fault: "fault"
    case .allocation: "allocation"
    }
  }

  /// What it is about: `pod/default/web-1`, `node/ip-10-0-1-7`, `instance/i-0123`, `group/workers`.
  public var object: String {
    switch self {
    case .command, .commandOutput: "person"
    case .event(let event, _):
      event.namespace.isEmpty
        ? "\(event.kind.lowercased())/\(event.name)"
        : "\(event.kind.lowercased())/\(event.namespace)/\(event.name)"
    case .podCreated(let pod, _), .podBound(let pod, _), .podUnschedulable(let pod, _),
      .podPhase(let pod, _, _), .podReady(let pod, _), .podRestarted(let pod, _, _),
      .podDeleting(let pod, _), .podGone(let pod), .containerEnded(let pod, _, _, _):
      "pod/\(pod.namespace)/\(pod.name)"
    case .nodeCreated(let name, _, _), .nodeReady(let name, _, _), .nodeTaints(let name, _),
      .nodeCordoned(let name, _), .nodeGone(let name):
      "node/\(name)"
    case .nodeLoad(let sample): "node/\(sample.name)"
    case .workloadUsage(let sample): "workload/\(sample.workload)"
    case .requests(let window): "workload/\(window.workload)"
    case .response(let workload, _, _): "workload/\(workload)"
    case .replicasWanted(let kind, let namespace, let name, _):
      "\(kind.lowercased())/\(namespace)/\(name)"
    case .instance(let id, _, _, _, _): "instance/\(id)"
    case .groupCapacity(let name, _, _, _), .scalingActivity(let name, _, _, _): "group/\(name)"
    case .bill(let item, _): "bill/\(item)"
    case .allocation, .autoscaler: "cluster"
    case .pipeline(let sample): "topic/\(sample.topic)"
    case .fault: "environment"
    }
  }

  func writeData(_ json: inout JSONWriter) {
    switch self {
    case .command(let text): json.field("text", text)
    case .commandOutput(let text, let output, let accepted):
      json.field("text", text)
      json.field("output", output)
      json.field("accepted", accepted)
    case .event(let event, let count):
      json.field("type", event.type.rawValue)
      json.field("reason", event.reason)
      json.field("message", event.message)
      json.field("source", event.source)
      json.field("count", count)
    case .podCreated(_, let owner): json.field("owner", owner)
    case .podBound(_, let node): json.field("node", node)
    case .podUnschedulable(_, let message): json.field("message", message)
    case .podPhase(_, let phase, let reason):
      json.field("phase", phase.rawValue)
      if !reason.isEmpty { json.field("reason", reason) }
    case .podReady(_, let ready): json.field("ready", ready)
    case .podRestarted(_, let container, let reason):
      json.field("container", container)
      json.field("reason", reason)
    case .podDeleting(_, let grace): json.field("graceSeconds", grace)
    case .podGone, .nodeGone: break
    case .containerEnded(_, let container, let reason, let exitCode):
      json.field("container", container)
      json.field("reason", reason)
      json.field("exitCode", exitCode)
    case .nodeLoad(let sample): sample.write(&json)
    case .workloadUsage(let sample): sample.write(&json)
    case .requests(let window): window.write(&json)
    case .response(_, let milliseconds, let answered):
      json.field("milliseconds", milliseconds)
      json.field("answered", answered)
    case .nodeCreated(_, let instanceType, let zone):
      json.field("instanceType", instanceType)
      json.field("zone", zone)
    case .nodeReady(_, let status, let reason):
      json.field("status", status.rawValue)
      json.field("reason", reason)
    case .nodeTaints(_, let taints):
      json.field("taints", array: { list in taints.forEach { list.string($0.description) } })
    case .nodeCordoned(_, let cordoned): json.field("cordoned", cordoned)
    case .replicasWanted(_, _, _, let replicas): json.field("replicas", replicas)
    case .instance(_, let group, let instanceType, let zone, let state):
      json.field("group", group)
      json.field("instanceType", instanceType)
      json.field("zone", zone)
      json.field("state", state)
    case .groupCapacity(_, let min, let desired, let max):
      json.field("min", min)
      json.field("desired", desired)
      json.field("max", max)
    case .scalingActivity(_, let description, let cause, let status):
      json.field("description", description)
      json.field("cause", cause)
      json.field("status", status)
    case .bill(_, let microdollars): json.field("microdollars", microdollars)
    case .autoscaler(let sample): sample.write(to: &json)
    case .pipeline(let sample): sample.write(&json)
    case .fault(let what, let began):
      json.field("what", what)
      json.field("began", began)
    case .allocation(let sample): sample.write(&json)
    }
  }
}
