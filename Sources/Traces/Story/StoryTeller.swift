import KubernetesObjects
public import TimeUnits

/// Gathers a story from the trace: many records of one kind become one line.
///
/// A line is open while its kind of thing goes on (pods becoming ready, one after the other) and is
/// told when the next deed comes or half a minute passes without another. What comes again and
/// again is told once, and then in one line until the next deed.
public struct StoryTeller: Sendable {
  private var story = Story()
  private var open: [StoryGroup] = []
  private var workloads: [PodName: String] = [:]
  private var unschedulable: [PodName: String] = [:]
  private var readyNodes: Set<String> = []
  /// How each watched page answered last: at once, slowly, or not at all.
  private var answers: [String: String] = [:]
  /// How often each kind of thing has been told since the last deed. Looked up, never walked.
  private var tellings: [String: Int] = [:]
  /// After so many lines of one kind the rest until the next deed is told in one.
  private static let tellingsInFull = 1
  private static let pause = Duration.seconds(30)

  /// Whether pods come and go all the time: each kind of thing that happens to them is then told in
  /// one line a span.
  private let gathersPods: Bool
  private var lastLook: AllocationSample?

  public init(gathersPods: Bool = false) {
    self.gathersPods = gathersPods
    story.chapters = [Story.Chapter(time: .zero, command: nil)]
  }

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
    case .nodeCreated(let name, _, let zone):
      note(.node, "joined", zone.isEmpty ? name : "\(name) (\(zone))", time)
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
      // What EC2 refused has no instance, and no beginning either.
      if status == "Failed", description.contains("Status Reason:") {
        note(.activity, description, "", time)
      }
    case .groupCapacity(let name, let min, let desired, let max):
      note(.group, "min \(min), desired \(desired), max \(max)", name, time)
    case .containerEnded(let pod, _, let reason, _): note(.pod, reason, subject(pod), time)
    case .response(let workload, let milliseconds, let answered):
      noteAnswer(workload, milliseconds, answered, time)
    case .event(let event, _):
      if event.kind == "Node", event.reason == "NodeHasInsufficientMemory" {
        note(.node, "under memory pressure", event.name, time)
      }
      if event.source == "cluster-autoscaler", event.kind == "ConfigMap" {
        note(.activity, "cluster-autoscaler: \(event.message)", "", time)
      }
      if event.kind == "Instance" { note(.instance, event.message, event.name, time) }
    case .allocation(let sample): close(sample, time)
    case .fault(let what, let began):
      note(.activity, began ? "breaks: \(what)" : "is back: \(what)", "", time)
    case .nodeLoad, .workloadUsage, .requests, .nodeTaints, .replicasWanted, .bill, .autoscaler,
      .pipeline:
      break
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

  private mutating func noteAnswer(
    _ workload: String, _ milliseconds: Int64, _ answered: Bool, _ time: SimulationTime
  ) {
    let seconds = milliseconds / 1_000
    let kind =
      !answered || seconds >= 30
      ? "does not answer within 30 s"
      : seconds >= 5 ? "takes long to answer" : "answers"
    let old = answers.updateValue(kind, forKey: workload)
    guard old != kind, old != nil || kind != "answers" else { return }
    note(
      .activity, "\(workload) \(kind)", "",
      why: answered ? "\(milliseconds / 1_000).\(milliseconds / 100 % 10) s for a page" : "", time)
  }

  // MARK: Lines

  private mutating func note(
    _ noun: StoryGroup.Noun, _ verb: String, _ subject: String, why: String = "",
    _ time: SimulationTime
  ) {
    if let index = open.firstIndex(where: { $0.isAbout(noun, verb, why) || $0.goesOn(noun, verb) })
    {
      open[index].add(subject, why: why, at: time)
      return
    }
    var group = StoryGroup(noun: noun, verb: verb, why: why, subject: subject, at: time)
    let kind = "\(noun.rawValue) \(verb)"
    tellings[kind, default: 0] += 1
    group.isGathering = gathersPods && noun == .pod
    group.isRepeating = group.isGathering || tellings[kind]! > Self.tellingsInFull
    open.append(group)
  }

  private mutating func retract(
    _ noun: StoryGroup.Noun, _ verb: String, _ subject: String, _ why: String,
    _ time: SimulationTime
  ) {
    guard
      let index = open.firstIndex(where: {
        $0.isGathering ? $0.goesOn(noun, verb) : $0.isAbout(noun, verb, why)
      })
    else { return }
    open[index].take(subject, why: why)
    if open[index].count == 0 { open.remove(at: index) }
  }

  /// A look at how full the nodes are ends a span of the story.
  private mutating func close(_ sample: AllocationSample, _ time: SimulationTime) {
    closeAll()
    let chapter = story.chapters[story.chapters.count - 1]
    // Where nothing happened nothing is told, and the span goes on.
    if chapter.command == nil, chapter.lines.isEmpty, sample == lastLook { return }
    lastLook = sample
    story.chapters[story.chapters.count - 1].lines.append(
      Story.Line(time: time, what: sample.sentence, why: ""))
    if story.chapters.last?.command == nil { story.chapters[story.chapters.count - 1].end = time }
    story.chapters.append(Story.Chapter(time: time, command: nil))
  }

  private mutating func closeStale(at time: SimulationTime) {
    func isStale(_ group: StoryGroup) -> Bool {
      !group.isRepeating && group.last + Self.pause < time
    }
    guard open.contains(where: isStale) else { return }
    tell(open.filter(isStale))
    open.removeAll(where: isStale)
  }

  private mutating func closeAll() {
    tell(open)
    open = []
    tellings = [:]
  }

  private mutating func tell(_ groups: [StoryGroup]) {
    let last = story.chapters.count - 1
    story.chapters[last].lines += groups.map(\.line)
    // Groups close in the order they fall silent; a reader wants them as they began.
    story.chapters[last].lines = story.chapters[last].lines.enumerated()
      .sorted { ($0.element.time, $0.offset) < ($1.element.time, $1.offset) }.map(\.element)
  }
}
