public import ClusterAutoscaler
public import Documents
import KubernetesObjects
public import SimulationKernel
import TimeUnits

/// What the autoscaler would do with the world of a case, for programs and for people.
public struct AutoscalerDryRun: Sendable {
  public let recording: AutoscalerRecording
  /// Every thirty seconds, and at the end.
  public let samples: [AutoscalerSample]
  public let timeline: [AutoscalerTimelineEntry]
  /// One a loop.
  public let reports: [LoopReport]
  let names: [UInt32: String]

  /// Plays the case; ties are drawn from the stream.
  ///
  /// Throws what would stop the real program when it starts.
  public init(
    _ recording: AutoscalerRecording, ties: RandomStream
  ) throws(ExpanderProblem) {
    var world = try AutoscalerWorld(
      recording, ties: AutoscalerTies(ties), keepsReports: true)
    world.run()
    self.recording = recording
    samples = world.samples
    timeline = world.timeline
    reports = world.reports
    names = Dictionary(
      world.pods.indices.map { (UInt32($0), world.pods[$0].name) },
      uniquingKeysWith: { first, _ in first })
  }

  // MARK: For programs

  /// `{"samples":[…],"timeline":[…]}` in the recordings' shape.
  public func write(to writer: inout JSONWriter) {
    writer.object { writer in
      writer.field("samples", array: { for sample in samples { write(sample, to: &$0) } })
      writer.field("timeline", array: { for entry in timeline { Self.write(entry, to: &$0) } })
    }
  }

  private func write(_ sample: AutoscalerSample, to writer: inout JSONWriter) {
    writer.object { writer in
      Self.write(time: sample.time, to: &writer)
      writer.field(
        "target",
        object: { writer in
          for (group, target) in zip(recording.groups, sample.targets) {
            writer.field(group.id, target)
          }
        })
      writer.field("nodes", sample.nodes)
      writer.field("pending", sample.pending)
      writer.field("bound", sample.bound)
    }
  }

  private static func write(time: SimulationTime, to writer: inout JSONWriter) {
    writer.field("t", (time.secondsValue * 1_000).rounded() / 1_000)
  }

  private static func write(_ entry: AutoscalerTimelineEntry, to writer: inout JSONWriter) {
    writer.object { writer in
      write(time: entry.time, to: &writer)
      switch entry.event {
      case .increaseSize(let group, let count):
        write(size: "IncreaseSize", group, count, to: &writer)
      case .increaseSizeFailed(let group, let count):
        write(size: "IncreaseSizeFailed", group, count, to: &writer)
      case .decreaseTargetSize(let group, let count):
        write(size: "DecreaseTargetSize", group, count, to: &writer)
      case .deleteNodes(let group, let nodes):
        write(size: "DeleteNodes", group, nodes.count, to: &writer)
        writer.field("nodes", array: { for node in nodes { $0.string(node) } })
      case .nodeRegistered(let node): write("nodeRegistered", node: node, to: &writer)
      case .nodeReady(let node): write("nodeReady", node: node, to: &writer)
      case .nodeGone(let node): write("nodeGone", node: node, to: &writer)
      case .bound(let pod, let node):
        write("bind", pod: pod, node: node, to: &writer)
      case .evicted(let pod, let node):
        write("evict", pod: pod, node: node, to: &writer)
      case .failedScheduling(let pod, let message):
        write("SchedEvent:FailedScheduling", pod: pod, message: message, to: &writer)
      case .preempted(let pod, let message):
        write("SchedEvent:Preempted", pod: pod, message: message, to: &writer)
      case .caseEvent: writer.field("ev", "case-event")
      }
    }
  }

  private static func write(
    size event: String, _ group: String, _ count: Int, to writer: inout JSONWriter
  ) {
    writer.field("ev", event)
    writer.field("group", group)
    writer.field("n", count)
  }

  private static func write(
    _ event: String, pod: String? = nil, node: String? = nil, message: String? = nil,
    to writer: inout JSONWriter
  ) {
    writer.field("ev", event)
    if let pod { writer.field("obj", pod) }
    if let node { writer.field("node", node) }
    if let message { writer.field("msg", message) }
  }
}
