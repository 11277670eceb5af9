import ClusterAutoscaler
import KubernetesObjects
import TimeUnits

extension AutoscalerDryRun {
  /// What people read: what changed when, why, and at the end why each node is still there.
  public var text: String {
    var lines: [String] = []
    for (index, report) in reports.enumerated() {
      let before = index > 0 ? reports[index - 1] : nil
      lines += story(of: report, after: before)
    }
    if lines.isEmpty { lines.append("Nothing to do: no pod needs a node, no node can go.") }
    lines += actions.isEmpty ? [] : ["", "What was done:"] + actions
    lines += ["", "At the end (\(Self.clock(samples.last?.time ?? .zero))):"] + ending
    return lines.map { $0 + "\n" }.joined()
  }

  static func clock(_ time: SimulationTime) -> String {
    let tenths = (time.nanoseconds + 50_000_000) / 100_000_000
    let rest = tenths % 600
    let seconds = (rest < 100 ? "0" : "") + "\(rest / 10).\(rest % 10)"
    return "\(tenths / 600):\(seconds)"
  }

  // MARK: Loop by loop

  /// A loop is told of if it did something, or if what it found differs from the loop before.
  private func story(of report: LoopReport, after before: LoopReport?) -> [String] {
    var lines: [String] = []
    if report.end != (before?.end ?? .completed) { lines.append("ends early: \(report.end)") }
    lines += scaleUp(report, before)
    if report.unneeded.sorted() != (before?.unneeded.sorted() ?? []) {
      let names = report.unneeded.sorted().joined(separator: ", ")
      lines.append(
        report.unneeded.isEmpty ? "no node is unneeded any more" : "unneeded: \(names)")
    }
    if !report.deletedEmpty.isEmpty {
      lines.append("removes empty \(report.deletedEmpty.sorted().joined(separator: ", "))")
    }
    if !report.drained.isEmpty {
      lines.append("drains and removes \(report.drained.sorted().joined(separator: ", "))")
    }
    if lines.isEmpty { return [] }
    return ["\(Self.clock(report.start))  \(lines[0])"]
      + lines.dropFirst().map { "         \($0)" }
  }

  private func scaleUp(_ report: LoopReport, _ before: LoopReport?) -> [String] {
    var lines: [String] = []
    for group in report.timedOut { lines.append("gave up waiting for nodes of \(group)") }
    let count = report.podsToHelp.count
    if count == 0 {
      if let before, !before.podsToHelp.isEmpty, report.schedulablePods > 0 {
        lines.append(
          "\(report.schedulablePods) pending pods will fit nodes that are on their way")
      }
      return lines
    }
    switch report.scaleUp {
    case .podsTooNew: lines.append("\(count) pods need nodes, all just created: waits for more")
    case .maxNodesTotalReached: lines.append("\(count) pods need nodes; max-nodes-total reached")
    case .limited(let reason): lines.append("\(count) pods need nodes; \(reason)")
    case .noOption:
      if before?.podsToHelp.count == count, before?.scaleUp == .noOption { break }
      lines.append("\(count) pods need nodes, and no group can help:")
      lines += refusals(report)
    case .failed(let error):
      lines.append("\(count) pods need nodes; the cloud refused: \(error.message)")
    case .successful, .notNeeded:
      lines.append("\(count) pods need nodes")
      lines += options(report) + refusals(report)
    }
    for increase in report.increases {
      let group = recording.groups[increase.group]
      lines.append("grows \(group.id) from \(increase.from) to \(increase.to) (max \(group.max))")
    }
    return lines
  }

  private func options(_ report: LoopReport) -> [String] {
    guard let decision = report.decision else { return [] }
    return decision.options.enumerated().map { index, option in
      let mark = index == report.chosen ? "*" : decision.best.contains(index) ? "=" : " "
      return
        " \(mark) \(option.groupID): \(option.nodeCount) nodes for \(option.pods.count) pods"
    }
      + decision.skipped.keys.sorted().map { group in
        "   \(recording.groups[group].id): \(decision.skipped[group]!.text)"
      }
  }

  private func refusals(_ report: LoopReport) -> [String] {
    guard let decision = report.decision else { return [] }
    let helped = Set(decision.options.lazy.flatMap(\.pods))
    return decision.podGroups.enumerated().compactMap { index, group in
      let left = group.pods.filter { !helped.contains($0.key) }
      guard let first = left.first else { return nil }
      let name = names[first.key] ?? ""
      let others = left.count > 1 ? " and \(left.count - 1) like it" : ""
      return "   \(name)\(others): \(decision.notTriggeredMessage(for: index))"
    }
  }

  // MARK: The end

  private var actions: [String] {
    timeline.compactMap { entry in
      let what: String
      switch entry.event {
      case .increaseSize(let group, let count): what = "\(group) +\(count)"
      case .increaseSizeFailed(let group, let count): what = "\(group) +\(count) refused"
      case .decreaseTargetSize(let group, let count): what = "\(group) \(count), taken back"
      case .deleteNodes(let group, let nodes):
        what = "\(group) -\(nodes.count): \(nodes.joined(separator: ", ")) deleted"
      default: return nil
      }
      return "\(Self.clock(entry.time))  \(what)"
    }
  }

  private var ending: [String] {
    var lines: [String] = []
    if let last = samples.last {
      let targets = zip(recording.groups, last.targets).map { "\($0.id) \($1)" }
      lines.append(
        "  \(last.nodes) nodes (\(targets.joined(separator: ", "))), "
          + "\(last.bound) pods bound, \(last.pending) pending")
    }
    guard let report = reports.last else { return lines }
    if !report.unremovable.isEmpty { lines.append("  why is this node still here?") }
    for node in report.unremovable { lines.append("    \(node.name): \(Self.why(node))") }
    return lines
  }

  private static func why(_ node: UnremovableNode) -> String {
    switch node.reason {
    case .notUnderutilized: "in use above the threshold"
    case .nodeGroupMinSizeReached: "its group is at its minimum"
    case .notUnneededLongEnough: "unneeded, but not for long enough yet"
    case .notUnreadyLongEnough: "not ready, but not for long enough yet"
    case .recentlyUnremovable: "found not removable within the last five minutes"
    case .noPlaceToMovePods: "no other node has room for \(node.homelessPod ?? "its pods")"
    case .blockedByPod:
      "pod \(node.blockingPod?.name ?? "") may not be moved: "
        + "\(node.blockingPod?.reason.rawValue ?? "")"
    case .scaleDownDisabledAnnotation: "annotated scale-down-disabled"
    case .currentlyBeingDeleted: "on its way out"
    case .minimalResourceLimitExceeded: "the cluster would fall below its minimum"
    default: node.reason.rawValue
    }
  }
}
