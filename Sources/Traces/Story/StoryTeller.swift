import KubernetesObjects
public import TimeUnits

/// Gathers a story from the trace: many records of one kind become one line.
///
/// A line is open while its kind of thing goes on (pods becoming ready, one after the other) and is
/// told when the next deed comes or half a minute passes without another.
public struct StoryTeller: Sendable {
  private var story = Story()
  private var open: [Group] = []
  private var workloads: [PodName: String] = [:]
  private var unschedulable: [PodName: String] = [:]
  private static let pause = Duration.seconds(30)

  /// What a line is about: things of one kind and one subject are told together.
  private struct Group {
    var kind: Kind
    var subject: String
    var why: String
    var count = 0
    var first: SimulationTime
    var last: SimulationTime
  }

  private enum Kind {
    case created, ready, unschedulable, deleting, gone, failed, restarted
    case nodeJoined, nodeReady, nodeSilent, nodeGone, instance, activity, capacity
  }

  public init() { story.chapters = [Story.Chapter(time: .zero, command: nil)] }

  public mutating func absorb(_ record: TraceRecord, at time: SimulationTime) {
    closeStale(at: time)
    switch record {
    case .command(let text):
      closeAll()
      story.chapters.append(Story.Chapter(time: time, command: text))
    case .commandOutput(_, let output, let accepted):
      story.chapters[story.chapters.count - 1].output = output
      story.chapters[story.chapters.count - 1].accepted = accepted
    case .podCreated(let pod, let owner):
      workloads[pod] = ClusterMetrics.workload(of: owner, pod)
      note(.created, subject(pod), "", time)
    case .podReady(let pod, let ready): if ready { note(.ready, subject(pod), "", time) }
    case .podUnschedulable(let pod, let message):
      let isNew = unschedulable[pod] != message
      unschedulable[pod] = message
      if isNew { note(.unschedulable, subject(pod), message, time) }
    case .podBound(let pod, _): unschedulable[pod] = nil
    case .podPhase(let pod, let phase, let reason):
      if phase == .failed { note(.failed, subject(pod), reason, time) }
    case .podRestarted(let pod, _, let reason): note(.restarted, subject(pod), reason, time)
    case .podDeleting(let pod, _): note(.deleting, subject(pod), "", time)
    case .podGone(let pod):
      note(.gone, subject(pod), "", time)
      workloads[pod] = nil
      unschedulable[pod] = nil
    case .nodeCreated(let name, _, let zone): note(.nodeJoined, name, "in \(zone)", time)
    case .nodeReady(let name, let status, let reason):
      note(status == .true ? .nodeReady : .nodeSilent, name, reason, time)
    case .nodeGone(let name): note(.nodeGone, name, "", time)
    case .instance(let id, let group, let type, let zone, let state):
      note(.instance, "\(id) (\(type), \(zone)) is \(state)", "group \(group)", time)
    case .scalingActivity(_, let description, let cause, let status):
      if status == "InProgress" { note(.activity, description, cause, time) }
    case .groupCapacity(let name, let min, let desired, let max):
      note(.capacity, "group \(name): min \(min), desired \(desired), max \(max)", "", time)
    case .event, .nodeTaints, .nodeCordoned, .replicasWanted, .bill: break
    }
  }

  /// The story so far, with every open line told.
  public mutating func finish() -> Story {
    closeAll()
    return story
  }

  private func subject(_ pod: PodName) -> String { workloads[pod] ?? pod.name }

  private mutating func note(
    _ kind: Kind, _ subject: String, _ why: String, _ time: SimulationTime
  ) {
    let index = open.firstIndex { $0.kind == kind && $0.subject == subject && $0.why == why }
    if let index {
      open[index].count += 1
      open[index].last = time
    } else {
      open.append(
        Group(kind: kind, subject: subject, why: why, count: 1, first: time, last: time))
    }
  }

  private mutating func closeStale(at time: SimulationTime) {
    guard open.contains(where: { $0.last + Self.pause < time }) else { return }
    tell(open.filter { $0.last + Self.pause < time })
    open.removeAll { $0.last + Self.pause < time }
  }

  private mutating func closeAll() {
    tell(open)
    open = []
  }

  private mutating func tell(_ groups: [Group]) {
    for group in groups {
      let span = group.last - group.first
      let took =
        group.count > 1 && span >= .seconds(1)
        ? " within \(span.components.seconds + 1) s" : ""
      let line = Story.Line(
        time: group.first, what: Self.sentence(group) + took, why: group.why)
      story.chapters[story.chapters.count - 1].lines.append(line)
    }
    let last = story.chapters.count - 1
    // Groups close in the order they fall silent; a reader wants them as they began.
    story.chapters[last].lines = story.chapters[last].lines.enumerated()
      .sorted { ($0.element.time, $0.offset) < ($1.element.time, $1.offset) }.map(\.element)
  }

  private static func sentence(_ group: Group) -> String {
    let pods = group.count == 1 ? "1 pod" : "\(group.count) pods"
    let ofSubject = "\(pods) of \(group.subject)"
    switch group.kind {
    case .created: return "\(ofSubject) created"
    case .ready: return "\(ofSubject) Ready"
    case .unschedulable: return "\(ofSubject) Pending: no node takes them"
    case .deleting: return "\(ofSubject) Terminating"
    case .gone: return "\(ofSubject) gone"
    case .failed: return "\(ofSubject) Failed"
    case .restarted: return "\(group.subject): containers restarted \(group.count) times"
    case .nodeJoined: return "node \(group.subject) joined"
    case .nodeReady: return "node \(group.subject) Ready"
    case .nodeSilent: return "node \(group.subject) not Ready"
    case .nodeGone: return "node \(group.subject) gone"
    case .instance: return "instance \(group.subject)"
    case .activity: return group.subject
    case .capacity: return group.subject
    }
  }
}
