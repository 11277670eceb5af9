import Documents
import KubeControllers
import KubernetesObjects

/// The output of a workload or node recording, as far as it is compared.
struct RecordedTimeline {
  /// How well three runs of the real program agreed with each other.
  enum Agreement: String {
    case same, times, tied, loose, differs
  }

  var agreement: Agreement
  var observations: [Observation] = []
  /// By object, such as `Deployment/web`: its last status in words.
  var finalStatus: [String: String] = [:]
  var hints = Hints()
  private var owners: [String: String] = [:]
  private var conditions: [String: DocumentNode] = [:]

  init(_ recording: DocumentNode) {
    let level = recording["repeat"]?["level"]?.scalarText ?? "same"
    agreement = Agreement(rawValue: level) ?? .same
    for record in recording["timeline"]?.elements ?? [] { absorb(record) }
  }

  private mutating func absorb(_ record: DocumentNode) {
    func text(_ key: String) -> String { record[key]?.scalarText ?? "" }
    let time = nanoseconds(record["t"]?.doubleValue ?? 0)
    func observe(_ what: Observation.What) -> Observation { Observation(time: time, what: what) }
    switch text("ev") {
    case "podCreated": podCreated(record, time)
    case "podDeleting":
      hints.note(deletionOf: text("pod"), at: time)
      let owner = owners[text("pod")] ?? ""
      observations.append(
        observe(.podDeleting(pod: text("pod"), owner: owner, key: Self.key(record))))
    case "podGone":
      if text("by") == "pod-garbage-collector" { hints.note(deletionOf: text("pod"), at: time) }
      observations.append(
        observe(.podGone(pod: text("pod"), owner: owners[text("pod")] ?? "")))
    case "rsCreated":
      observations.append(
        observe(
          .replicaSetScaled(
            replicaSet: text("rs"), from: nil, to: record["replicas"]?.intValue ?? 0)))
    case "rsScale":
      observations.append(
        observe(
          .replicaSetScaled(
            replicaSet: text("rs"), from: record["from"]?.intValue,
            to: record["to"]?.intValue ?? 0)))
    case "nodeTaints":
      let taints = (record["taints"]?.elements ?? []).compactMap(\.scalarText).sorted()
      if taints.contains(where: { $0.hasSuffix(":NoExecute") }) {
        hints.note(evictionTaintOf: text("node"), at: time)
      }
      hints.note(taints: taints, of: text("node"), at: time)
      observations.append(observe(.nodeTaints(node: text("node"), taints: taints)))
    case "nodeReady":
      observations.append(observe(.nodeReady(node: text("node"), ready: text("ready"))))
    case "evict":
      observations.append(
        observe(
          .eviction(
            accepted: record["accepted"]?.boolValue ?? false,
            code: record["code"]?.intValue ?? 0,
            cause: record["causes"]?.elements?.first?["message"]?.scalarText ?? "")))
    case "event":
      observations.append(
        observe(
          .event(
            kind: text("kind"), name: text("name"), reason: text("reason"),
            message: text("message"))))
    case "status": status(record)
    case "rsStatus":
      finalStatus["ReplicaSet/\(text("rs"))"] = StatusText.replicaSet(record)
    case "rsGone": finalStatus["ReplicaSet/\(text("rs"))"] = nil
    case "objGone": finalStatus["\(text("kind"))/\(text("name"))"] = nil
    default: break
    }
  }

  private mutating func podCreated(_ record: DocumentNode, _ time: Int64) {
    let pod = record["pod"]?.scalarText ?? ""
    let owner = record["owner"]?.scalarText ?? ""
    owners[pod] = owner
    if let uid = record["uid"]?.scalarText.flatMap({ UID($0) }) { hints.note(uid: uid, of: pod) }
    if owner.hasPrefix("DaemonSet/") {
      let place = String(pod[..<(pod.range(of: "-p", backwards: true) ?? pod.endIndex)])
      hints.note(creationFor: place, at: time)
    }
    observations.append(Observation(time: time, what: .podCreated(pod: pod, owner: owner)))
  }

  private mutating func status(_ record: DocumentNode) {
    let kind = record["kind"]?.scalarText ?? ""
    let object = "\(kind)/\(record["name"]?.scalarText ?? "")"
    guard let status = record["status"] else { return }
    if let written = status["conditions"], written.elements != nil {
      conditions[object] = written
    } else if status["conditions"] == nil {
      conditions[object] = nil
    }
    finalStatus[object] = StatusText.of(kind, status, conditions: conditions[object])
  }

  private static func key(_ record: DocumentNode) -> String? {
    guard let key = record["key"] else { return nil }
    return VictimKey.text(
      phase: record["phase"]?.scalarText ?? "", isReady: record["ready"]?.boolValue ?? false,
      created: key["created"]?.doubleValue ?? 0, readySince: key["readySince"]?.doubleValue,
      restarts: key["restarts"]?.intValue ?? 0,
      cost: DeletionCandidate.deletionCost(
        ["controller.kubernetes.io/pod-deletion-cost": key["cost"]?.scalarText ?? ""]))
  }
}

extension String {
  /// Where the last occurrence of `text` begins.
  fileprivate func range(of text: String, backwards: Bool) -> Index? {
    var found: Index?
    var start = startIndex
    while start < endIndex {
      if self[start...].hasPrefix(text) { found = start }
      start = index(after: start)
    }
    return found
  }
}
