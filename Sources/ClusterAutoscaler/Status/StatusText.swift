import TimeUnits

/// The status as 1.13 words it: plain text in columns (`clusterstate/utils/status.go`,
/// `clusterstate/api/utils.go` and `clusterstate/clusterstate.go` 1.13).
enum StatusText {
  static func text(_ status: AutoscalerStatus) -> String {
    var out = "Cluster-autoscaler status at \(status.time.text):\n"
    guard status.phase == .running else { return out + status.phase.rawValue }
    out += "Cluster-wide:\n"
    let whole = status.clusterWide
    out += entry("Health", whole.health.rawValue, counts(whole.counts), whole.healthProbe)
    out += entry(
      "ScaleUp", whole.scaleUp.rawValue,
      "ready=\(whole.counts.ready) registered=\(whole.counts.registered)", whole.scaleUpProbe)
    out += entry(
      "ScaleDown", whole.scaleDown.rawValue, "candidates=\(whole.candidates)",
      whole.scaleDownProbe)
    guard !status.nodeGroups.isEmpty else { return out }
    out += "\nNodeGroups:\n"
    for group in status.nodeGroups { out += text(group) + "\n" }
    return out
  }

  private static func text(_ group: AutoscalerStatus.Group) -> String {
    let state = group.state
    let sizes =
      " cloudProviderTarget=\(group.target) (minSize=\(group.minSize), maxSize=\(group.maxSize))"
    return "  Name:        \(group.name)\n"
      + entry("Health", state.health.rawValue, counts(state.counts) + sizes, state.healthProbe)
      + entry(
        "ScaleUp", state.scaleUp.rawValue,
        "ready=\(state.counts.ready) cloudProviderTarget=\(group.target)", state.scaleUpProbe)
      + entry(
        "ScaleDown", state.scaleDown.rawValue, "candidates=\(state.candidates)",
        state.scaleDownProbe)
  }

  private static func counts(_ counts: AutoscalerStatus.NodeCounts) -> String {
    "ready=\(counts.ready) unready=\(counts.unready) notStarted=\(counts.notStarted)"
      + " longNotStarted=0 registered=\(counts.registered)"
      + " longUnregistered=\(counts.longUnregistered)"
  }

  private static func entry(
    _ name: String, _ status: String, _ message: String, _ probe: AutoscalerStatus.Probe
  ) -> String {
    let title = "  \(name):"
    let column = String(repeating: " ", count: 15)
    return title + column.dropFirst(title.count) + "\(status) (\(message))\n"
      + column + "LastProbeTime:      \(probe.last.text)\n"
      + column + "LastTransitionTime: \(probe.lastTransition.text)\n"
  }
}

extension CalendarTime {
  /// `2018-10-15 08:30:00 +0000 UTC`, as Go prints a time.
  var text: String {
    rfc3339.replacing("T", with: " ").replacing("Z", with: "") + " +0000 UTC"
  }
}
