import TimeUnits

/// The text under `status` in the ConfigMap `cluster-autoscaler-status`.
public enum StatusConfigMap {
  public static func text(_ status: AutoscalerStatus, release: AutoscalerRelease) -> String {
    release == .v1_13 ? StatusText.text(status) : yaml(status)
  }

  /// Fields in the order of `clusterstate/api/types.go` 1.36; what is empty and may be left out
  /// is left out.
  private static func yaml(_ status: AutoscalerStatus) -> String {
    var out = YAMLLines()
    out.line(0, "time", status.time.text)
    out.line(0, "autoscalerStatus", status.phase.rawValue)
    if !status.message.isEmpty { out.line(0, "message", quoted(status.message)) }
    out.line(0, "clusterWide")
    out.health(1, status.clusterWide, group: nil)
    out.scaling(1, status.clusterWide, backoff: nil)
    if !status.nodeGroups.isEmpty { out.line(0, "nodeGroups") }
    for group in status.nodeGroups {
      out.line(0, "- name", group.name)
      out.health(1, group.state, group: group)
      out.scaling(1, group.state, backoff: group.backoff)
    }
    return out.text
  }

  fileprivate static func quoted(_ text: String) -> String {
    "\""
      + text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"")
      .replacing("\n", with: "\\n") + "\""
  }
}

private struct YAMLLines {
  var text = ""

  mutating func line(_ depth: Int, _ name: String, _ value: String? = nil) {
    text += String(repeating: "  ", count: depth) + name + ":"
    text += (value.map { " " + $0 } ?? "") + "\n"
  }

  mutating func line(_ depth: Int, _ name: String, _ value: Int) {
    line(depth, name, String(value))
  }

  mutating func probe(_ depth: Int, _ probe: AutoscalerStatus.Probe) {
    line(depth, "lastProbeTime", "\"\(probe.last.rfc3339)\"")
    line(depth, "lastTransitionTime", "\"\(probe.lastTransition.rfc3339)\"")
  }

  mutating func health(
    _ depth: Int, _ state: AutoscalerStatus.ClusterWide, group: AutoscalerStatus.Group?
  ) {
    line(depth, "health")
    line(depth + 1, "status", state.health.rawValue)
    line(depth + 1, "nodeCounts")
    counts(depth + 2, state.counts)
    if let group {
      line(depth + 1, "cloudProviderTarget", group.target)
      line(depth + 1, "minSize", group.minSize)
      line(depth + 1, "maxSize", group.maxSize)
    }
    probe(depth + 1, state.healthProbe)
  }

  private mutating func counts(_ depth: Int, _ counts: AutoscalerStatus.NodeCounts) {
    line(depth, "registered")
    line(depth + 1, "total", counts.registered)
    line(depth + 1, "ready", counts.ready)
    line(depth + 1, "notStarted", counts.notStarted)
    if counts.suspended > 0 { line(depth + 1, "suspended", counts.suspended) }
    if counts.beingDeleted > 0 { line(depth + 1, "beingDeleted", counts.beingDeleted) }
    line(depth + 1, "unready")
    line(depth + 2, "total", counts.unready)
    line(depth + 2, "resourceUnready", counts.resourceUnready)
    line(depth, "longUnregistered", counts.longUnregistered)
    line(depth, "unregistered", counts.unregistered)
  }

  mutating func scaling(
    _ depth: Int, _ state: AutoscalerStatus.ClusterWide, backoff: CreationError?
  ) {
    line(depth, "scaleUp")
    line(depth + 1, "status", state.scaleUp.rawValue)
    if let backoff {
      line(depth + 1, "backoffInfo")
      line(depth + 2, "errorCode", backoff.code)
      if !backoff.message.isEmpty {
        line(depth + 2, "errorMessage", StatusConfigMap.quoted(backoff.message))
      }
    }
    probe(depth + 1, state.scaleUpProbe)
    line(depth, "scaleDown")
    line(depth + 1, "status", state.scaleDown.rawValue)
    if state.candidates > 0 { line(depth + 1, "candidates", state.candidates) }
    probe(depth + 1, state.scaleDownProbe)
  }
}
