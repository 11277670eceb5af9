public import Documents
import Kubelet
import KubernetesObjects

/// QoS classes and `oom_score_adj`. Equal: the class of the pod and the score of every container.
public struct OOMScoreSuite: ConformanceSuite {
  public let kind = "oomscore"

  public init() {}

  public func recognizes(_ recording: DocumentNode) -> Bool {
    guard let row = recording.rows?.first else { return false }
    return row["qosClass"] != nil && row["containers"] != nil
      && row["memoryCapacityBytes"] != nil
  }

  public func judge(_ recording: DocumentNode) -> CaseVerdict {
    var verdict = CaseVerdict()
    for (index, row) in (recording.rows ?? []).enumerated() {
      verdict.count(Self.difference(row, index: index))
    }
    return verdict
  }

  private static func difference(_ node: DocumentNode, index: Int) -> String? {
    var row = RecordedRow(node, name: "row \(index)")
    var spec = PodSpec(containers: [])
    spec.priority = node["priority"]?.intValue.map { Int32(clamping: $0) }
    spec.priorityClassName = node["priorityClassName"]?.scalarText
    for recorded in node["containers"]?.elements ?? [] {
      var container = Container(name: recorded["name"]?.scalarText ?? "")
      container.resources.requests = list(recorded["resources"]?["requests"], &row)
      container.resources.limits = list(recorded["resources"]?["limits"], &row)
      let isSidecar = recorded["sidecarInit"]?.boolValue ?? false
      if isSidecar { container.restartPolicy = .always }
      if isSidecar || recorded["init"]?.boolValue == true {
        spec.initContainers.append(container)
      } else {
        spec.containers.append(container)
      }
    }
    row.expect("qosClass", QOSClass(of: spec).rawValue)
    let capacity = node["memoryCapacityBytes"]?.intValue ?? 0
    for recorded in node["containers"]?.elements ?? [] {
      let name = recorded["name"]?.scalarText ?? ""
      guard
        let container = (spec.containers + spec.initContainers).first(where: { $0.name == name })
      else { continue }
      let score = OOMScore.adjustment(for: container, of: spec, memoryCapacity: capacity)
      row.expect(
        "oomScoreAdj of \(name)", recorded: recorded["oomScoreAdj"]?.scalarText, "\(score)")
    }
    return row.difference
  }

  private static func list(_ node: DocumentNode?, _ row: inout RecordedRow) -> ResourceList {
    var list = ResourceList()
    for entry in node?.entries ?? [] {
      do {
        list[entry.key] = try Quantity(parsing: entry.value.scalarText ?? "")
      } catch {
        row.fail("\(entry.key): \(error)")
      }
    }
    return list
  }
}
