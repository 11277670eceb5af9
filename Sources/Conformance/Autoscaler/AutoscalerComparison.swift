import ClusterAutoscaler
import TimeUnits

/// Whether a played case agrees with a recorded run, in the sense of `conformance/README.md`.
///
/// The same size changes in the same order, nodes deleted by group, each within one scan interval
/// of the recorded time, and the same state at the end.
struct AutoscalerComparison {
  /// Nil if they agree.
  private(set) var difference: String?

  private struct Change: Equatable, CustomStringConvertible {
    var time: SimulationTime
    var what: String

    var description: String { "\(what) at \(time.secondsValue) s" }
  }

  init(
    _ timeline: [AutoscalerTimelineEntry], _ final: AutoscalerSample?, against run: RecordedRun,
    tolerance: Duration
  ) {
    let groups = Set(
      (timeline + run.timeline).compactMap { entry -> String? in
        if case .deleteNodes(let group, _) = entry.event { return group }
        return nil
      })
    difference = Self.compare(
      Self.sizeChanges(timeline), Self.sizeChanges(run.timeline), tolerance)
    for group in groups.sorted() where difference == nil {
      difference = Self.compare(
        Self.deletions(timeline, of: group), Self.deletions(run.timeline, of: group), tolerance)
    }
    guard difference == nil, let final, let recorded = run.final else { return }
    let ours = [final.targets, [final.nodes, final.pending, final.bound]]
    let theirs = [recorded.targets, [recorded.nodes, recorded.pending, recorded.bound]]
    if ours != theirs {
      difference =
        "at the end recorded targets \(theirs[0]), nodes, pending, bound \(theirs[1]); "
        + "ours \(ours[0]), \(ours[1])"
    }
  }

  private static func sizeChanges(_ timeline: [AutoscalerTimelineEntry]) -> [Change] {
    timeline.compactMap { entry in
      switch entry.event {
      case .increaseSize(let group, let count):
        Change(time: entry.time, what: "IncreaseSize \(group) \(count)")
      case .decreaseTargetSize(let group, let count):
        Change(time: entry.time, what: "DecreaseTargetSize \(group) \(count)")
      default: nil
      }
    }
  }

  private static func deletions(
    _ timeline: [AutoscalerTimelineEntry], of group: String
  ) -> [Change] {
    timeline.flatMap { entry -> [Change] in
      guard case .deleteNodes(group, let nodes) = entry.event else { return [] }
      return nodes.map { _ in Change(time: entry.time, what: "DeleteNodes \(group)") }
    }
  }

  private static func compare(
    _ ours: [Change], _ theirs: [Change], _ tolerance: Duration
  ) -> String? {
    for index in 0..<max(ours.count, theirs.count) {
      let mine = index < ours.count ? ours[index] : nil
      let recorded = index < theirs.count ? theirs[index] : nil
      if let mine, let recorded, mine.what == recorded.what {
        let apart = mine.time - recorded.time
        if apart <= tolerance, .zero - apart <= tolerance { continue }
      }
      let text = { (change: Change?) in change?.description ?? "nothing" }
      return "change \(index + 1): recorded \(text(recorded)), ours \(text(mine))"
    }
    return nil
  }
}
