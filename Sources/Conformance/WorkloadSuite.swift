public import Documents

/// Recordings of the workload controllers and the Eviction API: Deployment, ReplicaSet,
/// StatefulSet, DaemonSet, PodDisruptionBudget.
public struct WorkloadSuite: ConformanceSuite {
  public let kind = "workload"

  public init() {}

  public func recognizes(_ recording: DocumentNode) -> Bool {
    recording["case"]?["kind"]?.scalarText == "wlk"
  }

  public func judge(_ recording: DocumentNode) -> CaseVerdict { WorldReplay.judge(recording) }

  public func family(of recording: DocumentNode) -> String? { WorldReplay.family(of: recording) }
}

/// Recordings of the node controllers: node lifecycle, taint eviction, pod garbage collection, and
/// the workload controllers that make replacements.
public struct NodeSuite: ConformanceSuite {
  public let kind = "node"

  public init() {}

  public func recognizes(_ recording: DocumentNode) -> Bool {
    recording["case"]?["kind"]?.scalarText == "node"
  }

  public func judge(_ recording: DocumentNode) -> CaseVerdict { WorldReplay.judge(recording) }

  public func family(of recording: DocumentNode) -> String? { WorldReplay.family(of: recording) }
}

/// Plays a recording of real controllers in a scripted world and compares: "Equal" of
/// conformance/CONTROLLERS.md.
enum WorldReplay {
  static func judge(_ recording: DocumentNode) -> CaseVerdict {
    var verdict = CaseVerdict()
    verdict.count(firstDifference(recording))
    return verdict
  }

  /// Where the real program picks one of several equally good answers by chance, ours follows the
  /// recording.
  static func firstDifference(_ recording: DocumentNode) -> String? {
    let recorded = RecordedCase(recording["case"] ?? DocumentNode(.null))
    let timeline = RecordedTimeline(recording)
    let world = World(recorded, hints: timeline.hints)
    world.run()
    return TimelineComparison(recording: timeline, world: world).firstDifference()
  }

  /// `rollover` of `rollover-1`.
  static func family(of recording: DocumentNode) -> String? {
    guard let name = recording["case"]?["name"]?.scalarText else { return nil }
    return name.lastIndex(of: "-").map { String(name[..<$0]) } ?? name
  }
}
