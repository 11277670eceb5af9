import KubernetesObjects
public import TimeUnits

/// Gathers a story from the trace: many records of one kind become one line.
///
/// A line is open while its kind of thing goes on (pods becoming ready, one after the other) and is
/// told when the next deed comes or half a minute passes without another.
public struct StoryTeller: Sendable {
  private var story = Story()
  private var open: [StoryGroup] = []
  private var workloads: [PodName: String] = [:]
  private var unschedulable: [PodName: String] = [:]
  private var readyNodes: Set<String> = []
  private static let pause = Duration.seconds(30)

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
      note(.pod, "created", subject(pod), time)
    case .podReady(let pod, let ready): if ready { note(.pod, "Ready", subject(pod), time) }
    case .podUnschedulable(let pod, let message):
      // The last reason stands for those that came and went in the same moment.
      if let old = unschedulable.updateValue(message, forKey: pod) {
        if old == message { return }
        retract(.pod, Self.pending, subject(pod), old, time)
      }
      note(.pod, Self.pending, subject(pod), why: message, time)
    case .podBound(let pod, _): unschedulable[pod] = nil
    case .podPhase(let pod, let phase, let reason):
      if phase == .failed { note(.pod, "Failed", subject(pod), why: reason, time) }
    case .podRestarted(let pod, _, let reason):
      note(.pod, "restarted", subject(pod), why: reason, time)
    case .podDeleting(let pod, _): note(.pod, "Terminating", subject(pod), time)
    case .podGone(let pod):
      note(.pod, "gone", subject(pod), time)
      workloads[pod] = nil
      unschedulable[pod] = nil
    case .nodeCreated(let name, _, let zone): note(.node, "joined", "\(name) (\(zone))", time)
    case .nodeReady(let name, let status, let reason): nodeReady(name, status, reason, time)
    case .nodeGone(let name):
      readyNodes.remove(name)
      note(.node, "gone", name, time)
    case .nodeCordoned(let name, let cordoned):
      note(.node, cordoned ? "cordoned" : "uncordoned", name, time)
    case .instance(let id, _, let type, let zone, let state):
      // The group's own activities tell of launches and terminations.
      if state != "pending", state != "shutting-down" {
        note(.instance, state, "\(id) (\(type), \(zone))", time)
      }
    case .scalingActivity(_, let description, let cause, let status):
      if status == "InProgress" { note(.activity, description, "", why: cause, time) }
    case .groupCapacity(let name, let min, let desired, let max):
      note(.group, "min \(min), desired \(desired), max \(max)", name, time)
    case .event, .nodeTaints, .replicasWanted, .bill: break
    }
  }

  /// The story so far, with every open line told.
  public mutating func finish() -> Story {
    closeAll()
    return story
  }

  private static let pending = "Pending: no node takes them"

  private func subject(_ pod: PodName) -> String { workloads[pod] ?? pod.name }

  private mutating func nodeReady(
    _ name: String, _ status: ConditionStatus, _ reason: String, _ time: SimulationTime
  ) {
    if status == .true {
      readyNodes.insert(name)
      note(.node, "Ready", name, time)
    } else if readyNodes.remove(name) != nil {
      // A node that has just joined is not Ready yet; that needs no telling.
      note(.node, "not Ready", name, why: reason, time)
    }
  }

  // MARK: Lines

  private mutating func note(
    _ noun: StoryGroup.Noun, _ verb: String, _ subject: String, why: String = "",
    _ time: SimulationTime
  ) {
    if let index = open.firstIndex(where: { $0.isAbout(noun, verb, why) }) {
      open[index].add(subject, at: time)
    } else {
      open.append(StoryGroup(noun: noun, verb: verb, why: why, subject: subject, at: time))
    }
  }

  private mutating func retract(
    _ noun: StoryGroup.Noun, _ verb: String, _ subject: String, _ why: String,
    _ time: SimulationTime
  ) {
    guard let index = open.firstIndex(where: { $0.isAbout(noun, verb, why) }) else { return }
    open[index].take(subject)
    if open[index].count == 0 { open.remove(at: index) }
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

  private mutating func tell(_ groups: [StoryGroup]) {
    let last = story.chapters.count - 1
    story.chapters[last].lines += groups.map(\.line)
    // Groups close in the order they fall silent; a reader wants them as they began.
    story.chapters[last].lines = story.chapters[last].lines.enumerated()
      .sorted { ($0.element.time, $0.offset) < ($1.element.time, $1.offset) }.map(\.element)
  }
}
