import ClusterAutoscaler
import KubernetesObjects
import SimulationKernel
import TimeUnits

/// How what the real programs leave to chance is decided: by a stream of random numbers, and by a
/// recorded run where one is followed.
struct AutoscalerTies: Sendable {
  var stream: RandomStream
  /// What is followed; nil draws everything.
  var guide: AutoscalerGuide?

  init(_ stream: RandomStream, following guide: AutoscalerGuide? = nil) {
    self.stream = stream
    self.guide = guide
  }

  mutating func draw(_ count: Int) -> Int {
    count > 1 ? Int.random(in: 0..<count, using: &stream) : 0
  }

  mutating func shuffled<Element>(_ elements: [Element]) -> [Element] {
    elements.count > 1 ? elements.shuffled(using: &stream) : elements
  }
}

/// A recorded run as a guide through ties.
struct AutoscalerGuide: Sendable {
  private(set) var binds: [(time: SimulationTime, pod: String, node: String)] = []
  /// How often one loop is tried until it agrees with the recorded one.
  static let drawsPerLoop = 12

  /// Every recorded change of a group's size, in order.
  let sizeChanges: [SizeChange]
  private(set) var increases: [(time: SimulationTime, group: String, count: Int)] = []
  /// When each node was deleted or drained, in the order of the recording.
  private(set) var removalRank: [String: Int] = [:]
  private var nextBind = 0
  /// What could not be followed: a recorded choice that is not among ours.
  private(set) var disagreement: String?
  /// Recorded times differ from ours by the offset of the start and by loops in between.
  let tolerance: Duration

  init(_ run: RecordedRun, tolerance: Duration) {
    self.tolerance = tolerance
    sizeChanges = Self.sizeChanges(of: run.timeline)
    for entry in run.timeline {
      switch entry.event {
      case .bound(let pod, let node): binds.append((entry.time, pod, node))
      case .increaseSize(let group, let count), .increaseSizeFailed(let group, let count):
        increases.append((entry.time, group, count))
      case .evicted(_, let node): rank(node)
      case .deleteNodes(_, let nodes): for node in nodes { rank(node) }
      default: break
      }
    }
  }

  /// A change of a group's size, as the cloud was asked for it.
  struct SizeChange: Sendable, Hashable {
    var time: SimulationTime
    var what: AutoscalerTimelineEntry.Event
  }

  static func sizeChanges(of timeline: [AutoscalerTimelineEntry]) -> [SizeChange] {
    timeline.compactMap { entry in
      switch entry.event {
      case .increaseSize, .decreaseTargetSize: SizeChange(time: entry.time, what: entry.event)
      default: nil
      }
    }
  }

  private mutating func rank(_ node: String) {
    if removalRank[node] == nil { removalRank[node] = removalRank.count }
  }

  mutating func disagree(_ text: @autoclosure () -> String) {
    if disagreement == nil { disagreement = text() }
  }

  /// The node that a pod was bound to, if it was about now.
  func node(of pod: String, at now: SimulationTime) -> String? {
    binds.first { $0.pod == pod && abs($0.time - now) <= tolerance }?.node
  }

  /// The pods that were bound about now, in order.
  func boundPods(at now: SimulationTime) -> [String] {
    binds.lazy.filter { abs($0.time - now) <= tolerance }.map(\.pod)
  }

  /// The groups that were grown about now and have not been grown here yet, in order.
  func increases(at now: SimulationTime) -> [String] {
    increases.lazy.filter { abs($0.time - now) <= tolerance }.map(\.group)
  }

  mutating func noteIncrease(of group: String, at now: SimulationTime) {
    let place = increases.firstIndex { $0.group == group && abs($0.time - now) <= tolerance }
    if let place { increases.remove(at: place) }
  }

  private func abs(_ duration: Duration) -> Duration {
    duration < .zero ? .zero - duration : duration
  }
}
